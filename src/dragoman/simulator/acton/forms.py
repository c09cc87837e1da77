"""What is sent to Act-On as a form or as an upload, where other calls send JSON."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from urllib.parse import parse_qs

from dragoman.simulator.acton import answers
from dragoman.simulator.exchange import Request


@dataclass(frozen=True, slots=True)
class Form:
    values: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """A name may be given several times."""
    files: Mapping[str, bytes] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    """Under which names the files came."""

    def get(self, name: str) -> str:
        """The value given last, or nothing."""
        return next(reversed(self.values.get(name, ())), "").strip()

    def need(self, name: str) -> str:
        """A value that must be there.

        Raises:
            Refusal: it is not.
        """
        text = self.get(name)
        if not text:
            raise answers.missing(name)
        return text

    def word(self, name: str, words: Collection[str]) -> str:
        """A value that must be one of the documented words.

        Raises:
            Refusal: it is missing, or another word.
        """
        text = self.need(name)
        if text not in words:
            raise answers.invalid(name)
        return text

    def email(self) -> str:
        """The address, which must look like one.

        Raises:
            Refusal: it is missing or has no @ inside.
        """
        text = self.need("email")
        if not is_address(text):
            raise answers.no_contact()
        return text

    def file(self, name: str) -> str:
        """The text of an uploaded file.

        Raises:
            Refusal: there is none, or it is not UTF-8.
        """
        try:
            return self.files.get(name, b"").decode("utf-8-sig") or _no_file()
        except UnicodeDecodeError:
            return _no_file()


def read(request: Request) -> Form:
    """Read a urlencoded or multipart body; a body of another type counts as empty."""
    content_type = request.headers.get("content-type", "")
    if content_type.startswith("application/x-www-form-urlencoded"):
        text = request.body.decode("utf-8", "replace")
        return Form(parse_qs(text, keep_blank_values=True))
    if content_type.startswith("multipart/form-data"):
        return _parts(content_type, request.body)
    return Form()


def is_address(text: str) -> bool:
    name, at, host = text.strip().partition("@")
    return bool(name and at and host and "@" not in host and " " not in text.strip())


def _parts(content_type: str, body: bytes) -> Form:
    """The mail library reads multipart as well; a body without its boundary has no parts."""
    head = f"content-type: {content_type}\r\n\r\n".encode("latin-1")
    values: dict[str, list[str]] = {}
    files: dict[str, bytes] = {}
    names: dict[str, str] = {}
    for part in BytesParser(policy=HTTP).parsebytes(head + body).iter_parts():
        name = str(part.get_param("name", "", "content-disposition"))
        content = part.get_payload(decode=True)
        if not isinstance(content, bytes):
            continue
        filename = part.get_filename()
        if filename is not None:
            files[name], names[name] = content, filename
        else:
            values.setdefault(name, []).append(content.decode("utf-8", "replace"))
    return Form(values, files, names)


def _no_file() -> str:
    raise answers.no_file()
