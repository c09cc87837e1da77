"""Notes on an appointment, the newest first."""

from dragoman.kernel.jsons import Json
from dragoman.simulator.exchange import Answer
from dragoman.simulator.highlevel import answers
from dragoman.simulator.highlevel.calendars import events, views
from dragoman.simulator.highlevel.calendars.records import AppointmentNote, Event
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.fields import TEXT, Kind
from dragoman.simulator.routes import Route

FIELDS: dict[str, Kind] = {"userId": TEXT, "body": TEXT}
MOST = 20
LONGEST = 5000


def every(call: Call) -> Answer:
    """Both limit and offset must be given."""
    event = _event(call)
    limit, offset = call.number("limit", most=MOST), call.number("offset")
    notes = list(reversed(event.notes.values()))
    shown = [views.note(call.state, event, one) for one in notes[offset : offset + limit]]
    return call.answer(200, {"notes": shown, "hasMore": offset + limit < len(notes)})


def create(call: Call) -> Answer:
    event = _event(call)
    body = _read(call)
    note = AppointmentNote(call.world.mint.word("appointment note"), call.now, body, call.client)
    event.notes[note.id] = note
    call.record("appointment_note.created", _subject(event, note), body)
    return call.created({"note": views.note(call.state, event, note)})


def update(call: Call) -> Answer:
    event, note = _find(call)
    body = _read(call)
    note.fields |= body
    call.record("appointment_note.updated", _subject(event, note), body)
    return call.answer(200, {"note": views.note(call.state, event, note)})


def delete(call: Call) -> Answer:
    event, note = _find(call)
    del event.notes[note.id]
    call.record("appointment_note.deleted", _subject(event, note), {})
    return call.answer(200, {"success": True})


def _read(call: Call) -> dict[str, Json]:
    body = call.body(FIELDS, ("body",))
    if len(body["body"]) > LONGEST:
        raise answers.unprocessable([f"body must be shorter than or equal to {LONGEST} characters"])
    return body


def _event(call: Call) -> Event:
    event, _ = events.find(call)
    return event


def _find(call: Call) -> tuple[Event, AppointmentNote]:
    event = _event(call)
    note = event.notes.get(call.params["note"])
    if note is None:
        raise answers.not_found("Note", call.params["note"])
    return event, note


def _subject(event: Event, note: AppointmentNote) -> Json:
    return {"note_id": note.id, **event.subject()}


_HERE = "/calendars/appointments/{event}/notes"
ROUTES = (
    Route("GET", _HERE, every, "calendars/events.readonly"),
    Route("POST", _HERE, create, "calendars/events.write"),
    Route("PUT", f"{_HERE}/{{note}}", update, "calendars/events.write"),
    Route("DELETE", f"{_HERE}/{{note}}", delete, "calendars/events.write"),
)
