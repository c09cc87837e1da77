"""HighLevel's contacts: matching, tags, do-not-disturb, and the shapes of its refusals."""

import re
from typing import Any

import pytest

from tests.simulator.conftest import Rig

STATUSES = "active, inactive, permanent"


async def test_a_create_is_a_201_with_an_id_of_twenty_letters_and_digits(rig: Rig) -> None:
    highlevel = await rig.highlevel()

    reply = await highlevel.post(
        "/contacts/", {"locationId": rig.location, "name": "Bo Example", "email": "Bo@example.com"}
    )
    contact = reply.body["contact"]

    assert reply.status == 201
    assert re.fullmatch(r"[A-Za-z0-9]{20}", contact["id"])
    assert (contact["firstName"], contact["lastName"]) == ("Bo", "Example")
    assert contact["emailLowerCase"] == "bo@example.com"
    assert contact["dateAdded"] == contact["dateUpdated"] == "2026-09-21T14:13:20.000Z"
    assert contact["createdBy"]["channel"] == "OAUTH"


async def test_creates_can_answer_200_as_recordings_show(rig: Rig) -> None:
    rig.world.settings = rig.world.settings.changed({"creates_answer": 200})
    highlevel = await rig.highlevel()

    reply = await highlevel.post("/contacts/", {"locationId": rig.location, "name": "Bo"})

    assert reply.status == 200


async def test_a_new_contact_gets_a_conversation_by_side_effect(rig: Rig) -> None:
    highlevel = await rig.highlevel()

    contact = await rig.contact(highlevel, email="bo@example.com")
    reply = await highlevel.get(
        f"/conversations/search?locationId={rig.location}&contactId={contact}"
    )

    assert [one["contactId"] for one in reply.body["conversations"]] == [contact]
    assert [entry["effect"] for entry in rig.written()] == [
        "contact.created",
        "conversation.created",
    ]


async def test_a_create_with_nothing_but_the_location_is_400_outside_and_422_inside(
    rig: Rig,
) -> None:
    highlevel = await rig.highlevel()

    reply = await highlevel.post("/contacts/", {"locationId": rig.location})

    assert (reply.status, reply.body["statusCode"]) == (400, 422)


