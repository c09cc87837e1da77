"""Appointments: booked, moved, cancelled, in series, and what is told of them."""

from typing import Any

import pytest

from tests.simulator.booking import book, clock, listed, opened, slots, staff
from tests.simulator.conftest import Rig

TAKEN = "The slot you have selected is no longer available."
NINE, HALF_PAST, LATE = [f"2026-09-21T{time}:00-07:00" for time in ("09:00", "09:30", "22:00")]


async def test_an_answer_is_flat_and_a_get_is_wrapped_and_the_status_is_said_twice(
    rig: Rig,
) -> None:
    highlevel, made, bo = await opened(rig)

    booked = await book(rig, highlevel, made, bo, NINE)
    got = await highlevel.get(f"/calendars/events/appointments/{booked.body['id']}")

    assert (booked.status, booked.body["title"]) == (200, "Bo")
    assert (booked.body["startTime"], booked.body["endTime"]) == (NINE, HALF_PAST)
    shown = got.body["appointment"]
    assert (shown["appointmentStatus"], shown["appoinmentStatus"]) == ("confirmed", "confirmed")
    assert (shown["status"], shown["contactId"]) == ("booked", bo)


@pytest.mark.parametrize(
    ("start", "more", "status"),
    [
        (NINE, {}, 400),
        (LATE, {}, 400),
        (LATE, {"ignoreDateRange": True}, 400),
        (LATE, {"ignoreFreeSlotValidation": True}, 200),
        (NINE, {"ignoreFreeSlotValidation": True}, 200),
        (HALF_PAST, {}, 200),
        ("2026-09-21T16:30:00Z", {}, 200),
        (HALF_PAST, {"endTime": "2026-09-21T10:30:00-07:00"}, 200),
    ],
    ids=[
        "taken",
        "closed",
        "closed, soon",
        "closed, anyhow",
        "taken, anyhow",
        "free",
        "UTC",
        "long",
    ],
)
async def test_only_a_free_slot_can_be_booked(
    rig: Rig, start: str, more: dict[str, Any], status: int
) -> None:
    highlevel, made, bo = await opened(rig)
    await book(rig, highlevel, made, bo, NINE)

    reply = await book(rig, highlevel, made, bo, start, **more)

    assert reply.status == status
    assert status == 200 or reply.body["message"] == TAKEN


async def test_one_that_is_long_must_be_free_to_its_end(rig: Rig) -> None:
    highlevel, made, bo = await opened(rig)
    await book(rig, highlevel, made, bo, HALF_PAST)

    reply = await book(rig, highlevel, made, bo, NINE, endTime="2026-09-21T10:00:00-07:00")

    assert reply.body["message"] == TAKEN


async def test_notice_can_be_passed_over(rig: Rig) -> None:
    highlevel, made, bo = await opened(rig, allowBookingAfter=1, allowBookingAfterUnit="days")

    refused = await book(rig, highlevel, made, bo, NINE)
    booked = await book(rig, highlevel, made, bo, NINE, ignoreDateRange=True)

    assert (refused.status, booked.status) == (400, 200)


async def test_the_first_member_who_is_free_gets_it(rig: Rig) -> None:
    ann, ben = staff(rig)
    members: Any = {
        "calendarType": "round_robin",
        "teamMembers": [{"userId": ann}, {"userId": ben}],
    }
    highlevel, made, bo = await opened(rig, **members)

    replies = [await book(rig, highlevel, made, bo, NINE) for _ in range(3)]
    again = await book(rig, highlevel, made, bo, HALF_PAST, assignedUserId=ben)

    assert [one.body.get("assignedUserId") for one in replies] == [ann, ben, None]
    assert [one.status for one in replies] == [200, 200, 400]
    assert again.body["assignedUserId"] == ben


async def test_a_cancelled_one_leaves_its_time_free_and_stays_on_record(rig: Rig) -> None:
    highlevel, made, bo = await opened(rig)
    booked = (await book(rig, highlevel, made, bo, NINE)).body["id"]

    await highlevel.put(
        f"/calendars/events/appointments/{booked}", {"appointmentStatus": "cancelled"}
    )

    assert "09:00" in clock(await slots(highlevel, made))
    (event,) = await listed(rig, highlevel, calendarId=made)
    assert (event["id"], event["appointmentStatus"]) == (booked, "cancelled")


