"""Files over HTTP: handed on bit by bit as the vendor sends them, so that none is held here.

The service does not write files for others: who asks for one writes it, with his own rights, and a
token that may read a recording is no way to a file of this machine.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from http import HTTPStatus
from typing import Any

from starlette.responses import Response, StreamingResponse

from dragoman.catalog.wire import Sink

_KIND = re.compile(r"[\w!#$&^.+-]+/[\w!#$&^.+-]+(; ?[\w-]+=[\w.-]+)*", re.ASCII)
_UNKNOWN = "application/octet-stream"
_AHEAD = 4
"""Bits that may wait for a slow reader before the vendor has to."""


class _Pipe:
    """A sink at one end, what is read at the other."""

    def __init__(self) -> None:
        self.begun = asyncio.Event()
        self.kind = _UNKNOWN
        self.length: int | None = None
        self._bits: asyncio.Queue[bytes] = asyncio.Queue(_AHEAD)

    async def begin(self, kind: str, length: int | None) -> None:
        self.kind = kind if _KIND.fullmatch(kind) else _UNKNOWN
        self.length = length
        self.begun.set()

    async def write(self, chunk: bytes) -> None:
        await self._bits.put(chunk)

    async def read(self, work: asyncio.Future[Any]) -> AsyncIterator[bytes]:
        """The bits, until the work that writes them is done; its error is raised."""
        try:
            while not (work.done() and self._bits.empty()):
                bit = asyncio.ensure_future(self._bits.get())
                await asyncio.wait({bit, work}, return_when=asyncio.FIRST_COMPLETED)
                if bit.done():
                    yield bit.result()
                else:
                    bit.cancel()
            work.result()
        finally:
            await _ended(work)


async def streamed(work: Callable[[Sink], Awaitable[Any]]) -> Response:
    """The answer to a request whose work writes into a sink; 204 if it writes nothing.

    Where the work fails after its first bit, the connection ends before the answer does, so that
    nobody takes it for whole.

    Raises:
        DragomanError: the work failed before that.
    """
    pipe = _Pipe()
    working = asyncio.ensure_future(work(pipe))
    begun = asyncio.ensure_future(pipe.begun.wait())
    try:
        await asyncio.wait({working, begun}, return_when=asyncio.FIRST_COMPLETED)
    except asyncio.CancelledError:
        await _ended(working)
        raise
    finally:
        begun.cancel()
    if not pipe.begun.is_set():
        working.result()
        return Response(status_code=HTTPStatus.NO_CONTENT.value)
    headers = {"content-disposition": "attachment", "x-content-type-options": "nosniff"}
    if pipe.length is not None:
        headers["content-length"] = str(pipe.length)
    return StreamingResponse(pipe.read(working), HTTPStatus.OK.value, headers, pipe.kind)


async def _ended(work: asyncio.Future[Any]) -> None:
    work.cancel()
    await asyncio.wait({work})
    if not work.cancelled():
        work.exception()  # seen: it was raised, or nobody is there any more
