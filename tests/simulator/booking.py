"""Calendars as the tests of them need them."""

from typing import Any
from urllib.parse import urlencode

from dragoman.kernel.clock import DAY, Millis
from tests.simulator.conftest import START, Door, Reply, Rig

MONDAY: Millis = START
"""A Monday, 07:13 where the pretended location is."""
WEEK = 7 * DAY


def hours(opens: int, closes: int, *days: int) -> list[dict[str, Any]]:
    """Open between two hours, on these weekdays or on all."""
    said = {"openHour": opens, "openMinute": 0, "closeHour": closes, "closeMinute": 0}
    return [{"daysOfTheWeek": list(days or range(7)), "hours": [said]}]


async def calendar(rig: Rig, highlevel: Door, **more: Any) -> str:
    """A calendar that is open from nine to eleven on weekdays; its id."""
    usual = {"locationId": rig.location, "name": "Visits", "openHours": hours(9, 11, 1, 2, 3, 4, 5)}
    reply = await highlevel.post("/calendars/", {**usual, **more})
    assert reply.status == 200, reply.raw
    return str(reply.body["calendar"]["id"])


async def slots(
    highlevel: Door, calendar_id: str, since: Millis = MONDAY, until: Millis = 0, **more: Any
) -> list[str]:
    """The free slots of one day, or until another moment."""
    query = urlencode({"startDate": since, "endDate": until or since + DAY, **more})
    reply = await highlevel.get(f"/calendars/{calendar_id}/free-slots?{query}")
    assert reply.status == 200, reply.raw
    days = {name: said for name, said in reply.body.items() if name != "traceId"}
    return [slot for day in days.values() for slot in day["slots"]]


def clock(found: list[str]) -> list[str]:
    """Hours and minutes of slots."""
    return [slot[11:16] for slot in found]


def booking(rig: Rig, calendar_id: str, contact: str, start: str, **more: Any) -> dict[str, Any]:
    """What a call to book a contact says."""
    return {
        "calendarId": calendar_id,
        "locationId": rig.location,
        "contactId": contact,
        "startTime": start,
        **more,
    }


def staff(rig: Rig) -> list[str]:
    return list(rig.world.highlevel.default_location.users)


async def opened(rig: Rig, **more: Any) -> tuple[Door, str, str]:
    """A client, a calendar and a contact."""
    highlevel = await rig.highlevel()
    bo = await rig.contact(highlevel, firstName="Bo", email="bo@example.com")
    return highlevel, await calendar(rig, highlevel, **more), bo


async def book(rig: Rig, highlevel: Door, made: str, bo: str, start: str, **more: Any) -> Reply:
    said = booking(rig, made, bo, start, **more)
    return await highlevel.post("/calendars/events/appointments", said)


async def listed(rig: Rig, highlevel: Door, kind: str = "events", **of: Any) -> list[Any]:
    span = {"locationId": rig.location, "startTime": MONDAY - DAY, "endTime": MONDAY + WEEK}
    reply = await highlevel.get(f"/calendars/{kind}?{urlencode({**span, **of})}")
    return list(reply.body["events"])
