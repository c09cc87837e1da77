"""Schedules: when a user can be booked, in the calendars that go by them."""

import re

from dragoman.kernel.jsons import Json
from dragoman.simulator.exchange import Answer
from dragoman.simulator.highlevel import answers
from dragoman.simulator.highlevel.calendars import calendars, hours, views
from dragoman.simulator.highlevel.calendars.records import Schedule, of_location
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.fields import OBJECTS, TEXT, TEXTS, Kind, objects
from dragoman.simulator.routes import Route

UPDATE_FIELDS: dict[str, Kind] = {"name": TEXT, "timezone": TEXT, "rules": OBJECTS}
CREATE_FIELDS: dict[str, Kind] = {
    **UPDATE_FIELDS,
    **dict.fromkeys(("locationId", "userId"), TEXT),
    "calendarIds": TEXTS,
}
MOST = 500
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):[0-5][0-9]")
_HOUR: Kind = ("HH:MM", lambda value: bool(_CLOCK.fullmatch(str(value))))
_INTERVALS = objects({"from": _HOUR, "to": _HOUR}, ("from", "to"))
_OF = {"wday": "day", "date": "date"}
"""What a rule of a type says when it holds."""


def every(call: Call) -> Answer:
    query = call.request.query
    call.check_location(query.get("locationId"))
    if not query.get("userId"):
        raise answers.unprocessable(["userId should not be empty"])
    found = [
        one
        for one in of_location(call.state.calendars.schedules.values(), call.account)
        if one.fields["userId"] == query["userId"]
        and (not query.get("calendarId") or query["calendarId"] in one.fields["calendarIds"])
    ]
    skip, limit = call.number("skip", 0), call.number("limit", 50, MOST)
    shown = [views.schedule(one) for one in found[skip : skip + limit]]
    return call.answer(200, {"schedules": shown})


def get(call: Call) -> Answer:
    return call.answer(200, {"schedule": views.schedule(_find(call))})


def create(call: Call) -> Answer:
    body = call.body(CREATE_FIELDS, ("timezone", "locationId", "name", "userId"))
    call.check_location(body.pop("locationId"))
    _check(body)
    if body["userId"] not in call.location.users:
        raise answers.not_found("User", body["userId"])
    for calendar_id in body.get("calendarIds", ()):
        calendars.find(call, calendar_id)
    fields = {"rules": [], "calendarIds": [], **body}
    now = call.now
    one = Schedule(call.world.mint.word("schedule"), call.account, fields, now, now)
    call.state.calendars.schedules[one.id] = one
    call.record("calendar_schedule.created", _subject(one), body)
    return call.created({"schedule": views.schedule(one)})


def update(call: Call) -> Answer:
    one = _find(call)
    body = call.body(UPDATE_FIELDS)
    _check(body)
    _change(call, one, body)
    return call.answer(200, {"schedule": views.schedule(one)})


def delete(call: Call) -> Answer:
    one = _find(call)
    del call.state.calendars.schedules[one.id]
    call.record("calendar_schedule.deleted", _subject(one), {})
    return call.answer(200, {"success": True})


def add_calendar(call: Call) -> Answer:
    one = _find(call)
    calendar = calendars.find(call)
    known = one.fields["calendarIds"]
    _change(call, one, {"calendarIds": list(dict.fromkeys([*known, calendar.id]))})
    return call.answer(200, {"success": True})


def remove_calendar(call: Call) -> Answer:
    """Removing one that is not there is a 404."""
    one, wanted = _find(call), call.params["calendar"]
    if wanted not in one.fields["calendarIds"]:
        raise answers.refusal(404, "Calendar is not associated with the schedule")
    _change(call, one, {"calendarIds": [i for i in one.fields["calendarIds"] if i != wanted]})
    return call.answer(200, {"success": True})


def _change(call: Call, one: Schedule, body: dict[str, Json]) -> None:
    one.fields |= body
    one.updated = call.now
    call.record("calendar_schedule.updated", _subject(one), body)


def _check(body: dict[str, Json]) -> None:
    """What the zone and the rules say.

    Raises:
        Refusal: 422 for a zone that is none, or a rule without its day or with wrong times.
    """
    wrong = []
    if "timezone" in body:
        hours.zone(body["timezone"])
    for place, rule in enumerate(body.get("rules", ())):
        if not isinstance(rule.get(_OF.get(str(rule.get("type")), "")), str):
            wrong.append(f"rules.{place} must have a type, and its day or date")
        if not _INTERVALS[1](rule.get("intervals")):
            wrong.append(f"rules.{place}.intervals must be in HH:MM format")
    if wrong:
        raise answers.unprocessable(wrong)


def _find(call: Call) -> Schedule:
    """Here what is missing is a 404, as declared."""
    one = call.state.calendars.schedules.get(call.params["id"])
    if one is None:
        raise answers.refusal(404, "Schedule not found")
    call.check_location(one.location_id)
    return one


def _subject(one: Schedule) -> Json:
    return {"schedule_id": one.id, "user_id": one.fields["userId"]}


_HERE = "/calendars/schedules"
_LINK = f"{_HERE}/{{id}}/associations/{{calendar}}"
ROUTES = (
    Route("GET", f"{_HERE}/search", every, "calendars.readonly"),
    Route("POST", _HERE, create, "calendars.write"),
    Route("GET", f"{_HERE}/{{id}}", get, "calendars.readonly"),
    Route("PUT", f"{_HERE}/{{id}}", update, "calendars.write"),
    Route("DELETE", f"{_HERE}/{{id}}", delete, "calendars.write"),
    Route("PUT", _LINK, add_calendar, "calendars.write"),
    Route("DELETE", _LINK, remove_calendar, "calendars.write"),
)
