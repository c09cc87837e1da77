"""What a calendar sends by itself. The simulator keeps the rules, and sends nothing by them."""

from typing import Any

from dragoman.kernel import jsons
from dragoman.kernel.jsons import Json
from dragoman.simulator.exchange import Answer, as_json
from dragoman.simulator.highlevel import answers
from dragoman.simulator.highlevel.calendars import calendars
from dragoman.simulator.highlevel.calendars.records import Record
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.fields import FLAG, OBJECTS, TEXT, TEXTS, Kind, one_of, problems
from dragoman.simulator.routes import Route

NEEDED = ("receiverType", "channel", "notificationType")
CREATE_FIELDS: dict[str, Kind] = {
    "receiverType": one_of(
        "contact", "guest", "assignedUser", "emails", "phoneNumbers", "business"
    ),
    "channel": one_of("email", "inApp", "sms", "whatsapp"),
    "notificationType": one_of(
        "booked", "confirmation", "cancellation", "reminder", "followup", "reschedule"
    ),
    "isActive": FLAG,
    **dict.fromkeys(("beforeTime", "afterTime"), OBJECTS),
    **dict.fromkeys(("additionalEmailIds", "additionalPhoneNumbers", "selectedUsers"), TEXTS),
    **dict.fromkeys(("templateId", "body", "subject"), TEXT),
    **dict.fromkeys(("fromAddress", "fromName", "fromNumber"), TEXT),
}
UPDATE_FIELDS: dict[str, Kind] = {**CREATE_FIELDS, "deleted": FLAG}
_HIDDEN = frozenset({"fromAddress", "fromName", "fromNumber"})
"""Taken, and never shown."""


def every(call: Call) -> Answer:
    """A bare list; those that are deleted come where nothing is said of it."""
    query = call.request.query
    found = [
        one
        for one in _of(call).values()
        if query.get("isActive") in (None, _word(one.fields["isActive"]))
        and query.get("deleted") in (None, _word(one.fields["deleted"]))
    ]
    skip, limit = call.number("skip", 0), call.number("limit", 100)
    return as_json(200, [_shown(one) for one in found[skip : skip + limit]])


def get(call: Call) -> Answer:
    return call.answer(200, _shown(_find(call)))


def create(call: Call) -> Answer:
    """Several at once, or none of them; declared 200."""
    calendar, here = calendars.find(call), _of(call)
    made = []
    for fields in _read(call):
        whole = {"isActive": True, "deleted": False, **fields}
        one = Record(call.world.mint.hexadecimal("notification", 24), calendar.location_id, whole)
        here[one.id] = one
        call.record("calendar_notification.created", _subject(call, one), _told(fields))
        made.append(_shown(one))
    return as_json(200, made)


def update(call: Call) -> Answer:
    one = _find(call)
    body = call.body(UPDATE_FIELDS)
    one.fields |= body
    call.record("calendar_notification.updated", _subject(call, one), _told(body))
    return call.answer(200, {"message": "Notification updated successfully"})


def delete(call: Call) -> Answer:
    """It stays, marked as deleted."""
    one = _find(call)
    one.fields["deleted"] = True
    call.record("calendar_notification.deleted", _subject(call, one), {})
    return call.answer(200, {"message": "Notification deleted successfully"})


def _read(call: Call) -> list[dict[str, Any]]:
    """The body, which is a list.

    Raises:
        Refusal: 400 for what is no list, 422 for fields that are unknown, missing or unfit.
    """
    try:
        body = jsons.decode(call.request.body)
    except jsons.Unreadable:
        raise answers.refusal(400, "Unexpected token in JSON at position 0") from None
    if not isinstance(body, list) or not all(isinstance(one, dict) for one in body):
        raise answers.refusal(400, "The body must be an array of notifications")
    wrong = [text for one in body for text in problems(one, CREATE_FIELDS, NEEDED)]
    if wrong:
        raise answers.unprocessable(wrong)
    return body


def _of(call: Call) -> dict[str, Record]:
    calendar = calendars.find(call)
    return call.state.calendars.notifications.setdefault(calendar.id, {})


def _find(call: Call) -> Record:
    one = _of(call).get(call.params["notification"])
    if one is None:
        raise answers.not_found("Notification", call.params["notification"])
    return one


def _shown(one: Record) -> dict[str, Json]:
    shown = {name: value for name, value in one.fields.items() if name not in _HIDDEN}
    return {"_id": one.id, **shown}


def _told(fields: dict[str, Json]) -> Json:
    """What the ledger keeps: no text, no address."""
    kept = {*NEEDED, "isActive", "deleted"}
    return {name: value for name, value in fields.items() if name in kept}


def _subject(call: Call, one: Record) -> Json:
    return {"notification_id": one.id, "calendar_id": call.params["calendar"]}


def _word(flag: object) -> str:
    return "true" if flag else "false"


_HERE = "/calendars/{calendar}/notifications"
ROUTES = (
    Route("GET", _HERE, every, "calendars/events.readonly"),
    Route("POST", _HERE, create, "calendars/events.write"),
    Route("GET", f"{_HERE}/{{notification}}", get, "calendars/events.readonly"),
    Route("PUT", f"{_HERE}/{{notification}}", update, "calendars/events.write"),
    Route("DELETE", f"{_HERE}/{{notification}}", delete, "calendars/events.write"),
)
