"""Whether something of calendars was created whose answer was lost."""

from typing import Any

from dragoman.catalog.parts import LookupPlan, Lost, Part
from dragoman.kernel.clock import DAY, millis
from dragoman.kernel.errors import BadAnswer
from dragoman.vendors.highlevel.recency import made_since

_PAGES = 5
_NOTES = 20
"""Notes a page, at most."""
_MANY = 500
"""Schedules a page, at most, and more notifications than a calendar has."""


def calendar_alike(lost: Lost) -> LookupPlan:
    """Calendars of which all is as was asked for.

    Calendars do not say when they were made: one from before that is alike in all is as good.
    """
    found = yield Part("highlevel.calendars.list", {})
    return [{"calendar": one} for one in found["calendars"] if _alike(one, lost.input)]


def group_by_slug(lost: Lost) -> LookupPlan:
    """The group with the slug: no two have the same one."""
    found = yield Part("highlevel.calendar_groups.list", {})
    return [{"group": one} for one in found["groups"] if _alike(one, lost.input)]


def appointment_at_start(lost: Lost) -> LookupPlan:
    """Appointments of the contact at the same time in the same calendar, booked since."""
    events = yield from _around(lost, "highlevel.calendar_events.list")
    contact = lost.input["contactId"]
    return [one for one in events if one.get("contactId") == contact]


def block_at_start(lost: Lost) -> LookupPlan:
    """Blocked times that begin and end as was asked for, written since."""
    events = yield from _around(lost, "highlevel.blocked_slots.list")
    return [one for one in events if _same(one.get("endTime"), lost.input["endTime"])]


def appointment_note_by_body(lost: Lost) -> LookupPlan:
    """Notes on the same appointment with the same words, written since the first try."""
    question = {"appointmentId": lost.input["appointmentId"], "limit": _NOTES}
    kept: list[dict[str, Any]] = []
    for page in range(_PAGES):
        found = yield Part(
            "highlevel.appointment_notes.list", {**question, "offset": page * _NOTES}
        )
        kept += found["notes"]
        if not found.get("hasMore"):
            body = lost.input["body"]
            return [
                {"note": one}
                for one in kept
                if one.get("body") == body and made_since(lost, one, "dateAdded")
            ]
    raise BadAnswer(f"the appointment has over {_PAGES * _NOTES} notes, so nobody can tell")


def notifications_alike(lost: Lost) -> LookupPlan:
    """The notifications as they were asked for, if the calendar has each of them.

    Two that are alike in everything would send everything twice, so whoever made one, it will do.
    """
    question = {"calendarId": lost.input["calendarId"], "deleted": False, "limit": _MANY}
    found = yield Part("highlevel.calendar_notifications.list", question)
    made = [
        next((one for one in found["notifications"] if _alike(one, wanted)), None)
        for wanted in lost.input["notifications"]
    ]
    return [] if None in made else [{"notifications": made}]


def schedule_by_name(lost: Lost) -> LookupPlan:
    """Schedules of the same user with the same name, made since the first try."""
    question = {"userId": lost.input["userId"], "limit": _MANY}
    found = yield Part("highlevel.calendar_schedules.list", question)
    name = lost.input["name"]
    return [
        {"schedule": one}
        for one in found["schedules"]
        if one.get("name") == name and made_since(lost, one, "dateAdded")
    ]


def _around(lost: Lost, operation: str) -> LookupPlan:
    """What begins when it was to begin, of the same calendar or user, written since."""
    start = millis(lost.input["startTime"])
    names = {"calendarId": "calendarId", "assignedUserId": "userId"}
    whose = next((name for name in names if lost.input.get(name)), None)
    if whose is None:
        raise BadAnswer("neither a calendar nor a user was named, so nobody can tell")
    question = {names[whose]: lost.input[whose], "startTime": start, "endTime": start + DAY}
    found = yield Part(operation, question)
    return [
        one
        for one in found["events"]
        if _same(one.get("startTime"), lost.input["startTime"])
        and lost.input.get("title") in (None, one.get("title"))
        and made_since(lost, one, "dateAdded")
    ]


def _same(one: Any, other: Any) -> bool:
    """Whether two texts say the same moment, in whatever zones."""
    try:
        return millis(str(one)) == millis(str(other))
    except ValueError:
        return False


def _alike(thing: dict[str, Any], wanted: dict[str, Any]) -> bool:
    """Whether a thing has what was given, as far as it shows it."""
    return all(thing[name] == value for name, value in wanted.items() if name in thing)
