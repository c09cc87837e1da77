"""Who may come in: whoever names this machine as the host, and has a token."""

import hmac
from collections.abc import Iterable
from http import HTTPStatus
from ipaddress import ip_address

from starlette.types import ASGIApp, Receive, Scope, Send

from dragoman.engine.tokens import Tokens
from dragoman.kernel.errors import DragomanError
from dragoman.web import problems
from dragoman.web.problems import Refused
from dragoman.web.visitors import KEY, Visitor

OPEN = frozenset({"/health"})
"""Paths that need no token."""
_BEARER = b"bearer "
_WAY = "make a token with `dragoman tokens add`, and send `Authorization: Bearer TOKEN`"


class Doorman:
    """Stands before the application.

    A page of another site, open in a browser on this machine, can have its name point here: so a
    request must name a loopback address or our own.
    """

    def __init__(self, app: ASGIApp, token: str, host: str, tokens: Tokens) -> None:
        """Take in, besides the service's own token, those of programs."""
        self._app = app
        self._token = token.encode()
        self._host = host.lower()
        self._tokens = tokens

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        try:
            self._check_host(scope)
            if scope["path"] not in OPEN:
                scope[KEY] = await self._visitor(_values(scope, b"authorization"))
        except Refused as refused:
            await problems.refusal(refused)(scope, receive, send)
        except DragomanError as error:
            await problems.answer(error)(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _check_host(self, scope: Scope) -> None:
        hosts = _values(scope, b"host")
        if len(hosts) != 1 or not self._is_ours(hosts[0].decode("latin-1")):
            raise Refused(HTTPStatus.MISDIRECTED_REQUEST, "this host name is not served here")

    async def _visitor(self, given: list[bytes]) -> Visitor:
        if len(given) != 1 or given[0][: len(_BEARER)].lower() != _BEARER:
            raise Refused(HTTPStatus.UNAUTHORIZED, "a token is needed", fix=_WAY)
        text = given[0][len(_BEARER) :].strip()
        if hmac.compare_digest(text, self._token):
            return Visitor()
        token = await self._tokens.find(text.decode("latin-1"))
        if token is None:
            raise Refused(
                HTTPStatus.UNAUTHORIZED,
                "this token is unknown, expired or revoked",
                fix=f"`dragoman tokens list` tells; {_WAY}",
                challenge='error="invalid_token"',
            )
        return Visitor(token)

    def _is_ours(self, said: str) -> bool:
        host = _without_port(said.lower())
        if host in ("localhost", self._host):
            return True
        try:
            return ip_address(host).is_loopback
        except ValueError:
            return False


def _values(scope: Scope, wanted: bytes) -> list[bytes]:
    headers: Iterable[tuple[bytes, bytes]] = scope["headers"]
    return [value for name, value in headers if name == wanted]


def _without_port(said: str) -> str:
    if said.startswith("["):
        return said[1:].partition("]")[0]
    return said.partition(":")[0]
