"""One port, and who may come in where.

Webhooks and the questions of load balancers come from outside, through a proxy that may name any
host; everything else is for this machine and passes the doorman.
"""

from collections.abc import Awaitable
from http import HTTPStatus

from starlette.types import ASGIApp, Receive, Scope, Send

from dragoman.web.api import api
from dragoman.web.problems import plain, prepared
from dragoman.web.readiness import Readiness
from dragoman.web.receiver import PREFIX, Receiver
from dragoman.wiring import Parts

_NOT_SO = prepared(HTTPStatus.METHOD_NOT_ALLOWED, "this is asked with GET", (b"allow", b"GET"))


def doors(parts: Parts, token: str, host: str) -> "Doors":
    """All doors of an open workspace; `token` opens the inner one, `host` is where it listens."""
    service = parts.service

    def stopping() -> bool:
        return service.stopping

    return Doors(
        hooks=Receiver(parts.inboxes, stopping=stopping, broken=service.fail),
        ready=Readiness(parts.journal, stopping),
        inside=api(parts, token, host),
    )


def webhook_address(base: str, vendor: str) -> str:
    """Where a vendor must send its webhooks."""
    return f"{base}{PREFIX}{vendor}"


class Doors:
    def __init__(self, *, hooks: ASGIApp, ready: ASGIApp, inside: ASGIApp) -> None:
        self._hooks = hooks
        self._ready = ready
        self._inside = inside

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        return self._door(scope)(scope, receive, send)

    def _door(self, scope: Scope) -> ASGIApp:
        path = scope["path"]
        if path.startswith(PREFIX):
            return self._hooks
        if path == "/ready":
            return self._ready if scope["method"] in {"GET", "HEAD"} else _not_so
        # Who asks with a challenge wants proof that this is the service, and gets it inside only.
        if path == "/health" and not scope["query_string"] and scope["method"] in {"GET", "HEAD"}:
            return plain({"status": "ok"})
        return self._inside


async def _not_so(scope: Scope, receive: Receive, send: Send) -> None:
    del scope, receive
    for message in _NOT_SO:
        await send(message)
