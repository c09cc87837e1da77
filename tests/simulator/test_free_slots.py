"""Which slots of a calendar are free."""

from typing import Any

import pytest

from dragoman.kernel.clock import DAY
from tests.simulator.booking import MONDAY, WEEK, booking, calendar, clock, hours, slots, staff
from tests.simulator.conftest import Rig

MORNING = ["09:00", "09:30", "10:00", "10:30"]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, MORNING),
        ({"slotDuration": 1, "slotDurationUnit": "hours"}, ["09:00", "09:30", "10:00"]),
        ({"slotInterval": 60}, ["09:00", "10:00"]),
        ({"allowBookingAfter": 3, "allowBookingAfterUnit": "hours"}, ["10:30"]),
        ({"openHours": hours(9, 11, 0)}, []),
        ({"openHours": hours(7, 8)}, ["07:30", "07:00"]),
        ({"isActive": False}, []),
        ({"availabilities": [{"date": "2026-09-21T00:00:00.000Z", "hours": []}]}, []),
        ({"availabilityType": 1}, []),
    ],
    ids=[
        *("as it is", "longer", "farther apart", "notice", "another day", "not before now"),
        *("draft", "closed that date", "dates only"),
    ],
)
async def test_a_day_has_slots_as_its_calendar_says(
    rig: Rig, more: dict[str, Any], expected: list[str]
) -> None:
    highlevel = await rig.highlevel()
    made = await calendar(rig, highlevel, **more)

    assert clock(await slots(highlevel, made)) == expected


async def test_slots_are_shown_by_day_in_the_zone_that_is_asked_for(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    made = await calendar(rig, highlevel, openHours=hours(16, 17))
    there = f"/calendars/{made}/free-slots?startDate={MONDAY}&endDate={MONDAY + DAY}"

    here = (await highlevel.get(there)).body
    tokyo = (await highlevel.get(f"{there}&timezone=Asia/Tokyo")).body
    nowhere = await highlevel.get(f"{there}&timezone=Mars/Olympus")

    assert here["2026-09-21"]["slots"][0] == "2026-09-21T16:00:00-07:00"
    assert tokyo["2026-09-22"]["slots"][0] == "2026-09-22T08:00:00+09:00"
    assert here.keys() == {"2026-09-21", "traceId"}
    assert nowhere.status == 422


async def test_the_clocks_change_within_a_month_and_the_hours_do_not(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    made = await calendar(rig, highlevel, openHours=hours(9, 10), slotInterval=60)
    november = MONDAY + 40 * DAY

    found = await slots(highlevel, made, november, november + 2 * DAY)

    assert found == ["2026-10-31T09:00:00-07:00", "2026-11-01T09:00:00-08:00"]


@pytest.mark.parametrize("length", [0, -1, 32 * DAY])
async def test_a_range_must_be_31_days_at_most(rig: Rig, length: int) -> None:
    highlevel = await rig.highlevel()
    made = await calendar(rig, highlevel)

    reply = await highlevel.get(
        f"/calendars/{made}/free-slots?startDate={MONDAY}&endDate={MONDAY + length}"
    )

    assert (reply.status, reply.body["message"]) == (400, "Date range cannot be more than 31 days")


async def test_how_far_ahead_can_be_booked(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    made = await calendar(rig, highlevel, allowBookingFor=2, allowBookingForUnit="days")

    found = await slots(highlevel, made, MONDAY, MONDAY + WEEK)

    assert {slot[:10] for slot in found} == {"2026-09-21", "2026-09-22"}


async def test_what_is_booked_takes_its_buffers_along(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    bo = await rig.contact(highlevel, email="bo@example.com")
    made = await calendar(rig, highlevel, preBuffer=15, slotBuffer=45)
    first = (await slots(highlevel, made))[0]

    await highlevel.post("/calendars/events/appointments", booking(rig, made, bo, first))

    assert clock(await slots(highlevel, made)) == ["10:00", "10:30"]


async def test_a_class_has_several_seats_and_a_day_so_many_bookings(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    bo = await rig.contact(highlevel, email="bo@example.com")
    made = await calendar(rig, highlevel, appoinmentPerSlot=2, appoinmentPerDay=3)
    first, second, *_ = await slots(highlevel, made)

    seen = []
    for start in (first, first, second):
        await highlevel.post("/calendars/events/appointments", booking(rig, made, bo, start))
        seen.append(clock(await slots(highlevel, made)))

    assert seen == [MORNING, MORNING[1:], []]


async def test_who_is_busy_in_one_calendar_is_busy_in_all(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    bo = await rig.contact(highlevel, email="bo@example.com")
    ann, ben = staff(rig)
    both: dict[str, Any] = {"teamMembers": [{"userId": ann}, {"userId": ben}]}
    shared = await calendar(rig, highlevel, calendarType="round_robin", **both)
    together = await calendar(rig, highlevel, calendarType="collective", **both)
    first = (await slots(highlevel, shared))[0]

    said = booking(rig, shared, bo, first, assignedUserId=ann)
    await highlevel.post("/calendars/events/appointments", said)

    assert clock(await slots(highlevel, shared)) == MORNING
    assert clock(await slots(highlevel, shared, userId=ann)) == MORNING[1:]
    assert clock(await slots(highlevel, shared, userIds=ben)) == MORNING
    assert clock(await slots(highlevel, together)) == MORNING[1:]


async def test_a_schedule_counts_before_the_calendars_hours_in_its_own_zone(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    ann = staff(rig)[0]
    member: dict[str, Any] = {"calendarType": "personal", "teamMembers": [{"userId": ann}]}
    made = await calendar(rig, highlevel, **member)
    rules = [
        {"type": "wday", "day": "monday", "intervals": [{"from": "12:00", "to": "13:00"}]},
        {"type": "wday", "day": "tuesday", "intervals": [{"from": "12:00", "to": "13:00"}]},
        {"type": "date", "date": "2026-09-22", "intervals": []},
    ]
    said = {"locationId": rig.location, "userId": ann, "name": "Noon", "rules": rules}
    await highlevel.post(
        "/calendars/schedules", {**said, "timezone": "America/New_York", "calendarIds": [made]}
    )

    found = await slots(highlevel, made, MONDAY, MONDAY + 2 * DAY)

    assert found == ["2026-09-21T09:00:00-07:00", "2026-09-21T09:30:00-07:00"]
