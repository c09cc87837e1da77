"""When a calendar is open: by weekday, on certain dates, or by the schedule of a member."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dragoman.kernel.clock import SECOND, Millis
from dragoman.simulator.highlevel import answers
from dragoman.simulator.highlevel.calendars.records import Calendar, Schedule

Window = tuple[Millis, Millis]
"""From when to when it is open."""

USUAL: tuple[Any, ...] = (
    {
        "daysOfTheWeek": [1, 2, 3, 4, 5],
        "hours": [{"openHour": 8, "openMinute": 0, "closeHour": 17, "closeMinute": 0}],
    },
)
"""Of a calendar that says nothing: what the vendor's own page begins with."""
_CUSTOM_ONLY, _WEEKLY_ONLY = 1, 0
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def of_calendar(calendar: Calendar, since: Millis, until: Millis, place: ZoneInfo) -> list[Window]:
    """Its windows between two moments; what is said of a date replaces its weekday's hours."""
    counts = calendar.fields.get("availabilityType")
    dated = {
        one["date"][:10]: one["hours"]
        for one in calendar.fields.get("availabilities", ())
        if counts != _WEEKLY_ONLY and not one.get("deleted")
    }
    weekly = () if counts == _CUSTOM_ONLY else calendar.fields.get("openHours", USUAL)
    found = []
    for day in _days(since, until, place):
        number = (day.weekday() + 1) % 7
        usual = [h for one in weekly if number in one["daysOfTheWeek"] for h in one["hours"]]
        found += [
            (
                _at(day, hours["openHour"], hours["openMinute"], place),
                _at(day, hours["closeHour"], hours["closeMinute"], place),
            )
            for hours in dated.get(day.isoformat(), usual)
        ]
    return sorted(found)


def of_schedule(schedule: Schedule, since: Millis, until: Millis) -> list[Window]:
    """The same of a schedule, in its own time zone."""
    place = zone(schedule.fields["timezone"])
    rules = schedule.fields["rules"]
    dated = {one["date"]: one["intervals"] for one in rules if one["type"] == "date"}
    found = []
    for day in _days(since, until, place):
        name = _WEEKDAYS[day.weekday()]
        usual = [i for one in rules if one.get("day") == name for i in one["intervals"]]
        found += [
            (_at(day, *_clock(one["from"]), place), _at(day, *_clock(one["to"]), place))
            for one in dated.get(day.isoformat(), usual)
        ]
    return sorted(found)


def zone(name: str) -> ZoneInfo:
    """The zone of that name.

    Raises:
        Refusal: 422 where there is none.
    """
    try:
        return ZoneInfo(str(name))
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a folder of zones is no zone
        raise answers.unprocessable(["timezone must be an IANA timezone"]) from None


def local(moment: Millis, place: ZoneInfo) -> datetime:
    return datetime.fromtimestamp(moment / SECOND, place)


def text(moment: Millis, place: ZoneInfo) -> str:
    """As calendars write it: `2026-10-05T09:00:00-07:00`."""
    return local(moment, place).isoformat(timespec="seconds")


def _days(since: Millis, until: Millis, place: ZoneInfo) -> Iterator[date]:
    day, last = local(since, place).date(), local(until, place).date()
    while day <= last:
        yield day
        day += timedelta(days=1)


def _at(day: date, hour: int, minute: int, place: ZoneInfo) -> Millis:
    """A minute may be 60, so that a day can end at its end."""
    stamp = datetime.combine(day, time(), place) + timedelta(hours=hour, minutes=minute)
    return round(stamp.timestamp() * SECOND)


def _clock(said: str) -> tuple[int, int]:
    hour, minute = said.split(":")
    return int(hour), int(minute)
