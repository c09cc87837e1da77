"""Files for custom fields: one call only stores them, one puts them into a contact's field."""

from pathlib import PurePosixPath

from dragoman.kernel.jsons import Json
from dragoman.simulator.exchange import Answer, Refusal
from dragoman.simulator.figures import whole
from dragoman.simulator.highlevel import answers, events, views
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.locations import finding
from dragoman.simulator.highlevel.messaging import forms
from dragoman.simulator.highlevel.messaging.forms import File, Form
from dragoman.simulator.routes import Route

TYPES = frozenset(
    {
        *("pdf", "docx", "doc", "jpg", "jpeg", "png", "gif", "csv"),
        *("xlsx", "xls", "mp4", "mpeg", "zip", "rar", "txt", "svg"),
    }
)
"""Documented."""


def store(call: Call) -> Answer:
    """Where each file lies; what is done with it is the caller's affair."""
    finding.own(call)
    form = _read(call)
    most = whole(form.texts.get("maxFiles"))
    if most is not None and len(form.files) > most:
        raise answers.refusal(400, f"There may be {most} files at most")
    shown = [_meta(call, file) for file in form.files]
    for one in shown:
        content = {name: one[name] for name in ("originalname", "mimetype", "size")}
        call.record("file.uploaded", {"belongs_to": form.texts.get("id", "")}, content)
    where = {one["originalname"]: one["url"] for one in shown}
    return call.answer(200, {"uploadedFiles": where, "meta": shown})


def put(call: Call) -> Answer:
    """Each file travels under the id of its field and an id of its own: `FIELD_FILE`.

    Of a field it holds the same id once, so the same upload again replaces the file.
    """
    call.check_location(call.request.query.get("locationId"))
    contact = call.contact(call.request.query.get("contactId", ""))
    own = finding.of(call, call.account)
    placed = []
    for file in _read(call).files:
        field_id, _, file_id = file.field.partition("_")
        field = finding.one(own.custom_fields, "Custom field", field_id)
        if field.fields["dataType"] != "FILE_UPLOAD" or not file_id:
            raise answers.refusal(400, f"{file.field} names no field of files and no file")
        placed.append((field_id, file_id, _meta(call, file)))
    with events.changing(call.world, contact, call.client):
        for field_id, file_id, meta in placed:
            value = {"meta": meta, "url": meta["url"], "documentId": file_id}
            held = contact.custom_fields.get(field_id) or {}
            contact.custom_fields[field_id] = {**held, file_id: value}
    for field_id, file_id, meta in placed:
        content = {"field": field_id, "file": file_id, "size": meta["size"]}
        call.record("contact.file_added", contact.subject(), content)
    return call.answer(200, {"contact": views.contact(contact)})


def _read(call: Call) -> Form:
    """The form with its files.

    Raises:
        Refusal: 413 for a file that is too large, 415 for one of another type, 400 for none.
    """
    form = forms.read(call.request)
    if form is None:
        raise _no(415, "Only multipart/form-data is taken")
    if not form.files:
        raise answers.refusal(400, "No file was uploaded")
    for file in form.files:
        if len(file.content) > call.world.settings.highlevel_file_maximum:
            raise _no(413, "File too large")
        if _ending(file).removeprefix(".") not in TYPES:
            raise _no(415, "Unsupported file type")
    return form


def _no(status: int, message: str) -> Refusal:
    return Refusal(status, {"status": status, "message": message})


def _meta(call: Call, file: File) -> dict[str, Json]:
    stored = f"{call.world.mint.uuid('file')}{_ending(file)}"
    return {
        "fieldname": file.field,
        "originalname": file.name,
        "encoding": "7bit",
        "mimetype": file.content_type,
        "size": len(file.content),
        "url": f"https://files.example.com/location/{call.account}/custom-field/{stored}",
    }


def _ending(file: File) -> str:
    return PurePosixPath(file.name).suffix.lower()


ROUTES = (
    Route(
        "POST",
        "/locations/{location}/customFields/upload",
        store,
        "locations/customFields.write",
    ),
    Route("POST", "/forms/upload-custom-files", put, "forms.write"),
)
