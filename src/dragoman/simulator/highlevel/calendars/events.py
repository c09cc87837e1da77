"""What stands in calendars between two moments, and taking it off."""

from collections.abc import Iterator

from dragoman.kernel.clock import Millis
from dragoman.simulator.exchange import Answer
from dragoman.simulator.highlevel import answers
from dragoman.simulator.highlevel.calendars import series, views, webhooks
from dragoman.simulator.highlevel.calendars.records import Event
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.routes import Route


def appointments(call: Call) -> Answer:
    shown = [views.appointment(call.state, one) for one in _asked(call) if not one.blocked]
    return call.answer(200, {"events": shown})


def blocked_slots(call: Call) -> Answer:
    shown = [views.blocked(call.state, one) for one in _asked(call) if one.blocked]
    return call.answer(200, {"events": shown})


def delete(call: Call) -> Answer:
    """An appointment or a blocked time; of a series one instance, or all of it. Declared 201."""
    event, began = find(call)
    call.body({})
    if began is None:
        del call.state.calendars.events[event.id]
    else:
        event.changed[began] = None
    call.record("event.deleted", event.subject(), {"blocked": event.blocked})
    if not event.blocked:
        webhooks.tell(call.world, "AppointmentDelete", event)
    return call.answer(201, answers.succeeded())


def find(call: Call) -> tuple[Event, Millis | None]:
    """The event of the path's id, if this token reaches it; of an instance also when it began."""
    found = series.find(call.state.calendars, call.params["event"])
    if found is None:
        raise answers.not_found("Event", call.params["event"])
    call.check_location(found[0].location_id)
    return found


def _asked(call: Call) -> Iterator[Event]:
    """What the query asks for, in the order of time.

    Raises:
        Refusal: 422 where none of calendar, group and user is named, or the times are no numbers.
    """
    query, book = call.request.query, call.state.calendars
    call.check_location(query.get("locationId"))
    since, until = call.number("startTime"), call.number("endTime")
    if not any(query.get(name) for name in ("userId", "calendarId", "groupId")):
        raise answers.unprocessable(["Either of userId, calendarId or groupId is required"])
    group = {
        one.id
        for one in book.calendars.values()
        if one.fields.get("groupId") == query.get("groupId")
    }
    found = [
        one
        for event in book.events.values()
        if event.location_id == call.account
        and query.get("userId") in (None, "", event.user_id)
        and query.get("calendarId") in (None, "", event.calendar_id)
        and (not query.get("groupId") or event.calendar_id in group)
        for one in series.instances(event)
        if one.start < until and one.end > since
    ]
    yield from sorted(found, key=lambda one: one.start)


ROUTES = (
    Route("GET", "/calendars/events", appointments, "calendars/events.readonly"),
    Route("GET", "/calendars/blocked-slots", blocked_slots, "calendars/events.readonly"),
    Route("DELETE", "/calendars/events/{event}", delete, "calendars/events.write"),
)
