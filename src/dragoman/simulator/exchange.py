"""One request and its answer, as plain values: what a pretended vendor is a function of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import parse_qsl

from dragoman.kernel import jsons
from dragoman.kernel.jsons import Json

JSON_TYPE = "application/json; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Request:
    method: str
    path: str
    """As it came over the wire, still percent-encoded, so that `a%2Fb` stays one segment."""
    query: Mapping[str, str]
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes
    raw_query: bytes = b""

    def several(self, name: str) -> list[str]:
        """Every value of a name that a query gives more than once."""
        pairs = parse_qsl(self.raw_query.decode("utf-8", "replace"), keep_blank_values=True)
        return [value for key, value in pairs if key == name]

    def bearer(self) -> str:
        """The bearer token, or nothing."""
        scheme, _, token = self.headers.get("authorization", "").partition(" ")
        return token.strip() if scheme.lower() == "bearer" else ""

    def form(self) -> dict[str, str]:
        """Read the body as a form or as flat JSON; unreadable is empty."""
        if "json" in self.headers.get("content-type", ""):
            try:
                value = jsons.decode(self.body)
            except jsons.Unreadable:
                return {}
            return {k: str(v) for k, v in value.items()} if isinstance(value, dict) else {}
        return form_fields(self.body)


@dataclass(slots=True)
class Answer:
    status: int
    body: bytes = b""
    content_type: str = JSON_TYPE
    headers: dict[str, str] = field(default_factory=dict)
    account: str = ""
    """Whose call it was, for the call log; never sent."""


class Refusal(Exception):
    """A handler says no."""

    def __init__(self, status: int, body: Json) -> None:
        super().__init__(status)
        self.status = status
        self.body = body

    def answer(self) -> Answer:
        return as_json(self.status, self.body)


class Vendor(Protocol):
    """One pretended vendor: a function from a request to an answer, without waiting."""

    @property
    def name(self) -> str: ...

    def serve(self, request: Request) -> Answer: ...

    def refuse(self, request: Request, status: int) -> Answer:
        """Say no in this vendor's own form, without having done anything."""
        ...


def as_json(status: int, body: Json) -> Answer:
    return Answer(status, jsons.encode(body))


def form_fields(body: bytes) -> dict[str, str]:
    """Read a urlencoded form; a name given twice keeps its last value."""
    return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
