"""Calendars, from the first draft to the last booking."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from dragoman.kernel.clock import DAY
from tests.tours.travel import Tour, travel

DAYTIME = [{"openHour": 9, "openMinute": 0, "closeHour": 12, "closeMinute": 0}]
OPEN = [{"daysOfTheWeek": [0, 1, 2, 3, 4, 5, 6], "hours": DAYTIME}]


async def calendar(tour: Tour, **more: Any) -> str:
    """A calendar that is open every morning; its id."""
    said = {"name": "Visits", "openHours": OPEN, **more}
    made = await tour.call("highlevel.calendars.create", **said)
    return str(made["calendar"]["id"])


async def slots(tour: Tour, calendar_id: str) -> list[str]:
    """The free slots of the next week."""
    now = tour.rig.clock.now()
    found = await tour.call(
        "highlevel.calendars.list_free_slots",
        calendarId=calendar_id,
        startDate=now,
        endDate=now + 7 * DAY,
    )
    return [slot for day in found["days"] for slot in day["slots"]]


async def contact(tour: Tour) -> str:
    found = await tour.call("highlevel.contacts.upsert", firstName="Bo", email="bo@example.com")
    return str(found["contact"]["id"])


async def user(tour: Tour) -> str:
    company = tour.rig.world.highlevel.company_id
    found = await tour.call("highlevel.users.list", companyId=company)
    return str(found["users"][0]["id"])


def later(moment: str, **by: float) -> str:
    return (datetime.fromisoformat(moment) + timedelta(**by)).isoformat()


def test_a_calendar_and_its_group_are_made_changed_and_deleted(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        free = await tour.call("highlevel.calendar_groups.check_slug", slug="visits")
        named = {"name": "Visits", "description": "Of all kinds", "slug": "visits"}
        group = (await tour.call("highlevel.calendar_groups.create", **named))["group"]
        taken = await tour.call("highlevel.calendar_groups.check_slug", slug="visits")
        assert (free["available"], taken["available"]) == (True, False)

        made = await calendar(tour, groupId=group["id"], isActive=False)
        every = await tour.call("highlevel.calendars.list", groupId=group["id"])
        shown = await tour.call("highlevel.calendars.list", showDrafted=False)
        assert [one["id"] for one in every["calendars"]] == [made]
        assert shown["calendars"] == []

        await tour.call("highlevel.calendars.update", calendarId=made, isActive=True)
        got = await tour.call("highlevel.calendars.get", calendarId=made)
        assert got["calendar"]["isActive"] is True
        assert got["calendar"]["openHours"] == OPEN

        here = {"groupId": group["id"]}
        await tour.call("highlevel.calendar_groups.update", **here, **{**named, "name": "Calls"})
        await tour.call("highlevel.calendar_groups.set_status", **here, isActive=False)
        (group,) = (await tour.call("highlevel.calendar_groups.list"))["groups"]
        assert (group["name"], group["isActive"]) == ("Calls", False)

        await tour.call("highlevel.calendar_groups.delete", **here)
        await tour.call("highlevel.calendars.delete", calendarId=made)
        assert (await tour.call("highlevel.calendar_groups.list"))["groups"] == []
        assert (await tour.call("highlevel.calendars.list"))["calendars"] == []

    travel(tmp_path, story)


def test_an_appointment_is_booked_moved_cancelled_and_deleted(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        here, bo = await calendar(tour), await contact(tour)
        first, second, *rest = await slots(tour, here)

        booked = await tour.call(
            "highlevel.appointments.create", calendarId=here, contactId=bo, startTime=first
        )
        one = {"eventId": booked["id"]}
        assert (booked["title"], booked["appointmentStatus"]) == ("Bo", "confirmed")
        assert await slots(tour, here) == [second, *rest]

        await tour.call("highlevel.appointments.update", **one, startTime=second)
        now = tour.rig.clock.now()
        span = {"startTime": now, "endTime": now + 7 * DAY, "calendarId": here}
        (event,) = (await tour.call("highlevel.calendar_events.list", **span))["events"]
        assert datetime.fromisoformat(event["startTime"]) == datetime.fromisoformat(second)

        await tour.call("highlevel.appointments.update", **one, appointmentStatus="cancelled")
        got = (await tour.call("highlevel.appointments.get", **one))["appointment"]
        assert got["appointmentStatus"] == "cancelled"
        assert await slots(tour, here) == [first, second, *rest]

        await tour.call("highlevel.calendar_events.delete", **one)
        assert (await tour.call("highlevel.calendar_events.list", **span))["events"] == []

    travel(tmp_path, story)


def test_a_time_is_blocked_and_moved(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        here = await calendar(tour)
        first, second, *rest = await slots(tour, here)
        made = await tour.call(
            "highlevel.blocked_slots.create",
            calendarId=here,
            startTime=first,
            endTime=second,
            title="Lunch",
        )
        assert await slots(tour, here) == [second, *rest]

        await tour.call(
            "highlevel.blocked_slots.update",
            eventId=made["id"],
            startTime=second,
            endTime=later(second, minutes=30),
        )
        assert await slots(tour, here) == [first, *rest]
        now = tour.rig.clock.now()
        span = {"startTime": now, "endTime": now + 7 * DAY, "calendarId": here}
        (block,) = (await tour.call("highlevel.blocked_slots.list", **span))["events"]
        assert (block["id"], block["title"]) == (made["id"], "Lunch")

        await tour.call("highlevel.calendar_events.delete", eventId=made["id"])
        assert (await tour.call("highlevel.blocked_slots.list", **span))["events"] == []

    travel(tmp_path, story)


def test_notes_on_an_appointment(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        here, bo, ann = await calendar(tour), await contact(tour), await user(tour)
        first, *_ = await slots(tour, here)
        booked = await tour.call(
            "highlevel.appointments.create", calendarId=here, contactId=bo, startTime=first
        )
        one = {"appointmentId": booked["id"]}
        made = await tour.call(
            "highlevel.appointment_notes.create", **one, body="Comes early", userId=ann
        )
        note = {**one, "noteId": made["note"]["id"]}
        await tour.call("highlevel.appointment_notes.update", **note, body="Comes late")
        (shown,) = (await tour.call("highlevel.appointment_notes.list", **one))["notes"]
        assert (shown["body"], shown["createdBy"]["id"]) == ("Comes late", ann)

        await tour.call("highlevel.appointment_notes.delete", **note)
        assert (await tour.call("highlevel.appointment_notes.list", **one))["notes"] == []

    travel(tmp_path, story)


def test_a_room_is_made_changed_and_deleted(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        member = [{"userId": await user(tour)}]
        here = await calendar(tour, calendarType="service_booking", teamMembers=member)
        made = await tour.call(
            "highlevel.calendar_resources.create",
            resourceType="rooms",
            name="Blue room",
            capacity=4,
            calendarIds=[here],
        )
        one = {"resourceType": "rooms", "id": made["id"]}
        await tour.call("highlevel.calendar_resources.update", **one, capacity=6)
        got = await tour.call("highlevel.calendar_resources.get", **one)
        assert (got["name"], got["capacity"], got["calendarIds"]) == ("Blue room", 6, [here])

        await tour.call("highlevel.calendar_resources.delete", **one)
        left = await tour.call("highlevel.calendar_resources.list", resourceType="rooms")
        assert left["resources"] == []

    travel(tmp_path, story)


def test_what_a_calendar_sends_is_settled(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        here = {"calendarId": await calendar(tour)}
        rule = {"receiverType": "contact", "channel": "email", "notificationType": "reminder"}
        made = await tour.call(
            "highlevel.calendar_notifications.create",
            **here,
            notifications=[{**rule, "beforeTime": [{"timeOffset": 1, "unit": "hours"}]}],
        )
        one = {**here, "notificationId": made["notifications"][0]["_id"]}
        await tour.call("highlevel.calendar_notifications.update", **one, isActive=False)
        got = await tour.call("highlevel.calendar_notifications.get", **one)
        assert got["isActive"] is False

        await tour.call("highlevel.calendar_notifications.delete", **one)
        left = await tour.call("highlevel.calendar_notifications.list", **here, deleted=False)
        assert left["notifications"] == []

    travel(tmp_path, story)


def test_a_calendar_goes_by_the_schedule_of_its_member(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        ann = await user(tour)
        here = await calendar(tour, calendarType="personal", teamMembers=[{"userId": ann}])
        days = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
        hours = [{"from": "09:00", "to": "09:30"}]
        rules = [{"type": "wday", "day": day, "intervals": hours} for day in days]
        made = await tour.call(
            "highlevel.calendar_schedules.create",
            name="Early",
            userId=ann,
            timezone="America/Los_Angeles",
            rules=rules,
        )
        one = {"id": made["schedule"]["id"]}
        wide = await slots(tour, here)

        await tour.call("highlevel.calendar_schedules.add_calendar", **one, calendarId=here)
        narrow = await slots(tour, here)
        assert narrow == [slot for slot in wide if "T09:00:00" in slot] != []
        (listed,) = (await tour.call("highlevel.calendar_schedules.list", userId=ann))["schedules"]
        assert listed["calendarIds"] == [here]

        await tour.call("highlevel.calendar_schedules.update", **one, rules=[])
        assert await slots(tour, here) == []
        await tour.call("highlevel.calendar_schedules.remove_calendar", **one, calendarId=here)
        assert await slots(tour, here) == wide

        got = await tour.call("highlevel.calendar_schedules.get", **one)
        assert got["schedule"]["calendarIds"] == []
        await tour.call("highlevel.calendar_schedules.delete", **one)
        left = await tour.call("highlevel.calendar_schedules.list", userId=ann)
        assert left["schedules"] == []

    travel(tmp_path, story)
