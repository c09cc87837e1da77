"""The desk over HTTP, under `/api/v1`."""

from collections.abc import Awaitable, Callable
from functools import partial
from http import HTTPStatus
from typing import Any, TypeVar

import msgspec
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from dragoman.kernel import jsons
from dragoman.kernel.errors import DragomanError
from dragoman.web import problems
from dragoman.web.desk import Desk, Given
from dragoman.web.doorman import Doorman
from dragoman.web.problems import Refused, plain
from dragoman.web.registration import proof

BODY_CAP = 1024 * 1024
_LONGEST_CHALLENGE = 128
_Model = TypeVar("_Model")
Handler = Callable[[Desk, Request], Awaitable[Any]]


class FlowText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    text: str
    file: str


class Asked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a call is to be made with."""

    input: dict[str, Any] = {}
    connection: str | None = None


def api(desk: Desk, token: str, host: str) -> ASGIApp:
    """The application; `host` is the address it listens on."""
    app = Starlette(
        routes=[
            Route("/health", partial(_health, token), methods=["GET"]),
            Route("/api/v1/flows", _bound(_flows, desk), methods=["GET"]),
            Route("/api/v1/flows/{name}/arm", _bound(_arm, desk), methods=["POST"]),
            Route("/api/v1/flows/{name}/pause", _bound(_pause, desk), methods=["POST"]),
            Route("/api/v1/operations/{name}", _bound(_call, desk), methods=["POST"]),
            Route("/api/v1/connections/{name}", _bound(_connect, desk), methods=["PUT"]),
        ],
        exception_handlers={HTTPException: _not_here},
    )
    app.router.redirect_slashes = False
    return Doorman(app, token, host)


async def _health(token: str, request: Request) -> Response:
    """Say that the service is there; and, to a caller who asks, prove that it is this one."""
    challenge = request.query_params.get("challenge", "")
    shown = {"status": "ok"}
    if 0 < len(challenge) <= _LONGEST_CHALLENGE:
        shown["proof"] = proof(token, challenge)
    return plain(shown)


async def _flows(desk: Desk, _: Request) -> Any:
    return await desk.flows()


async def _arm(desk: Desk, request: Request) -> Any:
    asked = await _read(request, FlowText)
    return await desk.arm(request.path_params["name"], asked.text, asked.file)


async def _pause(desk: Desk, request: Request) -> Any:
    return await desk.pause(request.path_params["name"])


async def _connect(desk: Desk, request: Request) -> Any:
    name = request.path_params["name"]
    await desk.connect(name, await _read(request, Given))
    return {"connection": name, "state": "connected"}


async def _call(desk: Desk, request: Request) -> Any:
    asked = await _read(request, Asked)
    return await desk.call(request.path_params["name"], asked.input, asked.connection)


def _bound(handler: Handler, desk: Desk) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        try:
            return plain(await handler(desk, request))
        except Refused as refused:
            return problems.refusal(refused)
        except DragomanError as error:
            return problems.answer(error)

    return endpoint


async def _not_here(_: Request, error: Exception) -> Response:
    status = HTTPStatus(getattr(error, "status_code", HTTPStatus.NOT_FOUND))
    return problems.refusal(Refused(status, status.description or status.phrase))


async def _read(request: Request, model: type[_Model]) -> _Model:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_CAP:
            raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"more than {BODY_CAP} bytes")
    try:
        value: _Model = jsons.decode_as(body, model)
    except jsons.Unreadable as error:
        raise Refused(HTTPStatus.BAD_REQUEST, f"the body does not fit: {error}") from None
    return value
