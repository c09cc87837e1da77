"""Every way into the API: who may use it, what it takes, what it answers.

The application and the OpenAPI document are both made from this.
"""

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from starlette.requests import Request

from dragoman.catalog.entries import Effect
from dragoman.engine.scopes import FLOWS_READ, FLOWS_WRITE, Scope
from dragoman.engine.tokens import Issued
from dragoman.web import bodies, shelf
from dragoman.web.calling import Asked, Calling
from dragoman.web.desk import Armed, Desk, Given, Paused
from dragoman.web.outcomes import Outcome, Told
from dragoman.web.shelf import Shelf
from dragoman.web.states import FlowState
from dragoman.wiring import Parts

Handler = Callable[[Request], Awaitable[Any]]
COMMANDS = Scope("commands", "")
"""In place of a scope: no token may, only the commands on this machine."""
CALL = "/api/v1/operations/{name}"
EFFECTS = tuple(one.value for one in Effect)


class Way(msgspec.Struct, frozen=True):
    method: str
    path: str
    handle: Handler
    title: str
    scope: Scope | None = None
    """What a token needs; nothing where each may, or where it depends on what is asked for."""
    body: type | None = None
    answer: Any = dict[str, Any]
    filters: dict[str, tuple[str, ...]] = {}
    """Inputs in the query, with the words that each may be; nothing stands for any text."""
    waits: bool = False
    """Whether `Prefer: wait=N` is heard."""


class FlowText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    text: str
    """The whole YAML."""
    file: str
    """Its name, for messages."""


class Wanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A token that is to be made."""

    name: str
    scopes: list[str]
    days: int | None = None


def ways(parts: Parts, desk: Desk) -> list[Way]:
    """All but the OpenAPI document, which is about these."""
    counter, calling, books = _Counter(desk), Calling(parts, desk), Shelf(parts)
    entries = list[dict[str, Any]]
    wide = dict.fromkeys(shelf.FILTERS, ())
    return [
        Way(
            *("GET", "/api/v1/operations", books.operations, "List what can be asked"),
            answer=entries,
            filters={**wide, "effect": EFFECTS},
        ),
        Way("GET", CALL, books.operation, "Show an operation with its inputs"),
        Way(*("POST", CALL, calling.call, "Make a call"), body=Asked, answer=Outcome, waits=True),
        Way(
            *("GET", "/api/v1/triggers", books.triggers, "List what can happen"),
            answer=entries,
            filters={**wide, "source": shelf.SOURCES},
        ),
        Way("GET", "/api/v1/triggers/{name}", books.trigger, "Show a trigger with its data"),
        Way(
            *("GET", "/api/v1/runs/{name}", calling.run, "Show how a run stands"),
            answer=Told,
            waits=True,
        ),
        Way(
            *("GET", "/api/v1/flows", counter.flows, "List the flows that were ever armed"),
            scope=FLOWS_READ,
            answer=list[FlowState],
        ),
        Way(
            *("POST", "/api/v1/flows/{name}/arm", counter.arm, "Arm a flow"),
            scope=FLOWS_WRITE,
            body=FlowText,
            answer=Armed,
        ),
        Way(
            *("POST", "/api/v1/flows/{name}/pause", counter.pause, "Pause a flow"),
            scope=FLOWS_WRITE,
            answer=Paused,
        ),
        Way(
            *("PUT", "/api/v1/connections/{name}", counter.connect, "Store credentials"),
            scope=COMMANDS,
            body=Given,
        ),
        Way(
            *("POST", "/api/v1/tokens", counter.add_token, "Make a token"),
            scope=COMMANDS,
            body=Wanted,
            answer=Issued,
        ),
        Way(
            *("DELETE", "/api/v1/tokens/{name}", counter.revoke_token, "Revoke a token"),
            scope=COMMANDS,
        ),
    ]


class _Counter:
    """What is about flows, accounts and tokens."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def flows(self, _: Request) -> Any:
        return await self._desk.flows()

    async def arm(self, request: Request) -> Any:
        asked = await bodies.read(request, FlowText)
        return await self._desk.arm(request.path_params["name"], asked.text, asked.file)

    async def pause(self, request: Request) -> Any:
        return await self._desk.pause(request.path_params["name"])

    async def connect(self, request: Request) -> Any:
        name = request.path_params["name"]
        await self._desk.connect(name, await bodies.read(request, Given))
        return {"connection": name, "state": "connected"}

    async def add_token(self, request: Request) -> Any:
        asked = await bodies.read(request, Wanted)
        return await self._desk.add_token(asked.name, asked.scopes, asked.days)

    async def revoke_token(self, request: Request) -> Any:
        name = request.path_params["name"]
        await self._desk.revoke_token(name)
        return {"token": name, "state": "revoked"}
