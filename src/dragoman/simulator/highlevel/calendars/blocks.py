"""Times that are kept free of bookings, in a calendar or for a user."""

from dragoman.kernel.clock import millis
from dragoman.kernel.jsons import Json
from dragoman.simulator.exchange import Answer
from dragoman.simulator.highlevel import answers
from dragoman.simulator.highlevel.calendars import calendars, events, views
from dragoman.simulator.highlevel.calendars.records import Event
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.fields import MOMENT, TEXT, Kind
from dragoman.simulator.routes import Route

FIELDS: dict[str, Kind] = {
    **dict.fromkeys(("title", "calendarId", "assignedUserId", "locationId"), TEXT),
    **dict.fromkeys(("startTime", "endTime"), MOMENT),
}
_APART = frozenset({"locationId", "startTime", "endTime"})


def create(call: Call) -> Answer:
    body = call.body(FIELDS, ("locationId", "startTime", "endTime"))
    call.check_location(body["locationId"])
    event = Event(
        id=call.world.mint.word("event"),
        location_id=call.account,
        start=millis(body["startTime"]),
        end=millis(body["endTime"]),
        added=call.now,
        updated=call.now,
        fields=_kept(body),
    )
    _check(call, event)
    call.state.calendars.events[event.id] = event
    return call.created(_told(call, "blocked_slot.created", event))


def update(call: Call) -> Answer:
    """Declared 201, though nothing is created."""
    event, _ = events.find(call)
    if not event.blocked:
        raise answers.not_found("Block slot", event.id)
    body = call.body(FIELDS, ("locationId",))
    call.check_location(body["locationId"])
    changed = Event(
        id=event.id,
        location_id=event.location_id,
        start=millis(body["startTime"]) if body.get("startTime") else event.start,
        end=millis(body["endTime"]) if body.get("endTime") else event.end,
        added=event.added,
        updated=call.now,
        fields={**event.fields, **_kept(body)},
    )
    _check(call, changed)
    call.state.calendars.events[event.id] = changed
    return call.answer(201, _told(call, "blocked_slot.updated", changed))


def _check(call: Call, event: Event) -> None:
    """Either a calendar's or a user's, and neither empty nor backwards."""
    if bool(event.calendar_id) == bool(event.user_id):
        raise answers.refusal(400, "Either calendarId or assignedUserId can be set, not both.")
    if event.calendar_id:
        calendars.find(call, event.calendar_id)
    elif event.user_id not in call.location.users:
        raise answers.not_found("User", event.user_id)
    if event.end <= event.start:
        raise answers.unprocessable(["endTime must be after startTime"])


def _kept(body: dict[str, Json]) -> dict[str, Json]:
    return {name: value for name, value in body.items() if name not in _APART and value}


def _told(call: Call, effect: str, event: Event) -> dict[str, Json]:
    call.record(effect, event.subject(), {"start": event.start, "end": event.end})
    shown: dict[str, Json] = {
        "id": event.id,
        "locationId": event.location_id,
        "title": event.fields.get("title") or "",
        **views.span(call.state, event),
    }
    return shown | {
        n: event.fields[n] for n in ("calendarId", "assignedUserId") if n in event.fields
    }


ROUTES = (
    Route("POST", "/calendars/events/block-slots", create, "calendars/events.write"),
    Route("PUT", "/calendars/events/block-slots/{event}", update, "calendars/events.write"),
)
