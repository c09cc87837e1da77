"""Files to send with a message. Their addresses are public: whoever has one can read the file."""

from urllib.parse import quote

from dragoman.kernel.clock import MINUTE
from dragoman.simulator.exchange import Answer, Refusal
from dragoman.simulator.highlevel import answers
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.conversations import find
from dragoman.simulator.highlevel.fields import NUMBER, TEXT, Kind
from dragoman.simulator.highlevel.messaging import forms
from dragoman.simulator.highlevel.messaging.records import Upload

PUBLIC = "https://files.example.com"
FIELD = "fileAttachment"
MOST, MOST_OF_WHATSAPP = 5 * 1024 * 1024, 100 * 1024 * 1024
MOST_FILES = 5
LIFE = 15 * MINUTE
"""Of an address to upload to."""
_TYPES = """
    jpg jpeg png mp4 mpeg zip rar pdf doc docx txt mp3 wav gif svg heic ai 3gp wave aiff aif aifc
    gsm ulaw ogg aac m4a amr csv xls xlsx ppt pptx odt vcf vcard ics
"""
TYPES = frozenset(_TYPES.split())
START_FIELDS: dict[str, Kind] = {
    **dict.fromkeys(("locationId", "conversationId", "filename", "contentType", "channel"), TEXT),
    "fileSize": NUMBER,
}
COMPLETE_FIELDS: dict[str, Kind] = dict.fromkeys(
    ("uploadId", "filePath", "locationId", "conversationId", "filename"), TEXT
)


def upload(call: Call) -> Answer:
    """Errors have keys of their own here: `status` and `message`."""
    form = forms.read(call.request)
    if form is None:
        raise _no(400, "Failed to upload the files")
    call.check_location(form.texts.get("locationId"))
    files = [one for one in form.files if one.field == FIELD]
    if not files:
        raise _no(400, "There are no files to upload")
    if len(files) > (1 if form.texts.get("isGroupSms") == "true" else MOST_FILES):
        raise _no(400, "Too many files")
    owner = form.texts.get("conversationId") or form.texts.get("contactId")
    if not owner:
        raise _no(400, "conversationId or contactId is required")
    for file in files:
        _check(file.name, len(file.content), MOST)
    shown = {}
    for file in files:
        folder = f"location/{call.account}/conversations/{owner}"
        address = f"{PUBLIC}/{folder}/{call.world.mint.uuid('file')}/{quote(file.name, safe='')}"
        call.state.messaging.files[address] = file.content
        shown[file.name] = address
        subject = {"location_id": call.account, "file": address}
        call.record("file.uploaded", subject, {"name": file.name, "bytes": len(file.content)})
    return call.answer(200, {"uploadedFiles": shown})


def start(call: Call) -> Answer:
    """Half of the vendor's own way for large files."""
    needed = [name for name in START_FIELDS if name != "fileSize"]
    body = call.body(START_FIELDS, required=needed)
    call.check_location(body["locationId"])
    there = find(call, body["conversationId"])
    most = MOST_OF_WHATSAPP if body["channel"] == "WHATSAPP" else MOST
    _check(body["filename"], body.get("fileSize", 0), most)
    ending = body["filename"].rpartition(".")[2]
    one = Upload(
        id=(upload_id := call.world.mint.uuid("upload")),
        path=f"location/{call.account}/conversations/{there.id}/{upload_id}.{ending}",
        conversation_id=there.id,
        file_name=body["filename"],
        content_type=body["contentType"],
        most=most,
        expires=call.now + LIFE,
    )
    call.state.messaging.uploads[one.id] = one
    shown = {
        "uploadUrl": f"{call.world.addresses.control}/control/highlevel/uploads/{one.id}",
        "uploadId": one.id,
        "filePath": one.path,
        "expiresAt": one.expires,
        "maxFileSize": most,
    }
    return call.answer(200, shown)


def complete(call: Call) -> Answer:
    """The other half; asked again it answers the same."""
    body = call.body(COMPLETE_FIELDS, required=tuple(COMPLETE_FIELDS))
    call.check_location(body["locationId"])
    one = call.state.messaging.uploads.get(body["uploadId"])
    told = (body["filePath"], body["conversationId"])
    if one is None or told != (one.path, one.conversation_id):
        raise answers.refusal(400, "Bad Request - Invalid parameters")
    if not one.content:
        said = "File not found in storage - upload may have failed or URL expired"
        raise answers.refusal(404, said)
    address = f"{PUBLIC}/{one.path}"
    size = len(one.content)
    if address not in call.state.messaging.files:
        call.state.messaging.files[address] = one.content
        subject = {"location_id": call.account, "file": address}
        call.record("file.uploaded", subject, {"name": body["filename"], "bytes": size})
    metadata = {"size": size, "contentType": one.content_type}
    shown = {"uploadedFiles": {body["filename"]: address}, "metadata": metadata}
    return call.answer(200, shown)


def _check(name: str, size: float, most: int) -> None:
    if name.rpartition(".")[2].lower() not in TYPES:
        raise _no(415, "Unsupported file type")
    if size > most:
        raise _no(413, "File size exceeds maximum allowed limit")


def _no(status: int, message: str) -> Refusal:
    return Refusal(status, {"status": status, "message": message})
