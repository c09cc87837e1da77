"""A vendor that says yes at once: a bare HTTP/1.1 server in a process of its own."""

import asyncio
import multiprocessing
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import cast

import uvloop

_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_BODY = (
    b'{"contact":{"id":"8NdHHzzCHPsdZdVyo0tz","locationId":"ve9EPM428h8vShlRW1KT",'
    b'"email":"bo@example.com","phone":"+14155550100","firstName":"Bo","tags":["welcomed"]},'
    b'"tags":["welcomed"],"tagsAdded":["welcomed"],"new":true,"succeeded":true,'
    b'"traceId":"0f3d9a56-64a3-4b8b-9a5e-6a9a1f6f3c11"}'
)
_ANSWER = (
    b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"
    b"x-ratelimit-max: 1000000\r\nx-ratelimit-remaining: 999999\r\n"
    b"x-ratelimit-interval-milliseconds: 10000\r\nx-ratelimit-limit-daily: 100000000\r\n"
    b"x-ratelimit-daily-remaining: 99999999\r\nx-ratelimit-daily-reset: 86400000\r\n"
    b"content-length: " + str(len(_BODY)).encode() + b"\r\n\r\n" + _BODY
)


class _Protocol(asyncio.Protocol):
    def __init__(self) -> None:
        self._buffer = b""
        self._write: Callable[[bytes], None]

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports do not descend from asyncio's, so there is no class to ask for.
        self._write = cast("asyncio.Transport", transport).write

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            found = _LENGTH.search(self._buffer[:end])
            total = end + 4 + (int(found[1]) if found else 0)
            if len(self._buffer) < total:
                return
            self._buffer = self._buffer[total:]
            self._write(_ANSWER)


@contextmanager
def stub() -> Iterator[str]:
    """The base URL of a stub that lives as long as the block."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs,), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{ours.recv()}"
    finally:
        process.terminate()
        process.join()


def _serve(pipe: Connection) -> None:
    async def main() -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(_Protocol, "127.0.0.1", 0, backlog=1024)
        pipe.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    uvloop.run(main())
