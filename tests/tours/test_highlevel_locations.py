"""A location, and what belongs to it; the agency that it belongs to."""

from pathlib import Path

from tests.tours.travel import Tour, travel


def test_the_agency_makes_a_location_changes_it_and_deletes_it(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        before = (await tour.agency.call("highlevel.companies.get"))["company"]["locationCount"]
        made = await tour.agency.call(
            "highlevel.locations.create",
            name="A branch",
            prospectInfo={"firstName": "Ann", "lastName": "Example", "email": "ann@example.com"},
            snapshotId="ExampleSnapshot00001",
        )
        branch = made["id"]
        assert await names(tour, email="ann@example.com") == ["A branch"]

        await tour.agency.call(
            "highlevel.locations.update",
            locationId=branch,
            name="The branch",
            timezone="US/Central",
            snapshot={"id": "ExampleSnapshot00001", "override": True},
        )
        got = await tour.agency.call("highlevel.locations.get", locationId=branch)
        assert got["location"]["name"] == "The branch"
        assert got["location"]["timezone"] == "US/Central"
        assert await names(tour, limit=1, order="desc") == ["The branch"]

        await tour.agency.call(
            "highlevel.locations.delete", locationId=branch, deleteTwilioAccount=False
        )
        assert await names(tour, email="ann@example.com") == []
        company = await tour.agency.call("highlevel.companies.get")
        assert company["company"]["locationCount"] == before

    travel(tmp_path, story)


async def names(tour: Tour, **asked: object) -> list[str]:
    """What the locations are called that the agency finds."""
    found = await tour.agency.call("highlevel.locations.search", **asked)
    return [one["name"] for one in found["locations"]]


def test_tags_are_made_renamed_and_deleted(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        made = (await tour.call("highlevel.location_tags.create", name="VIP"))["tag"]
        bo = await tour.call("highlevel.contacts.upsert", email="bo@example.com", tags=["new"])
        assert bo["contact"]["tags"] == ["new"]

        await tour.call("highlevel.location_tags.update", tagId=made["id"], name="Very important")
        got = await tour.call("highlevel.location_tags.get", tagId=made["id"])
        assert got["tag"]["name"] == "Very important"
        await tour.call("highlevel.location_tags.delete", tagId=made["id"])
        left = (await tour.call("highlevel.location_tags.list"))["tags"]
        assert [one["name"] for one in left] == ["new"]

    travel(tmp_path, story)


def test_custom_values_and_time_zones(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        made = await tour.call("highlevel.custom_values.create", name="Opening hours", value="9-5")
        hours = made["customValue"]["id"]
        assert made["customValue"]["fieldKey"] == "{{ custom_values.opening_hours }}"

        await tour.call(
            "highlevel.custom_values.update", id=hours, name="Opening hours", value="10-6"
        )
        got = await tour.call("highlevel.custom_values.get", id=hours)
        assert got["customValue"]["value"] == "10-6"
        await tour.call("highlevel.custom_values.delete", id=hours)
        assert (await tour.call("highlevel.custom_values.list"))["customValues"] == []

        zones = (await tour.call("highlevel.time_zones.list"))["timezones"]
        assert (await tour.call("highlevel.locations.get"))["location"]["timezone"] in zones

    travel(tmp_path, story)


def test_a_task_that_comes_again_makes_tasks_that_are_found(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        contact = await tour.call("highlevel.contacts.upsert", email="bo@example.com")
        bo = contact["contact"]["id"]
        rule = {
            "intervalType": "monthly",
            "interval": 1,
            "startDate": "2027-02-01T09:00:00Z",
            "dueAfterSeconds": 3600,
        }
        made = await tour.call(
            "highlevel.recurring_tasks.create", title="Call", contactIds=[bo], rruleOptions=rule
        )
        again = made["recurringTask"]["id"]

        found = await tour.call("highlevel.location_tasks.search", contactId=[bo], completed=False)
        assert [one["dueDate"] for one in found["tasks"]] == ["2027-02-01T10:00:00.000Z"]
        await tour.call("highlevel.recurring_tasks.update", id=again, title="Call again")
        got = (await tour.call("highlevel.recurring_tasks.get", id=again))["recurringTask"]
        assert (got["title"], got["totalOccurrence"]) == ("Call again", 1)
        ended = await tour.call("highlevel.recurring_tasks.delete", id=again)
        assert ended["success"] is True

    travel(tmp_path, story)


def test_templates_are_listed_and_deleted(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        listed = await tour.call("highlevel.location_templates.list", type="sms")
        assert listed["totalCount"] == len(listed["templates"]) == 1

        (one,) = listed["templates"]
        await tour.call("highlevel.location_templates.delete", id=one["id"])
        left = await tour.call("highlevel.location_templates.list", type="sms")
        deleted = await tour.call("highlevel.location_templates.list", deleted=True)
        assert left["templates"] == []
        assert [each["id"] for each in deleted["templates"]] == [one["id"]]

    travel(tmp_path, story)
