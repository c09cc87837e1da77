"""`/hooks/VENDOR`: takes webhooks in. Bare ASGI, for many come at once and each waits for the disk.

`/hooks/VENDOR/TYPE` is for those whose bodies do not say what they are.

Whatever keeps it from storing is answered 429 with `Retry-After`, never 5xx: of 5xx a vendor may
think that sending again is of no use.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from starlette.types import Message, Receive, Scope, Send

from dragoman.catalog.vendors import Headers
from dragoman.engine.inbox import Inbox, Refusal
from dragoman.kernel.errors import StoreBroken, StoreBusy
from dragoman.store.port import Statement
from dragoman.web.deadlines import Deadlines
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
LATE = prepared(
    HTTPStatus.TOO_MANY_REQUESTS,
    "it took too long, or the service is about to end; send it again",
    _LATER,
    _CLOSE,
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
        self._inboxes = dict(inboxes)
        self._stopping = stopping
        self._broken = broken
        self._deadlines = Deadlines()
        self._left: set[asyncio.Task[None]] = set()
        self._coming = Load(_MOST, _MOST_BYTES)
        self._going = Load(_MOST, _MOST_BYTES)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101  # every server runs a request in a task
        self._deadlines.give(task, _PATIENCE)
        try:
            answer = await self._take(scope, receive, task)
        except _Refused as refused:
            answer = refused.answer
        except asyncio.CancelledError:
            # By its deadline, or by the server, which would answer 500 in its stead.
            answer = LATE
        finally:
            self._deadlines.lift(task)
        for message in answer:
            await send(message)

    async def _take(self, scope: Scope, receive: Receive, task: asyncio.Task[Any]) -> Answer:
        headers: Headers = scope["headers"]
        inbox, kind = self._inbox(scope)
        signature = inbox.signature(headers)
        if signature is None:
            raise _Refused(UNSIGNED)
        message = await receive()
        if message.get("more_body"):
            body = await self._pieces(message, receive)
        else:
            body = _whole(message, message.get("body", b""))
        admitted = inbox.admit(signature, headers, body, kind)
        if isinstance(admitted, Refusal):
            raise _Refused(_REFUSALS[admitted])
        self._deadlines.give(task, _DISK)
        return await self._store(inbox, admitted, len(body))

    def _inbox(self, scope: Scope) -> tuple[Inbox, str]:
        """Where a request goes that may be read at all, and the type that its address is for."""
        vendor, _, kind = scope["path"].removeprefix(PREFIX).partition("/")
        inbox = self._inboxes.get(vendor)
        if inbox is None or (scope["path"] != PREFIX + vendor and not inbox.knows(kind)):
            raise _Refused(NOT_HERE)
        if scope["method"] != "POST":
            raise _Refused(NOT_SO)
        if self._stopping():
            raise _Refused(LATE)
        if _announced(scope["headers"]) > BODY_CAP:
            raise _Refused(TOO_LARGE)
        return inbox, kind

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
        try:
            await inbox.store(statements)
        except asyncio.CancelledError:
            # The store has it in its queue all the same, and there it counts until it is through.
            self._going.hold(size)
            queued = asyncio.ensure_future(self._leave(inbox, size))
            self._left.add(queued)
            queued.add_done_callback(self._left.discard)
            raise
        except StoreBusy:
            raise _Refused(BUSY) from None
        except StoreBroken as error:
            self._broken(error)
            raise _Refused(BUSY) from None
        finally:
            self._going.release(size)
        return STORED

    async def _leave(self, inbox: Inbox, size: int) -> None:
        """Wait until what was queued before has been written, or cannot be."""
        try:
            await inbox.store(())
        except StoreBusy:
            pass
        except StoreBroken as error:
            self._broken(error)
        finally:
            self._going.release(size)


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
