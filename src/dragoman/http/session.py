"""The one module that knows the HTTP library; nothing above it hears of its exceptions."""

import asyncio
import math
import socket
from functools import lru_cache
from http import HTTPStatus
from io import BytesIO

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from dragoman.catalog.wire import Answer, Request, Sink
from dragoman.http import body
from dragoman.http.client import MEGABYTE, SINK_CAP, Resolver, Wires
from dragoman.kernel.errors import AnswerLost, DragomanError, NotSent

IDLE = 4.0
"""Seconds an unused connection is kept: less than the 5 s after which many servers close theirs,
because a request that meets the closing counts as lost, not as not sent."""

HEADERS = {"User-Agent": "dragoman", "Accept": "*/*", "Accept-Encoding": body.CODING}

_BEFORE_SENDING = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)
_LONGEST = 3600.0
"""Seconds for an answer that goes into a sink: its deadline is then one for each bit of it."""
_RATE = MEGABYTE / 4
"""Bytes a second that a connection carries at least: what is large may take longer to be sent."""
_EMPTY = frozenset({HTTPStatus.NO_CONTENT, HTTPStatus.RESET_CONTENT})


class _BrokenError(Exception):
    """Stands for an error after which the library would silently send again."""


_FOREIGN = (aiohttp.ClientError, OSError, _BrokenError)


class Session:
    """One pool of connections."""

    def __init__(self, wires: Wires) -> None:
        self._wires = wires
        self._timing = lru_cache(maxsize=32)(self._new_timing)
        self._http = aiohttp.ClientSession(
            auto_decompress=False,
            connector=aiohttp.TCPConnector(
                limit=0,
                limit_per_host=wires.connections,
                keepalive_timeout=IDLE,
                resolver=_Addresses(wires.resolver) if wires.resolver else None,
                ssl=wires.tls or True,
                timeout_ceil_threshold=math.inf,
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers=HEADERS,
            middlewares=(_once,),
            timeout=self._timing(wires.deadline),
            trust_env=False,
            max_line_size=8190,
            max_field_size=8190,
            max_headers=128,
        )

    async def exchange(
        self,
        url: str,
        host: str,
        request: Request,
        deadline: float | None,
        cap: int,
        sink: Sink | None = None,
    ) -> Answer:
        """Send and read the whole answer; errors as in `Client.send`."""
        seconds = (self._wires.deadline if deadline is None else deadline) + _burden(request)
        try:
            response = await self._http.request(
                request.method,
                URL(url, encoded=True),
                headers=request.headers,
                data=_payload(request.body),
                skip_auto_headers=_untyped(request),
                allow_redirects=False,
                timeout=self._timing(seconds, long=sink is not None),
            )
            try:
                return await _read(response, host, cap, sink)
            finally:
                response.close()
        except _FOREIGN as error:
            failure = _explained(error, host)
        except asyncio.CancelledError:
            # Closing cancels what waits for a connection, though nobody cancelled the caller.
            if _is_cancelled() or not self._http.closed:
                raise
            failure = AnswerLost(f"The client was closed while {host} was waited for")
        # Raised out here so that not even its context holds the foreign error with its URL.
        raise failure

    async def close(self) -> None:
        await self._http.close()

    def _new_timing(self, deadline: float, *, long: bool = False) -> aiohttp.ClientTimeout:
        # The connection's time ends first, so a deadline never strikes while nothing was sent.
        connect = min(self._wires.connect, 0.9 * deadline)
        return aiohttp.ClientTimeout(
            total=_LONGEST if long else deadline,
            connect=connect,
            sock_read=deadline if long else None,
            ceil_threshold=math.inf,
        )


async def _read(response: aiohttp.ClientResponse, host: str, cap: int, sink: Sink | None) -> Answer:
    """Read the whole answer; a success into the sink, where there is one."""
    headers = _headers(response)
    coding, read = headers.get("content-encoding", ""), response.content.readany
    if sink is None or not _succeeded(response) or response.status in _EMPTY:
        whole = await body.whole(read, coding, cap, host)
        _check_end(response, headers, host)
        return Answer(response.status, headers, whole)
    await sink.begin(headers.get("content-type", ""), None if coding else response.content_length)
    kept = await body.poured(read, coding, SINK_CAP, host, sink)
    _check_end(response, headers, host)
    return Answer(response.status, headers, b"", kept)


class _Addresses(AbstractResolver):
    """Lets the library ask our resolver."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        del family
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for address in await self._resolver.addresses(host)
        ]

    async def close(self) -> None:
        pass


async def _once(
    request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
) -> aiohttp.ClientResponse:
    """Keep the library from sending GET, PUT, DELETE again when a connection breaks.

    It does so inside its `request` for exactly these two errors, kept-alive or not. A vendor's
    PUT or DELETE may in truth create or count, and a repeat is the engine's decision.
    """
    try:
        return await handler(request)
    except aiohttp.ClientConnectorError:
        raise
    except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as error:
        broken = _BrokenError(type(error).__name__)
    raise broken


def _is_cancelled() -> bool:
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


def _untyped(request: Request) -> tuple[str, ...] | None:
    """Keep the library from guessing a type; asked for only where it would, because it is slow."""
    guessed = request.body is not None and "Content-Type" not in request.headers
    return ("Content-Type",) if guessed else None


def _payload(data: bytes | None) -> bytes | BytesIO | None:
    # The library warns about large plain bytes: it would write them in one piece.
    return BytesIO(data) if data is not None and len(data) > MEGABYTE else data


def _headers(response: aiohttp.ClientResponse) -> dict[str, str]:
    """Names in lower case; what came several times is joined with a comma."""
    headers: dict[str, str] = {}
    for key, value in response.headers.items():
        name = key.lower()
        text = value if value.isascii() else value.encode(errors="replace").decode()
        headers[name] = f"{headers[name]}, {text}" if name in headers else text
    return headers


def _check_end(response: aiohttp.ClientResponse, headers: dict[str, str], host: str) -> None:
    """Refuse a success whose end was only the end of the connection: it may be cut."""
    if "content-length" in headers or "transfer-encoding" in headers:
        return
    if _succeeded(response) and response.status not in _EMPTY and response.method != "HEAD":
        raise AnswerLost(f"The answer of {host} has no length: nobody can tell if it is whole")


def _succeeded(response: aiohttp.ClientResponse) -> bool:
    return HTTPStatus.OK <= response.status < HTTPStatus.MULTIPLE_CHOICES


def _burden(request: Request) -> float:
    """Seconds on top of the deadline, for what is large."""
    size = len(request.body or b"")
    return size // MEGABYTE * MEGABYTE / _RATE


def _explained(error: Exception, host: str) -> DragomanError:
    """Name the kind and the host; path, query, headers and body may hold personal data."""
    kind = str(error) if isinstance(error, _BrokenError) else type(error).__name__
    if isinstance(error, _BEFORE_SENDING):
        return NotSent(f"No connection to {host} ({kind})")
    if isinstance(error, asyncio.TimeoutError):
        return AnswerLost(f"{host} did not answer in time ({kind})")
    return AnswerLost(f"The connection to {host} broke before the whole answer ({kind})")
