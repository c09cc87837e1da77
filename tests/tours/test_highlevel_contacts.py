"""Contacts: made, followed, tagged by many, put into campaigns and businesses."""

from pathlib import Path

from tests.tours.travel import Tour, travel


async def people(tour: Tour, *names: str) -> list[str]:
    """Contacts of these names; their ids."""
    made = [
        await tour.call("highlevel.contacts.create", firstName=one, email=f"{one}@example.com")
        for one in names
    ]
    return [one["contact"]["id"] for one in made]


def test_contacts_are_made_and_listed_the_old_way(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        ann, bo = await people(tour, "Ann", "Bo")

        page = await tour.call("highlevel.contacts.list", limit=1)
        rest = await tour.call(
            "highlevel.contacts.list",
            limit=1,
            startAfter=page["meta"]["startAfter"],
            startAfterId=page["meta"]["startAfterId"],
        )

        assert {page["contacts"][0]["id"], rest["contacts"][0]["id"]} == {ann, bo}
        assert page["meta"]["total"] == 2

    travel(tmp_path, story)


def test_many_contacts_are_tagged_at_once(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        ann, bo = await people(tour, "Ann", "Bo")

        await tour.call(
            "highlevel.contacts.update_tags", change="add", contacts=[ann, bo], tags=["vip", "new"]
        )
        said = await tour.call(
            "highlevel.contacts.update_tags",
            change="remove",
            contacts=[ann, "nobody"],
            tags=["vip"],
        )

        assert (said["errorCount"], said["responses"][0]["tagsRemoved"]) == (1, ["vip"])
        found = await tour.call("highlevel.contacts.get", contactId=ann)
        assert found["contact"]["tags"] == ["new"]

    travel(tmp_path, story)


def test_contacts_belong_to_a_business_until_they_are_taken_out(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        (ann,) = await people(tour, "Ann")
        made = await tour.call("highlevel.businesses.create", name="Example Ltd")
        business = made["business"]["id"]

        await tour.call("highlevel.contacts.set_business", ids=[ann], businessId=business)
        (one,) = (await tour.call("highlevel.contacts.list_by_business", businessId=business))[
            "contacts"
        ]
        await tour.call("highlevel.contacts.set_business", ids=[ann], businessId=None)
        left = await tour.call("highlevel.contacts.list_by_business", businessId=business)

        assert (one["id"], left["count"]) == (ann, 0)

    travel(tmp_path, story)


def test_users_follow_a_contact(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        (ann,) = await people(tour, "Ann")
        first, second = tour.rig.world.highlevel.default_location.users

        await tour.call(
            "highlevel.contacts.add_followers", contactId=ann, followers=[first, second]
        )
        left = await tour.call(
            "highlevel.contacts.remove_followers", contactId=ann, followers=[first]
        )

        assert left["followers"] == [second]

    travel(tmp_path, story)


def test_a_contact_goes_into_campaigns_and_out(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        (ann,) = await people(tour, "Ann")
        found = await tour.call("highlevel.campaigns.list", status="published")
        (campaign,) = (one["id"] for one in found["campaigns"])
        into = {"contactId": ann, "campaignId": campaign}

        await tour.call("highlevel.contacts.add_to_campaign", **into)
        await tour.call("highlevel.contacts.remove_from_campaign", **into)
        await tour.call("highlevel.contacts.add_to_campaign", **into)
        assert tour.rig.world.highlevel.contacts[ann].campaigns == [campaign]
        await tour.call("highlevel.contacts.remove_from_campaigns", contactId=ann)

        assert tour.rig.world.highlevel.contacts[ann].campaigns == []

    travel(tmp_path, story)


def test_a_contact_has_its_appointments_notes_and_tasks(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        (ann,) = await people(tour, "Ann")
        note = await tour.call("highlevel.notes.create", contactId=ann, body="Wants a call")
        task = await tour.call(
            "highlevel.tasks.create", contactId=ann, title="Call", dueDate="2027-03-03T09:00:00Z"
        )

        read = await tour.call("highlevel.notes.get", contactId=ann, id=note["note"]["id"])
        due = await tour.call("highlevel.tasks.get", contactId=ann, taskId=task["task"]["id"])
        booked = await tour.call("highlevel.contacts.list_appointments", contactId=ann)

        assert (read["note"]["body"], due["task"]["title"]) == ("Wants a call", "Call")
        assert booked["events"] == []

    travel(tmp_path, story)
