"""One request and one answer, as they go over the wire, before anybody knows what they mean."""

import msgspec


class Request(msgspec.Struct, frozen=True):
    """A request without its host."""

    method: str
    path: str
    """Starts with `/`; every value in it is already percent-encoded."""
    query: tuple[tuple[str, str], ...] = ()
    headers: dict[str, str] = {}
    body: bytes | None = None


class Answer(msgspec.Struct, frozen=True):
    """What came back, whole: a cut or oversized answer never becomes one of these."""

    status: int
    headers: dict[str, str]
    """Names in lower case."""
    body: bytes
