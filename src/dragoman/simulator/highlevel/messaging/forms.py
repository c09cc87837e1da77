"""What a form with files holds (RFC 7578), read by the mail library."""

from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import HTTP
from typing import NamedTuple

from dragoman.simulator.exchange import Request


class File(NamedTuple):
    field: str
    name: str
    content: bytes
    content_type: str


class Form(NamedTuple):
    texts: dict[str, str]
    """A name given twice keeps its last value."""
    files: list[File]


def read(request: Request) -> Form | None:
    """The form in a body; None where there is none."""
    kind = request.headers.get("content-type", "")
    if not kind.startswith("multipart/form-data"):
        return None
    parsed = BytesParser(policy=HTTP).parsebytes(
        f"Content-Type: {kind}\r\n\r\n".encode() + request.body
    )
    form = Form({}, [])
    for part in parsed.iter_parts():
        if isinstance(part, EmailMessage):
            _add(form, part)
    return form


def _add(form: Form, part: EmailMessage) -> None:
    field = str(part.get_param("name", "", header="content-disposition"))
    content = part.get_payload(decode=True)
    data = content if isinstance(content, bytes) else b""
    name = part.get_filename()
    if name is None:
        form.texts[field] = data.decode("utf-8", "replace")
    else:
        form.files.append(File(field, name, data, part.get_content_type()))
