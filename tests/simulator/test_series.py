"""Appointments that come again."""

import pytest

from dragoman.kernel.clock import DAY, HOUR
from tests.simulator.booking import MONDAY, book, listed, opened
from tests.simulator.conftest import Rig

NINE = "2026-09-21T09:00:00-07:00"


async def test_a_series_has_instances_that_change_and_go_one_by_one(rig: Rig) -> None:
    highlevel, made, bo = await opened(rig)
    rule = {"rrule": "RRULE:FREQ=DAILY;INTERVAL=1;COUNT=4\nEXDATE:20260923T160000Z"}
    anyhow = {**rule, "ignoreFreeSlotValidation": True}
    series = (await book(rig, highlevel, made, bo, NINE, **anyhow)).body["id"]
    first, second, third = await listed(rig, highlevel, calendarId=made)
    there = "/calendars/events/appointments/"

    await highlevel.put(there + second["id"], {"title": "Special"})
    await highlevel.delete(f"/calendars/events/{third['id']}")
    left = await listed(rig, highlevel, calendarId=made)
    gone = await highlevel.get(there + third["id"])
    await highlevel.delete(f"/calendars/events/{series}")

    assert [one["startTime"][:10] for one in (first, second, third)] == [
        *("2026-09-21", "2026-09-22", "2026-09-24"),
    ]
    assert first["masterEventId"] == series
    assert second["id"].startswith(f"{series}_{MONDAY // DAY * DAY + DAY + 16 * HOUR}_1800")
    assert [one["title"] for one in left] == ["Bo", "Special"]
    assert gone.status == 400
    assert await listed(rig, highlevel, calendarId=made) == []


@pytest.mark.parametrize("rule", ["every day", "FREQ=HOURLY", "FREQ=DAILY;COUNT=many"])
async def test_a_rule_that_cannot_be_read_is_refused(rig: Rig, rule: str) -> None:
    highlevel, made, bo = await opened(rig)

    reply = await book(rig, highlevel, made, bo, NINE, rrule=rule, ignoreFreeSlotValidation=True)

    assert (reply.status, reply.body["message"]) == (422, ["rrule must be a valid RRULE"])


async def test_a_rule_counts_only_where_slots_are_passed_over(rig: Rig) -> None:
    highlevel, made, bo = await opened(rig)

    reply = await book(rig, highlevel, made, bo, NINE, rrule="RRULE:FREQ=DAILY;COUNT=3")

    assert (reply.body["isRecurring"], "rrule" in reply.body) == (False, False)


async def test_a_month_without_such_a_day_has_no_instance(rig: Rig) -> None:
    highlevel, made, bo = await opened(rig)
    rule = {"rrule": "RRULE:FREQ=MONTHLY;COUNT=3", "ignoreFreeSlotValidation": True}
    await book(rig, highlevel, made, bo, "2026-10-31T09:00:00-07:00", **rule)

    found = await listed(rig, highlevel, calendarId=made, endTime=MONDAY + 200 * DAY)

    assert [one["startTime"][:10] for one in found] == ["2026-10-31", "2026-12-31", "2027-01-31"]


async def test_a_series_ends_at_its_moment(rig: Rig) -> None:
    highlevel, made, bo = await opened(rig)
    rule = {"rrule": "FREQ=WEEKLY;UNTIL=20261005T160000Z", "ignoreFreeSlotValidation": True}
    await book(rig, highlevel, made, bo, NINE, **rule)

    found = await listed(rig, highlevel, calendarId=made, endTime=MONDAY + 200 * DAY)

    assert [one["startTime"][:10] for one in found] == ["2026-09-21", "2026-09-28", "2026-10-05"]
