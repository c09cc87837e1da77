"""`POST /api/v1/operations/ID`: one call. What reads is answered with its output; what changes
something is a run, which is waited for as long as the caller likes.
"""

from functools import partial
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from dragoman.catalog.catalogue import Catalogue
from dragoman.catalog.entries import Operation
from dragoman.engine import scopes
from dragoman.engine.direct import Asker
from dragoman.kernel import jsons
from dragoman.kernel.errors import DefinitionError
from dragoman.web import bodies, outcomes, uploads, visitors
from dragoman.web.desk import Called, Desk
from dragoman.web.outcomes import File, Outcome
from dragoman.web.problems import Refused, plain
from dragoman.web.streams import streamed
from dragoman.wiring import Parts

PATIENCE = 30.0
"""Seconds that a run is waited for, unless the caller says otherwise."""


class Asked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a call is to be made with."""

    input: dict[str, Any] = {}
    connection: str | None = None
    """The connection to ask through; else the default or only one of the vendor."""


class Calling:
    def __init__(self, parts: Parts, desk: Desk) -> None:
        self._parts = parts
        self._desk = desk

    async def call(self, request: Request) -> Response:
        """Make a call, or begin it and say where its outcome will stand."""
        visitor = visitors.of(request)
        operation = operation_of(self._parts, request.path_params["name"])
        visitor.need(scopes.needed(operation))
        asker = Asker(visitor.id, bodies.key(request))
        asked = await bodies.read(request, Asked, bodies.BODY_CAP + uploads.room(operation))
        if operation.answer == "bytes" and _wants_bytes(request):
            return await streamed(
                partial(self._desk.save, operation.id, asked.input, asked.connection)
            )
        called = await self._desk.call(operation.id, asked.input, asked.connection, asker)
        if not called.run:
            return _answered(operation, called)
        return await self._begun(request, operation, called)

    async def _begun(self, request: Request, operation: Operation, called: Called) -> Response:
        seconds = bodies.patience(request, PATIENCE)
        headers = {"location": address(called.run)}
        if called.again:
            headers["idempotency-replayed"] = "true"
        if seconds is None:
            begun = Outcome(operation.id, run=called.run, state="running")
            return Response(
                jsons.encode(begun), HTTPStatus.ACCEPTED.value, headers, "application/json"
            )
        await outcomes.ended(self._parts, called.run, seconds)
        return await self._outcome(called.run, headers)

    async def run(self, request: Request) -> Response:
        """How a call came out, or how any run stands for whoever may see all."""
        visitor = visitors.of(request)
        name = request.path_params["name"]
        found = await outcomes.find(self._parts.journal.store, name)
        own = found is not None and found.event.data.get("token_id", "") == visitor.id
        if not own:
            visitor.need(scopes.RUNS_READ)
        if found is None:
            raise Refused(HTTPStatus.NOT_FOUND, "there is no such run", fix="`dragoman runs list`")
        seconds = bodies.patience(request, 0.0)
        if seconds:
            await outcomes.ended(self._parts, name, seconds)
            found = await outcomes.find(self._parts.journal.store, name) or found
        return plain(outcomes.document(found, whole=own or visitor.token is None))

    async def _outcome(self, run: str, headers: dict[str, str]) -> Response:
        found = await outcomes.find(self._parts.journal.store, run)
        assert found is not None  # noqa: S101  # runs are never forgotten
        return outcomes.response(found.outcome, headers)


def operation_of(parts: Parts, name: str) -> Operation:
    """An operation that a path names.

    Raises:
        Refused: there is none; the message names the nearest three.
    """
    catalogue = Catalogue(parts.world.operations, parts.world.triggers)
    try:
        return catalogue.operation(name)
    except DefinitionError as error:
        raise Refused(
            HTTPStatus.NOT_FOUND,
            error.message,
            fix="GET /api/v1/operations lists them",
            code=error.code,
        ) from None


def address(run: str) -> str:
    """Where the outcome of a run stands."""
    return f"/api/v1/runs/{quote(run, safe='')}"


def _wants_bytes(request: Request) -> bool:
    """Whether a file itself is wanted, and not its facts as JSON."""
    return "application/json" not in request.headers.get("accept", "")


def _answered(operation: Operation, called: Called) -> Response:
    """What was read; of a file its facts, and its bytes beside them."""
    outcome = Outcome(called.operation, called.connection, output=called.output, trace=called.trace)
    if operation.answer == "bytes":
        return plain(File(**msgspec.structs.asdict(outcome), content=called.content))
    return plain(outcome)
