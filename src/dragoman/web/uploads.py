"""Files that are sent: read from disk, and how large a request with one may be."""

from base64 import b64encode
from pathlib import Path

from dragoman.catalog.entries import Operation, Parameter
from dragoman.kernel.errors import BadInput

_UNSAID = 100 * 1024 * 1024
"""Bytes of a file for which the vendor names no limit."""
_WRITTEN = 2
"""A byte of a file takes as many in JSON at most: in base64 less, in text what it must escape."""


def room(operation: Operation) -> int:
    """Bytes that the files of an operation may add to the body of a request; 0 without any."""
    files = [one for one in operation.input.values() if one.place == "file"]
    return sum(_most(one) * _WRITTEN for one in files)


def read(parameter: Parameter, path: Path) -> dict[str, str]:
    """A file as `catalog/multipart.py` takes it: as text where it is text, which costs less.

    Raises:
        BadInput: it cannot be read, or is larger than the vendor takes.
    """
    try:
        size = path.stat().st_size
        if size > _most(parameter):
            raise BadInput(
                f"{parameter.name}: {path} has {size:,} bytes, and may have "
                f"{_most(parameter):,} at most",
                fix="name a smaller file",
            )
        content = path.read_bytes()
    except OSError as error:
        raise BadInput(
            f"{parameter.name}: {path} cannot be read: {error.strerror}", fix="name another file"
        ) from None
    try:
        return {"name": path.name, "content": content.decode()}
    except UnicodeDecodeError:
        return {"name": path.name, "base64": b64encode(content).decode()}


def _most(parameter: Parameter) -> int:
    return parameter.most or _UNSAID
