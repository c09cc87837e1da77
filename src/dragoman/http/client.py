"""The only place that opens connections. What it cannot send once, it does not send again."""

import ssl
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

import msgspec

from dragoman.catalog.wire import Answer, Request, Sink
from dragoman.http import target
from dragoman.kernel.errors import DefinitionError, NotSent

if TYPE_CHECKING:
    from dragoman.http.session import Session

MEGABYTE = 1024 * 1024
SINK_CAP = 4096 * MEGABYTE
"""Bytes of an answer that goes into a sink."""


class Transport(Protocol):
    """What the engine needs of a client, so that a test can hand in its own."""

    async def send(
        self,
        base_url: str,
        request: Request,
        *,
        deadline: float | None = None,
        body_cap: int | None = None,
        sink: Sink | None = None,
    ) -> Answer: ...

    async def close(self) -> None: ...


class Resolver(Protocol):
    """Names to addresses, for callers who must choose or refuse addresses themselves."""

    async def addresses(self, host: str) -> Sequence[str]:
        """IP addresses of a host name; never asked for a host that is an address already.

        Raises:
            OSError: there is none, or none that may be used.
        """
        ...


class Wires(msgspec.Struct, frozen=True):
    """How connections are made."""

    deadline: float
    """Seconds for one request, from the first address look-up to the last byte."""
    connect: float
    """Seconds until a connection must stand, waiting for a free one included."""
    connections: int
    """Open at the same time to one host."""
    resolver: Resolver | None = None
    tls: ssl.SSLContext | None = None


class Client:
    """Sends requests, each once, and gives whole answers or says what became of them.

    No proxy and no credentials from the environment, no redirects, no cookies.

    Args:
        deadline: seconds for a whole request.
        connect: seconds until the connection stands; never more than 9/10 of the deadline.
        body_cap: bytes of an answer's body, counted after decompression.
        connections: open at the same time to one host.
        resolver: finds addresses; the system's resolver if not given.
        tls: a context that trusts other authorities; it must verify.
    """

    def __init__(
        self,
        *,
        deadline: float = 30.0,
        connect: float = 5.0,
        body_cap: int = 10 * MEGABYTE,
        connections: int = 200,
        resolver: Resolver | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        if tls is not None and not (tls.check_hostname and tls.verify_mode == ssl.CERT_REQUIRED):
            raise DefinitionError("The TLS context does not verify who answers")
        self._wires = Wires(deadline, connect, connections, resolver, tls)
        self._body_cap = body_cap
        self._session: Session | None = None
        self._closed = False

    async def send(
        self,
        base_url: str,
        request: Request,
        *,
        deadline: float | None = None,
        body_cap: int | None = None,
        sink: Sink | None = None,
    ) -> Answer:
        """Send once. Any status is an answer, 3xx and 5xx too.

        The body of a success goes into the sink, where there is one: as large as `SINK_CAP`, and
        as long as it takes, if only each bit comes within the deadline. A cut one raises, so what
        the sink has taken by then is no whole body.

        Raises:
            NotSent: no connection existed: refused, no address, connect time-out, TLS handshake.
            AnswerLost: anything else that broke; the request may have been acted on.
            BadAnswer: the body is larger than the cap.
            BadInput: the request cannot be written as it stands; nothing was sent.
            DefinitionError: the base URL is not usable; nothing was sent.
        """
        where = target.origin(base_url)
        url = target.url(where, request)
        session = self._session or self._open(where.host)
        cap = self._body_cap if body_cap is None else body_cap
        return await session.exchange(url, where.host, request, deadline, cap, sink)

    async def close(self) -> None:
        """Close all connections; requests under way are lost, later ones are not sent."""
        self._closed = True
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    def _open(self, host: str) -> "Session":
        if self._closed:
            raise NotSent(f"Nothing was sent to {host}: the client is closed")
        # Importing the HTTP library takes longer than most commands run.
        from dragoman.http.session import Session  # noqa: PLC0415

        self._session = Session(self._wires)
        return self._session