async def test_a_duplicate_is_refused_with_the_way_out(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    contact = await rig.contact(highlevel, email="bo@example.com")

    reply = await highlevel.post(
        "/contacts/", {"locationId": rig.location, "email": "BO@example.com"}
    )

    assert reply.status == 400
    assert reply.body["message"] == "This location does not allow duplicated contacts."
    assert reply.body["meta"] == {"contactId": contact, "matchingField": "email"}


@pytest.mark.parametrize(
    ("extra", "sentence"),
    [
        ({"nickname": "B"}, "property nickname should not exist"),
        ({"additionalEmails": []}, "property additionalEmails should not exist"),
        ({"tags": "vip"}, "tags must be an array"),
        ({"email": "nobody"}, "email must be an email"),
        (
            {"customFields": [{"id": "a", "value": "b"}]},
            "customFields.0.property value should not exist",
        ),
        (
            {"dndSettings": {"SMS": {"status": "on"}}},
            f"dndSettings.SMS.status must be one of the following values: {STATUSES}",
        ),
    ],
)
async def test_an_unknown_or_unfit_field_is_a_422_that_names_it(
    rig: Rig, extra: dict[str, Any], sentence: str
) -> None:
    highlevel = await rig.highlevel()

    reply = await highlevel.post(
        "/contacts/upsert", {"locationId": rig.location, "email": "bo@example.com", **extra}
    )

    assert (reply.status, reply.body["message"]) == (422, [sentence])
    assert reply.body["error"] == "Unprocessable Entity"
    assert rig.written() == []


async def test_upsert_says_whether_the_contact_is_new_in_both_spellings(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    bo = {"locationId": rig.location, "email": "bo@example.com"}

    first = await highlevel.post("/contacts/upsert", bo)
    second = await highlevel.post("/contacts/upsert", {**bo, "firstName": "Bo"})

    assert (first.status, second.status) == (200, 200)
    assert (first.body["new"], second.body["new"]) == (True, False)
    assert first.body["succeded"] is first.body["succeeded"] is True
    assert first.body["contact"]["id"] == second.body["contact"]["id"]
    assert rig.effects("contact.updated")[0]["content"] == {"firstName": "Bo"}


async def test_upsert_without_a_location_is_a_403(rig: Rig) -> None:
    highlevel = await rig.highlevel()

    assert (await highlevel.post("/contacts/upsert", {"email": "bo@example.com"})).status == 403


async def test_of_two_matches_the_first_identifier_wins_and_the_other_field_is_dropped(
    rig: Rig,
) -> None:
    highlevel = await rig.highlevel()
    by_email = await rig.contact(highlevel, email="bo@example.com")
    by_phone = await rig.contact(highlevel, phone="+1 (415) 555-0100")

    reply = await highlevel.post(
        "/contacts/upsert",
        {"locationId": rig.location, "email": "bo@example.com", "phone": "+14155550100"},
    )
    other = await highlevel.get(f"/contacts/{by_phone}")

    assert reply.body["contact"]["id"] == by_email
    assert "phone" not in reply.body["contact"]
    assert other.body["contact"]["phone"] == "+1 (415) 555-0100"


async def test_the_order_of_identifiers_is_the_locations(rig: Rig) -> None:
    rig.world.settings = rig.world.settings.changed({"contact_identifiers": ["phone", "email"]})
    highlevel = await rig.highlevel()
    await rig.contact(highlevel, email="bo@example.com")
    by_phone = await rig.contact(highlevel, phone="+14155550100")

    reply = await highlevel.post(
        "/contacts/upsert",
        {"locationId": rig.location, "email": "bo@example.com", "phone": "+14155550100"},
    )

    assert reply.body["contact"]["id"] == by_phone


async def test_duplicates_where_allowed_can_be_forced(rig: Rig) -> None:
    rig.world.settings = rig.world.settings.changed({"allow_duplicate_contacts": True})
    highlevel = await rig.highlevel()
    bo = {"locationId": rig.location, "email": "bo@example.com"}
    await highlevel.post("/contacts/upsert", bo)

    matched = await highlevel.post("/contacts/upsert", bo)
    forced = await highlevel.post("/contacts/upsert", {**bo, "createNewIfDuplicateAllowed": True})

    assert (matched.body["new"], forced.body["new"]) == (False, True)


async def test_upsert_replaces_tags_while_the_tag_call_adds(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    contact = await rig.contact(highlevel, email="bo@example.com", tags=["vip", "new"])

    added = await highlevel.post(f"/contacts/{contact}/tags", {"tags": ["VIP", "asked"]})
    replaced = await highlevel.post(
        "/contacts/upsert",
        {"locationId": rig.location, "email": "bo@example.com", "tags": ["only"]},
    )

    assert added.status == 201
    assert added.body["tags"] == ["vip", "new", "asked"]
    assert added.body["tagsAdded"] == ["asked"]
    assert replaced.body["contact"]["tags"] == ["only"]


async def test_a_new_tag_name_is_defined_for_the_location_and_stays(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    contact = await rig.contact(highlevel, email="bo@example.com", tags=["vip"])
    await highlevel.call("DELETE", f"/contacts/{contact}/tags", json={"tags": ["Vip"]})
    again = await highlevel.post(f"/contacts/{contact}/tags", {"tags": ["vip"]})

    assert again.body["tagsAdded"] == ["vip"]
    assert [entry["content"] for entry in rig.effects("tag.defined")] == [{"tag": "vip"}]


async def test_update_takes_no_location_and_ignores_gender(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    contact = await rig.contact(highlevel, email="bo@example.com")
    rig.clock.advance(60)

    refused = await highlevel.put(f"/contacts/{contact}", {"locationId": rig.location})
    changed = await highlevel.put(f"/contacts/{contact}", {"gender": "x", "city": "Oslo"})

    assert refused.body["message"] == ["property locationId should not exist"]
    assert changed.status == 200
    assert changed.body["contact"]["city"] == "Oslo"
    assert "gender" not in changed.body["contact"]
    assert changed.body["contact"]["dateUpdated"] == "2026-09-21T14:14:20.000Z"


async def test_an_update_cannot_take_anothers_address(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    await rig.contact(highlevel, email="bo@example.com")
    other = await rig.contact(highlevel, email="ann@example.com")

    reply = await highlevel.put(f"/contacts/{other}", {"email": "bo@example.com"})

    assert (reply.status, reply.body["meta"]["matchingField"]) == (400, "email")


async def test_custom_fields_are_written_in_one_shape_and_read_in_another(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    contact = await rig.contact(highlevel, email="bo@example.com")
    await highlevel.put(
        f"/contacts/{contact}", {"customFields": [{"id": "field1", "field_value": "red"}]}
    )

    reply = await highlevel.get(f"/contacts/{contact}")

    assert reply.body["contact"]["customFields"] == [{"id": "field1", "value": "red"}]


async def test_a_contact_that_never_had_do_not_disturb_does_not_show_it(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    contact = await rig.contact(highlevel, email="bo@example.com")

    before = (await highlevel.get(f"/contacts/{contact}")).body["contact"]
    await rig.control.post(
        f"/control/highlevel/contacts/{contact}/dnd", {"channel": "SMS", "status": "permanent"}
    )
    after = (await highlevel.get(f"/contacts/{contact}")).body["contact"]

    assert not before.keys() & {"dnd", "dndSettings"}
    assert after["dndSettings"]["SMS"]["status"] == "permanent"


async def test_a_missing_contact_is_a_400_without_message_or_status_code(rig: Rig) -> None:
    highlevel = await rig.highlevel()

    reply = await highlevel.get("/contacts/nobody")

    assert reply.status == 400
    assert reply.body["error"] == "Contact with id nobody not found"
    assert reply.body["status"] == 400
    assert not reply.body.keys() & {"message", "statusCode"}


async def test_the_duplicate_search_lags_behind(rig: Rig) -> None:
    rig.world.settings = rig.world.settings.changed({"search_lag_seconds": 5})
    highlevel = await rig.highlevel()
    contact = await rig.contact(highlevel, email="bo@example.com", phone="+14155550100")
    path = f"/contacts/search/duplicate?locationId={rig.location}"

    early = await highlevel.get(f"{path}&email=bo%40example.com")
    rig.clock.advance(5)
    by_email = await highlevel.get(f"{path}&email=bo%40example.com")
    by_phone = await highlevel.get(f"{path}&number=%2B14155550100")
    nobody = await highlevel.get(f"{path}&email=ann%40example.com")
    unasked = await highlevel.get(path)

    assert early.body["contact"] is None
    assert by_email.body["contact"]["id"] == by_phone.body["contact"]["id"] == contact
    assert by_email.body["matchingField"] == "contactId"
    assert nobody.body["contact"] is None
    assert unasked.status == 400


async def test_what_is_not_json_is_a_400(rig: Rig) -> None:
    highlevel = await rig.highlevel()

    reply = await highlevel.call("POST", "/contacts/upsert", form={"email": "bo@example.com"})

    assert (reply.status, reply.body["error"]) == (400, "Bad Request")
