"""One request and one answer, as they go over the wire, before anybody knows what they mean."""

from typing import Any, Protocol

import msgspec


class Request(msgspec.Struct, frozen=True):
    """A request without its host."""

    method: str
    path: str
    """Starts with `/`; every value in it is already percent-encoded."""
    query: tuple[tuple[str, str], ...] = ()
    headers: dict[str, str] = {}
    body: bytes | None = None

    def __repr__(self) -> str:
        """Say no more than where it goes: headers and forms carry tokens, queries addresses."""
        return f"Request({self.method} {self.path})"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        return [("method", self.method), ("path", self.path)]


class Sink(Protocol):
    """Where the body of a success goes, bit by bit, instead of into memory."""

    async def begin(self, kind: str, length: int | None) -> None:
        """Say what comes: its `Content-Type`, and its bytes where the answer says how many."""
        ...

    async def write(self, chunk: bytes) -> None:
        """Take the next bytes. Its errors are those of Dragoman, and end the request."""
        ...


class Kept(msgspec.Struct, frozen=True):
    """What went somewhere else than into memory."""

    size: int
    sha256: str


class Answer(msgspec.Struct, frozen=True):
    """What came back, whole: a cut or oversized answer never becomes one of these."""

    status: int
    headers: dict[str, str]
    """Names in lower case."""
    body: bytes
    kept: Kept | None = None
    """Of a body that went into a sink: what it was."""

    def __repr__(self) -> str:
        """Say no more than how much came: a body may carry tokens, messages or addresses."""
        return f"Answer({self.status}, {len(self.body)} bytes)"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        return [("status", self.status), ("bytes", len(self.body))]
