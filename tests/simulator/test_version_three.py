"""What version v3 writes differently in contacts and conversations."""

from tests.simulator.conftest import Door, Rig


async def both(rig: Rig) -> tuple[Door, Door]:
    """A client that speaks a version by date, and one that speaks v3."""
    dated = await rig.highlevel()
    newer = Door(dated.http, dated.url, {**dated.headers, "Version": "v3"})
    return dated, newer


async def test_do_not_disturb_is_written_in_small_letters(rig: Rig) -> None:
    dated, newer = await both(rig)
    silent = {"whatsApp": {"status": "active"}, "sms": {"status": "permanent"}}
    told = {"locationId": rig.location, "email": "bo@example.com", "dndSettings": silent}

    made = await newer.post("/contacts/", told)
    path = f"/contacts/{made.body['contact']['id']}"
    found = await newer.post("/contacts/search", {"locationId": rig.location, "pageLimit": 1})

    assert made.body["contact"]["dndSettings"] == silent
    assert (await newer.get(path)).body["contact"]["dndSettings"] == silent
    assert found.body["contacts"][0]["dndSettings"] == silent
    assert (await dated.get(path)).body["contact"]["dndSettings"] == {
        "WhatsApp": {"status": "active"},
        "SMS": {"status": "permanent"},
    }


async def test_each_version_refuses_the_channels_of_the_other(rig: Rig) -> None:
    dated, newer = await both(rig)
    path = f"/contacts/{await rig.contact(dated, email='bo@example.com')}"
    small, large = {"sms": {"status": "active"}}, {"SMS": {"status": "active"}}

    assert (await newer.put(path, {"dndSettings": small})).status == 200
    assert (await newer.put(path, {"dndSettings": large})).status == 422
    assert (await dated.put(path, {"dndSettings": large})).status == 200
    assert (await dated.put(path, {"dndSettings": small})).status == 422


async def test_success_is_spelt_both_ways(rig: Rig) -> None:
    dated, newer = await both(rig)
    path = f"/contacts/{await rig.contact(dated, email='bo@example.com')}"

    reply = await newer.delete(path)

    assert reply.body["succeeded"] is reply.body["succeded"] is True


async def test_a_custom_field_is_written_in_either_way(rig: Rig) -> None:
    _, newer = await both(rig)
    told = {"locationId": rig.location, "email": "bo@example.com"}

    reply = await newer.post(
        "/contacts/upsert", {**told, "customFields": [{"id": "size", "fieldValue": "L"}]}
    )

    assert reply.body["contact"]["customFields"] == [{"id": "size", "value": "L"}]


async def test_all_campaigns_are_left_by_another_path(rig: Rig) -> None:
    dated, newer = await both(rig)
    path = f"/contacts/{await rig.contact(dated, email='bo@example.com')}/campaigns"
    campaign = next(iter(rig.world.highlevel.default_location.campaigns))
    await newer.post(f"{path}/{campaign}")

    reply = await newer.delete(f"{path}/remove-all")

    assert reply.status == 200
    assert len(rig.effects("campaign.contact_removed")) == 1


async def test_feedback_is_a_word(rig: Rig) -> None:
    dated, newer = await both(rig)
    contact = await rig.contact(dated, email="bo@example.com")
    there = rig.world.highlevel.conversation_of(contact)
    assert there is not None
    path, told = f"/conversations/{there.id}", {"locationId": rig.location}

    assert (await newer.put(path, {**told, "feedback": "positive"})).status == 200
    assert (await newer.put(path, {**told, "feedback": {}})).status == 422
    assert (await dated.put(path, {**told, "feedback": {}})).status == 200
