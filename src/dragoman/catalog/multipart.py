"""Forms that carry files, as `multipart/form-data` (RFC 7578)."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from dragoman.catalog.entries import Parameter
from dragoman.kernel.errors import BadInput

SCHEMA: dict[str, Any] = {
    "type": ["string", "object"],
    "minLength": 1,
    "properties": {
        "name": {"type": "string", "pattern": r'^[^\x00-\x1f\x7f"\\]+$', "maxLength": 255},
        "content": {"type": "string", "minLength": 1},
        "contentType": {"type": "string", "pattern": r"^[\x20-\x7e]+$", "maxLength": 255},
    },
    "required": ["name", "content"],
    "additionalProperties": False,
}
"""What a file may be given as. Names hold nothing that would have to be written in another way."""
NAME, KIND = "upload.csv", "text/csv"
"""Of a file that is given as plain text."""


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
                fix=f"give {parameter.name} as {{name, content}} of another file",
            )


def _misfit(parameter: Parameter, value: str | dict[str, str]) -> str:
    file = _given(value)
    _, dot, ending = file["name"].rpartition(".")
    if parameter.types and (not dot or ending.lower() not in parameter.types):
        said = f"its name ends in .{ending.lower()}" if dot else "its name has no ending"
        return f"{said}, and should end in one of {', '.join(parameter.types)}"
    size = len(file["content"].encode())
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
    parts = [_part(f'form-data; name="{name}"', "", value) for name, value in texts]
    parts += [_file(name, value) for name, value in files]
    boundary = "dragoman-" + hashlib.sha256(b"".join(parts)).hexdigest()[:32]
    line = b"--" + boundary.encode()
    body = b"".join(line + b"\r\n" + part + b"\r\n" for part in parts) + line + b"--\r\n"
    return f"multipart/form-data; boundary={boundary}", body


def _file(name: str, value: str | dict[str, str]) -> bytes:
    given = _given(value)
    disposition = f'form-data; name="{name}"; filename="{given["name"]}"'
    return _part(disposition, given.get("contentType", KIND), given["content"])


def _given(value: str | dict[str, str]) -> dict[str, str]:
    return {"name": NAME, "content": value} if isinstance(value, str) else value


def _part(disposition: str, kind: str, content: str) -> bytes:
    head = f"Content-Disposition: {disposition}\r\n"
    if kind:
        head += f"Content-Type: {kind}\r\n"
    return f"{head}\r\n{content}".encode()
