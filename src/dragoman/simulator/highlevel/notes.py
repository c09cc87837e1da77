"""Notes on a contact."""

from dragoman.kernel.clock import iso
from dragoman.kernel.jsons import Json
from dragoman.simulator.exchange import Answer
from dragoman.simulator.highlevel import answers, events
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.fields import FLAG, TEXT, Kind
from dragoman.simulator.highlevel.records import Contact, Note
from dragoman.simulator.routes import Route

FIELDS: dict[str, Kind] = {
    **dict.fromkeys(("userId", "body", "title", "color"), TEXT),
    "pinned": FLAG,
}


def every(call: Call) -> Answer:
    """Newest first."""
    contact = call.contact(call.params["id"])
    notes = [_shown(note) for note in reversed(contact.notes.values())]
    return call.answer(200, {"notes": notes})


def create(call: Call) -> Answer:
    contact = call.contact(call.params["id"])
    body = call.body(FIELDS, required=("body",))
    note = Note(call.world.mint.word("note"), contact.id, call.now, body)
    contact.notes[note.id] = note
    call.record("note.created", _subject(contact, note), body)
    events.of_note(call.world, "NoteCreate", contact, note)
    return call.created({"note": _shown(note)})


def get(call: Call) -> Answer:
    _, note = _find(call)
    return call.answer(200, {"note": _shown(note)})


def update(call: Call) -> Answer:
    contact, note = _find(call)
    body = call.body(FIELDS)
    note.fields = {**note.fields, **body}
    call.record("note.updated", _subject(contact, note), body)
    events.of_note(call.world, "NoteUpdate", contact, note)
    return call.answer(200, {"note": _shown(note)})


def delete(call: Call) -> Answer:
    contact, note = _find(call)
    del contact.notes[note.id]
    call.record("note.deleted", _subject(contact, note), {})
    events.of_note(call.world, "NoteDelete", contact, note)
    return call.answer(200, answers.succeeded())


def _find(call: Call) -> tuple[Contact, Note]:
    contact = call.contact(call.params["id"])
    note = contact.notes.get(call.params["note"])
    if note is None:
        raise answers.not_found("Note", call.params["note"])
    return contact, note


def _subject(contact: Contact, note: Note) -> Json:
    return {"note_id": note.id, **contact.subject()}


def _shown(note: Note) -> Json:
    """Real notes have `bodyText` and `relations` besides what the schema lists."""
    return {
        "id": note.id,
        "contactId": note.contact_id,
        "dateAdded": iso(note.added),
        "bodyText": note.fields["body"],
        "relations": [],
        **note.fields,
    }


ROUTES = (
    Route("GET", "/contacts/{id}/notes", every, "contacts.readonly"),
    Route("POST", "/contacts/{id}/notes", create, "contacts.write"),
    Route("GET", "/contacts/{id}/notes/{note}", get, "contacts.readonly"),
    Route("PUT", "/contacts/{id}/notes/{note}", update, "contacts.write"),
    Route("DELETE", "/contacts/{id}/notes/{note}", delete, "contacts.write"),
)
