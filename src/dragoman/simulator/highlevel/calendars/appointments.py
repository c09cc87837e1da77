"""Appointments: booked into a free slot, moved, changed, cancelled."""

from dragoman.kernel.clock import Millis, millis
from dragoman.kernel.jsons import Json
from dragoman.simulator.exchange import Answer
from dragoman.simulator.highlevel import answers
from dragoman.simulator.highlevel.calendars import calendars, events, series, views, webhooks
from dragoman.simulator.highlevel.calendars.records import Calendar, Event
from dragoman.simulator.highlevel.calendars.slots import NOBODY, Diary
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.fields import FLAG, MOMENT, TEXT, Kind, one_of
from dragoman.simulator.routes import Route

STATUSES = ("new", "confirmed", "cancelled", "showed", "noshow", "invalid")
PLACES = ("custom", "zoom", "gmeet", "phone", "address", "ms_teams", "google")
TAKEN = "The slot you have selected is no longer available."
"""As several callers have seen it."""
_TEXTS = "title meetingLocationId assignedUserId description address rrule calendarId"
_FLAGS = "overrideLocationConfig ignoreDateRange toNotify ignoreFreeSlotValidation"
UPDATE_FIELDS: dict[str, Kind] = {
    **dict.fromkeys(_TEXTS.split(), TEXT),
    **dict.fromkeys(_FLAGS.split(), FLAG),
    **dict.fromkeys(("startTime", "endTime"), MOMENT),
    "appointmentStatus": one_of(*STATUSES),
    "meetingLocationType": one_of(*PLACES),
}
CREATE_FIELDS: dict[str, Kind] = {**UPDATE_FIELDS, "locationId": TEXT, "contactId": TEXT}
_APART = frozenset({"startTime", "endTime", "locationId", *_FLAGS.split()})


def create(call: Call) -> Answer:
    """Without an owner, the first member who is free gets it."""
    body = call.body(CREATE_FIELDS, ("calendarId", "locationId", "contactId", "startTime"))
    call.check_location(body["locationId"])
    calendar = calendars.find(call, body["calendarId"])
    contact = call.contact(body["contactId"])
    diary = _diary(call, calendar)
    start = millis(body["startTime"])
    end = millis(body["endTime"]) if body.get("endTime") else start + diary.length
    title = str(calendar.fields["eventTitle"]).replace("{{contact.name}}", contact.name)
    event = Event(
        id=call.world.mint.word("event"),
        location_id=call.account,
        start=start,
        end=end,
        added=call.now,
        updated=call.now,
        fields={
            "title": title,
            "appointmentStatus": "confirmed" if calendar.fields["autoConfirm"] else "new",
            **_kept(body),
        },
    )
    _settle(call, diary, event, body)
    call.state.calendars.events[event.id] = event
    call.record("appointment.created", _subject(call, event), _told(event))
    webhooks.tell(call.world, "AppointmentCreate", event)
    return call.answer(200, views.booked(call.state, event))


def get(call: Call) -> Answer:
    """Within `appointment`, as seen; the description says `event`."""
    _, _, one = _find(call)
    return call.answer(200, {"appointment": views.appointment(call.state, one)})


def update(call: Call) -> Answer:
    """Of a series: by the id of an instance, that one; by its own id, all of it."""
    master, began, one = _find(call)
    body = call.body(UPDATE_FIELDS)
    start = millis(body["startTime"]) if body.get("startTime") else one.start
    length = one.end - one.start
    end = millis(body["endTime"]) if body.get("endTime") else start + length
    moved = Event(
        one.id, one.location_id, start, end, one.added, call.now, {**one.fields, **_kept(body)}
    )
    calendar = calendars.find(call, moved.calendar_id)
    if (start, end, moved.calendar_id, moved.user_id) != (
        *(one.start, one.end),
        *(one.calendar_id, one.user_id),
    ):
        _settle(call, _diary(call, calendar, master.id), moved, body)
    if began is None:
        master.start, master.end, master.fields = start, end, moved.fields
    else:
        master.changed[began] = {**moved.fields, "start": start, "end": end}
    master.updated = call.now
    call.record("appointment.updated", _subject(call, moved), _told(moved))
    _, _, now = _find(call)
    webhooks.tell(call.world, "AppointmentUpdate", now)
    return call.answer(200, views.booked(call.state, now))


def _settle(call: Call, diary: Diary, event: Event, body: dict[str, Json]) -> None:
    """Find out whose it is, and whether it may be then.

    Raises:
        Refusal: 400 where no slot is free, 422 where the times or the rule make no sense.
    """
    if event.end <= event.start:
        raise answers.unprocessable(["endTime must be after startTime"])
    if event.user_id and event.user_id not in call.location.users:
        raise answers.not_found("User", event.user_id)
    if event.fields.get("address"):
        event.fields["meetingLocationType"] = "custom"
    if event.fields.get("rrule"):
        series.rule(event.fields["rrule"])
    if body.get("ignoreFreeSlotValidation") is True or not event.occupies:
        free = [event.user_id] if event.user_id else diary.calendar.members or [NOBODY]
    else:
        # Documented: a rule counts only where slots are passed over.
        event.fields.pop("rrule", None)
        free = _free(diary, event, whenever=body.get("ignoreDateRange") is True)
    if free[0]:
        event.fields["assignedUserId"] = free[0]


def _free(diary: Diary, event: Event, *, whenever: bool) -> list[str]:
    """Who is free all the while: the owner, or where there is none any member."""
    members = diary.free(event.start, event.start + 1, whenever=whenever).get(event.start, [])
    free = [
        member
        for member in members
        if diary.fits(member, event.start, event.end)
        and (member == NOBODY or event.user_id in ("", member))
    ]
    if not free:
        raise answers.refusal(400, TAKEN)
    return free


def _diary(call: Call, calendar: Calendar, without: str = "") -> Diary:
    zone = views.zone(call.state, call.account)
    return Diary(call.state.calendars, calendar, zone, call.now, without)


def _kept(body: dict[str, Json]) -> dict[str, Json]:
    return {name: value for name, value in body.items() if name not in _APART}


def _find(call: Call) -> tuple[Event, Millis | None, Event]:
    """The event, when its instance was to begin, and what is meant: the instance or the event."""
    event, began = events.find(call)
    if event.blocked:
        raise answers.not_found("Appointment", event.id)
    if began is None:
        return event, None, event
    wanted = call.params["event"]
    return event, began, next(one for one in series.instances(event) if one.id == wanted)


def _subject(call: Call, event: Event) -> Json:
    contact = call.state.contacts.get(event.contact_id)
    return {**event.subject(), **(contact.subject() if contact else {})}


def _told(event: Event) -> Json:
    """What the ledger keeps: when, whose, and its status."""
    names = ("title", "appointmentStatus", "assignedUserId")
    kept = {name: event.fields[name] for name in names if name in event.fields}
    return {**kept, "start": event.start, "end": event.end}


ROUTES = (
    Route("POST", "/calendars/events/appointments", create, "calendars/events.write"),
    Route("GET", "/calendars/events/appointments/{event}", get, "calendars/events.readonly"),
    Route("PUT", "/calendars/events/appointments/{event}", update, "calendars/events.write"),
)
