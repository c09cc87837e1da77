"""Forms that carry files, as `multipart/form-data` (RFC 7578)."""

import binascii
import hashlib
from collections.abc import Iterable, Mapping
from mimetypes import MimeTypes
from typing import Any

from dragoman.catalog.entries import Parameter
from dragoman.kernel.errors import BadInput

SCHEMA: dict[str, Any] = {
    "type": ["string", "object"],
    "minLength": 1,
    "properties": {
        "name": {"type": "string", "pattern": r'^[^\x00-\x1f\x7f"\\]+$', "maxLength": 255},
        "content": {"type": "string", "minLength": 1},
        "base64": {"type": "string", "minLength": 1},
        "contentType": {"type": "string", "pattern": r"^[\x20-\x7e]+$", "maxLength": 255},
    },
    "required": ["name"],
    "anyOf": [{"type": "string"}, {"required": ["content"]}, {"required": ["base64"]}],
    "not": {"type": "object", "required": ["content", "base64"]},
    "additionalProperties": False,
}
"""What a file may be given as: plain text, or a name with `content`, which is text, or `base64`,
which is any bytes. Names hold nothing that would have to be written in another way."""
NAME, KIND = "upload.csv", "text/csv"
"""Of a file that is given as plain text."""
_BYTES = "application/octet-stream"
_LONGEST = 10
"""Letters of an ending that a refusal repeats."""
_OFFICE = "application/vnd.openxmlformats-officedocument."
_KINDS = MimeTypes().types_map[True] | {
    ".docx": f"{_OFFICE}wordprocessingml.document",
    ".xlsx": f"{_OFFICE}spreadsheetml.sheet",
    ".pptx": f"{_OFFICE}presentationml.presentation",
    ".m4a": "audio/mp4",
}
"""Types by ending: those that Python itself knows, the same on every machine, and some it lacks."""


def check(operation: str, files: Iterable[Parameter], given: Mapping[str, Any]) -> None:
    """Look at files before they travel.

    Raises:
        BadInput: the vendor takes none of this type, or of this size.
    """
    for parameter in files:
        wrong = _misfit(parameter, given[parameter.name]) if parameter.name in given else ""
        if wrong:
            raise BadInput(
                f"{operation} does not take {parameter.name!r}: {wrong}",
                fix=f"give {parameter.name} as {{name, content}} or {{name, base64}} of another",
            )


def _misfit(parameter: Parameter, value: str | dict[str, str]) -> str:
    file = _given(value)
    _, dot, ending = file["name"].rpartition(".")
    if parameter.types and (not dot or ending.lower() not in parameter.types):
        # What is no ending, but a sentence behind a full stop, may be nobody's business.
        plain = dot and len(ending) <= _LONGEST and ending.isascii() and ending.isalnum()
        said = f"its name ends in .{ending.lower()}" if plain else "its name has no usual ending"
        return f"{said}, and should end in one of {', '.join(parameter.types)}"
    try:
        size = len(_content(file))
    except ValueError:
        return "its base64 is none"
    if parameter.most and size > parameter.most:
        return f"it has {size:,} bytes, and may have {parameter.most:,} at most"
    return ""


def encode(
    texts: Iterable[tuple[str, str]], files: Iterable[tuple[str, str | dict[str, str]]]
) -> tuple[str, bytes]:
    """The content type and the body; texts first, for some servers read no field after a file.

    The boundary is a hash of all that stands between the boundaries: the same form is the same
    bytes each time, and none of its contents can hold its own hash.
    """
    parts = [_part(f'form-data; name="{name}"', "", value.encode()) for name, value in texts]
    parts += [_file(name, value) for name, value in files]
    boundary = "dragoman-" + hashlib.sha256(b"".join(parts)).hexdigest()[:32]
    line = b"--" + boundary.encode()
    body = b"".join(line + b"\r\n" + part + b"\r\n" for part in parts) + line + b"--\r\n"
    return f"multipart/form-data; boundary={boundary}", body


def _file(name: str, value: str | dict[str, str]) -> bytes:
    given = _given(value)
    disposition = f'form-data; name="{name}"; filename="{given["name"]}"'
    return _part(disposition, given.get("contentType", _kind(given)), _content(given))


def _given(value: str | dict[str, str]) -> dict[str, str]:
    return {"name": NAME, "content": value} if isinstance(value, str) else value


def _kind(given: dict[str, str]) -> str:
    """The type of a file by its ending; without a known one what is text is taken for a table."""
    _, dot, ending = given["name"].rpartition(".")
    found = _KINDS.get(f".{ending.lower()}") if dot else None
    return found or (KIND if "content" in given else _BYTES)


def _content(given: dict[str, str]) -> bytes:
    if "content" in given:
        return given["content"].encode()
    return binascii.a2b_base64(given["base64"], strict_mode=True)


def _part(disposition: str, kind: str, content: bytes) -> bytes:
    head = f"Content-Disposition: {disposition}\r\n"
    if kind:
        head += f"Content-Type: {kind}\r\n"
    return f"{head}\r\n".encode() + content
