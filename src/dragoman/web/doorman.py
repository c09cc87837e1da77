"""Who may come in: whoever names this machine as the host, and knows the token."""

import hmac
from http import HTTPStatus
from ipaddress import ip_address

from starlette.types import ASGIApp, Receive, Scope, Send

from dragoman.web.problems import Refused, refusal

OPEN = frozenset({"/health"})
"""Paths that need no token."""


class Doorman:
    """Stands before the application.

    A page of another site, open in a browser on this machine, can have its name point here: so a
    request must name a loopback address or our own.
    """

    def __init__(self, app: ASGIApp, token: str, host: str) -> None:
        self._app = app
        self._token = f"Bearer {token}".encode()
        self._host = host.lower()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        try:
            self._check(scope)
        except Refused as refused:
            await refusal(refused)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _check(self, scope: Scope) -> None:
        hosts = [value for name, value in scope["headers"] if name == b"host"]
        if len(hosts) != 1 or not self._is_ours(hosts[0].decode("latin-1")):
            raise Refused(HTTPStatus.MISDIRECTED_REQUEST, "this host name is not served here")
        if scope["path"] in OPEN:
            return
        given = [value for name, value in scope["headers"] if name == b"authorization"]
        if len(given) != 1 or not hmac.compare_digest(given[0], self._token):
            raise Refused(HTTPStatus.UNAUTHORIZED, "the token of .dragoman/service.json is needed")

    def _is_ours(self, said: str) -> bool:
        host = _without_port(said.lower())
        if host in ("localhost", self._host):
            return True
        try:
            return ip_address(host).is_loopback
        except ValueError:
            return False


def _without_port(said: str) -> str:
    if said.startswith("["):
        return said[1:].partition("]")[0]
    return said.partition(":")[0]