async def test_one_that_moves_is_not_in_its_own_way(rig: Rig) -> None:
    highlevel, made, bo = await opened(rig, slotInterval=15)
    booked = (await book(rig, highlevel, made, bo, NINE)).body["id"]
    there = f"/calendars/events/appointments/{booked}"

    moved = await highlevel.put(there, {"startTime": "2026-09-21T09:15:00-07:00"})
    refused = await highlevel.put(there, {"startTime": LATE})

    assert moved.body["endTime"] == "2026-09-21T09:45:00-07:00"
    assert (refused.status, refused.body["message"]) == (400, TAKEN)


async def test_events_are_those_of_a_calendar_a_group_or_a_user(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    said = {"locationId": rig.location, "name": "Group", "description": "All", "slug": "all"}
    group = (await highlevel.post("/calendars/groups", said)).body["group"]["id"]
    _, made, bo = await opened(rig, groupId=group)
    ann = staff(rig)[0]
    booked = (await book(rig, highlevel, made, bo, NINE, assignedUserId=ann)).body["id"]
    block = {"locationId": rig.location, "startTime": NINE, "endTime": LATE}
    await highlevel.post("/calendars/events/block-slots", {**block, "assignedUserId": ann})

    for of in ({"calendarId": made}, {"groupId": group}, {"userId": ann}):
        assert [one["id"] for one in await listed(rig, highlevel, **of)] == [booked]
    assert await listed(rig, highlevel, groupId="other") == []
    assert len(await listed(rig, highlevel, "blocked-slots", userId=ann)) == 1

    span = f"/calendars/events?locationId={rig.location}&startTime=1&endTime=2"
    assert (await highlevel.get(span)).status == 422


@pytest.mark.parametrize("whose", ["neither", "both"])
async def test_a_block_is_a_calendars_or_a_users(rig: Rig, whose: str) -> None:
    highlevel, made, _ = await opened(rig)
    both = {"calendarId": made, "assignedUserId": staff(rig)[0]} if whose == "both" else {}
    block = {"locationId": rig.location, "startTime": NINE, "endTime": LATE, **both}

    reply = await highlevel.post("/calendars/events/block-slots", block)

    assert reply.status == 400
    assert reply.body["message"] == "Either calendarId or assignedUserId can be set, not both."


async def test_notes_come_by_pages_of_twenty_at_most(rig: Rig) -> None:
    highlevel, made, bo = await opened(rig)
    booked = (await book(rig, highlevel, made, bo, NINE)).body["id"]
    there = f"/calendars/appointments/{booked}/notes"
    for number in range(3):
        await highlevel.post(there, {"body": f"Note {number}"})

    first = await highlevel.get(f"{there}?limit=2&offset=0")
    second = await highlevel.get(f"{there}?limit=2&offset=2")
    many = await highlevel.get(f"{there}?limit=21&offset=0")

    assert [one["body"] for one in first.body["notes"]] == ["Note 2", "Note 1"]
    assert (first.body["hasMore"], second.body["hasMore"]) == (True, False)
    assert second.body["notes"][0]["contactId"] == bo
    assert (many.status, (await highlevel.get(there)).status) == (400, 422)
    assert (await highlevel.post(there, {"body": "x" * 5001})).status == 422


async def test_what_is_told_of_an_appointment_stands_in_one_object(rig: Rig) -> None:
    highlevel, made, bo = await opened(rig)
    await rig.subscribe(types=["AppointmentCreate", "AppointmentUpdate", "AppointmentDelete"])
    booked = (await book(rig, highlevel, made, bo, NINE)).body["id"]
    there = f"/calendars/events/appointments/{booked}"
    await highlevel.put(there, {"appointmentStatus": "showed"})
    await highlevel.delete(f"/calendars/events/{booked}")
    block = {"locationId": rig.location, "startTime": NINE, "endTime": LATE, "calendarId": made}
    await highlevel.post("/calendars/events/block-slots", block)

    told = rig.told()

    assert [(one["type"], one["appointment"]["appointmentStatus"]) for one in told] == [
        ("AppointmentCreate", "confirmed"),
        ("AppointmentUpdate", "showed"),
        ("AppointmentDelete", "showed"),
    ]
    assert told[0]["appointment"].keys() == {
        *("id", "address", "title", "calendarId", "contactId", "groupId", "appointmentStatus"),
        *("assignedUserId", "users", "notes", "source", "startTime", "endTime"),
        *("dateAdded", "dateUpdated"),
    }
    assert told[0]["appointment"]["startTime"] == NINE
