"""The ways of the API as one application, under `/api/v1`."""

from collections.abc import Awaitable, Callable
from functools import partial
from http import HTTPStatus
from itertools import groupby

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from dragoman.kernel.errors import DragomanError
from dragoman.web import problems, visitors
from dragoman.web.desk import Desk
from dragoman.web.doorman import Doorman
from dragoman.web.openapi import OpenApi
from dragoman.web.problems import Refused, plain
from dragoman.web.registration import proof
from dragoman.web.visitors import Visitor
from dragoman.web.ways import COMMANDS, Way, ways
from dragoman.wiring import Parts

_LONGEST_CHALLENGE = 128


def api(parts: Parts, token: str, host: str) -> ASGIApp:
    """The application; `token` is the service's own, `host` the address it listens on."""
    known = ways(parts, Desk(parts))
    routes = [Route("/health", partial(_health, token), methods=["GET"])]
    for path, found in groupby([*known, OpenApi(parts, known).way], lambda one: one.path):
        here = {one.method: one for one in found}
        routes.append(Route(path, _bound(here), methods=list(here)))
    app = Starlette(
        routes=routes, exception_handlers={HTTPException: _not_here, Exception: _broken}
    )
    app.router.redirect_slashes = False
    return Doorman(app, token, host, parts.tokens)


async def _health(token: str, request: Request) -> Response:
    """Say that the service is there; and, to a caller who asks, prove that it is this one."""
    challenge = request.query_params.get("challenge", "")
    shown = {"status": "ok"}
    if 0 < len(challenge) <= _LONGEST_CHALLENGE:
        shown["proof"] = proof(token, challenge)
    return plain(shown)


def _bound(here: dict[str, Way]) -> Callable[[Request], Awaitable[Response]]:
    """The ways of one path, by method."""

    async def endpoint(request: Request) -> Response:
        way = here["GET" if request.method == "HEAD" else request.method]
        try:
            _check(way, visitors.of(request))
            found = await way.handle(request)
        except Refused as refused:
            return problems.refusal(refused)
        except DragomanError as error:
            return problems.answer(error)
        return found if isinstance(found, Response) else plain(found)

    return endpoint


def _check(way: Way, visitor: Visitor) -> None:
    if way.scope is COMMANDS:
        visitor.need_commands()
    elif way.scope is not None:
        visitor.need(way.scope)


async def _not_here(_: Request, error: Exception) -> Response:
    status = HTTPStatus(getattr(error, "status_code", HTTPStatus.NOT_FOUND))
    fix = "GET /api/v1/openapi.json says what is here, and how it is asked"
    answer = problems.refusal(Refused(status, status.description or status.phrase, fix=fix))
    answer.headers.update(getattr(error, "headers", None) or {})
    return answer


async def _broken(_: Request, error: Exception) -> Response:
    """What nobody foresaw: the server tells it to the log, and the caller hears that it is so."""
    del error
    fix = "see the log of the service, and please report it"
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    return problems.refusal(Refused(status, "something broke inside Dragoman", fix=fix))
