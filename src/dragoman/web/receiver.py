"""`/hooks/VENDOR`: takes webhooks in. Bare ASGI, for many come at once and each waits for the disk.

Whatever keeps it from storing is answered 429 with `Retry-After`, never 5xx: of 5xx a vendor may
think that sending again is of no use.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from http import HTTPStatus

from starlette.types import Message, Receive, Scope, Send

from dragoman.catalog.vendors import Headers
from dragoman.engine.inbox import Inbox, Refusal
from dragoman.kernel.errors import StoreBroken, StoreBusy
from dragoman.store.port import Statement
from dragoman.web.load import Load
from dragoman.web.problems import prepared

PREFIX = "/hooks/"
BODY_CAP = 1024 * 1024
_PATIENCE = 10.0
"""Seconds that a body may take to come."""
_DISK = 3.0
"""Seconds that a write may take before the vendor is told to come again."""
_MOST, _MOST_BYTES = 2000, 64 * 1024 * 1024
"""Of all that is in hand: waited for, or being written."""

Answer = Sequence[Message]

_LATER = (b"retry-after", b"10")
_CLOSE = (b"connection", b"close")
STORED: Answer = (
    {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]},
    {"type": "http.response.body", "body": b""},
)
NOT_HERE = prepared(HTTPStatus.NOT_FOUND, "no webhooks are taken in at this address")
NOT_SO = prepared(HTTPStatus.METHOD_NOT_ALLOWED, "webhooks are sent with POST", (b"allow", b"POST"))
TOO_LARGE = prepared(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"more than {BODY_CAP} bytes", _CLOSE)
UNSIGNED = prepared(HTTPStatus.UNAUTHORIZED, "it is not signed as it should be", _CLOSE)
FORGED = prepared(HTTPStatus.UNAUTHORIZED, "no key that is accepted here has signed it")
FOREIGN = prepared(HTTPStatus.FORBIDDEN, "it is for an account that is not connected here")
BUSY = prepared(HTTPStatus.TOO_MANY_REQUESTS, "it cannot be stored now; send it again", _LATER)
SLOW = prepared(HTTPStatus.TOO_MANY_REQUESTS, "the body came too slowly", _LATER, _CLOSE)
STOPPING = prepared(
    HTTPStatus.TOO_MANY_REQUESTS, "the service stops; send it again", _LATER, _CLOSE
)
_REFUSALS = {Refusal.FORGED: FORGED, Refusal.FOREIGN: FOREIGN}


class _Refused(Exception):
    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.answer = answer


class Receiver:
    def __init__(
        self,
        inboxes: Mapping[str, Inbox],
        *,
        stopping: Callable[[], bool],
        broken: Callable[[StoreBroken], None],
    ) -> None:
        """Take in, besides where webhooks go by vendor, whether the service is about to end, and
        whom to tell that the disk has failed.
        """
        self._inboxes = {PREFIX + name: inbox for name, inbox in inboxes.items()}
        self._stopping = stopping
        self._broken = broken
        self._coming = Load(_MOST, _MOST_BYTES)
        self._going = Load(_MOST, _MOST_BYTES)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            answer = await self._take(scope, receive)
        except _Refused as refused:
            answer = refused.answer
        except asyncio.CancelledError:
            # Nobody waits for this task but the server, which would answer 500 in its stead.
            answer = STOPPING
        for message in answer:
            await send(message)

    async def _take(self, scope: Scope, receive: Receive) -> Answer:
        headers: Headers = scope["headers"]
        inbox = self._inbox(scope)
        signature = inbox.signature(headers)
        if signature is None:
            raise _Refused(UNSIGNED)
        body = await self._read(receive)
        admitted = inbox.admit(signature, headers, body)
        if isinstance(admitted, Refusal):
            raise _Refused(_REFUSALS[admitted])
        return await self._store(inbox, admitted, len(body))

    def _inbox(self, scope: Scope) -> Inbox:
        """Where a request goes that may be read at all."""
        inbox = self._inboxes.get(scope["path"])
        if inbox is None:
            raise _Refused(NOT_HERE)
        if scope["method"] != "POST":
            raise _Refused(NOT_SO)
        if self._stopping():
            raise _Refused(STOPPING)
        if _announced(scope["headers"]) > BODY_CAP:
            raise _Refused(TOO_LARGE)
        return inbox

    async def _read(self, receive: Receive) -> bytes:
        try:
            async with asyncio.timeout(_PATIENCE):
                message = await receive()
                if message.get("more_body"):
                    return await self._pieces(message, receive)
        except TimeoutError:
            raise _Refused(SLOW) from None
        return _whole(message, message.get("body", b""))

    async def _pieces(self, message: Message, receive: Receive) -> bytes:
        """A body that comes bit by bit counts from its first bit on; one that is whole does not,
        so that those who dawdle cannot shut out those who do not.
        """
        body = bytearray()
        if not self._coming.take(0):
            raise _Refused(BUSY)
        try:
            while True:
                piece = message.get("body", b"")
                if not self._coming.grow(len(piece)):
                    raise _Refused(BUSY)
                body += piece
                if not message.get("more_body"):
                    return _whole(message, bytes(body))
                if len(body) > BODY_CAP:
                    raise _Refused(TOO_LARGE)
                message = await receive()
        finally:
            self._coming.release(len(body))

    async def _store(self, inbox: Inbox, statements: Sequence[Statement], size: int) -> Answer:
        if not self._going.take(size):
            raise _Refused(BUSY)
        # A task of its own: what is being written counts until it is, however long ago its sender
        # was told to come again.
        writing = asyncio.ensure_future(inbox.store(statements))
        writing.add_done_callback(partial(self._written, size))
        await asyncio.wait((writing,), timeout=_DISK)
        if not writing.done():
            return BUSY
        try:
            writing.result()
        except (StoreBusy, StoreBroken):
            return BUSY
        return STORED

    def _written(self, size: int, writing: asyncio.Future[None]) -> None:
        self._going.release(size)
        error = None if writing.cancelled() else writing.exception()
        if isinstance(error, StoreBroken):
            self._broken(error)


def _whole(last: Message, body: bytes) -> bytes:
    if last["type"] == "http.disconnect":
        raise _Refused(BUSY)  # nobody is there to hear it
    if len(body) > BODY_CAP:
        raise _Refused(TOO_LARGE)
    return body


def _announced(headers: Headers) -> int:
    """The length that a request says it has; 0 where it says none that is one."""
    said = [value for name, value in headers if name == b"content-length"]
    return max((int(one) for one in said if one.isdigit()), default=0)
