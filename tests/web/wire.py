"""Requests by hand, over real sockets."""

import asyncio
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from starlette.types import ASGIApp

from dragoman.web.listener import Listener, listen
from tests.web.signed import MAIN, PATH, Hook

SOON = 0.2
"""Seconds that stand for the ten of a deadline."""
HOST = "127.0.0.1"
Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@asynccontextmanager
async def listening(app: ASGIApp) -> AsyncIterator[tuple[Listener, int]]:
    one = await listen(app, HOST, 0)
    try:
        yield one, int(one.address.rpartition(":")[2])
    finally:
        await one.stop()


def head(hook: Hook, *more: bytes, length: int | None = None) -> bytes:
    signature = b64encode(MAIN.sign(hook.body).signature)
    lines = [
        f"POST {PATH} HTTP/1.1".encode(),
        b"Host: hooks.example.com",
        b"X-GHL-Signature: " + signature,
        *more,
    ]
    if length is not None:
        lines.append(f"Content-Length: {length}".encode())
    return b"\r\n".join(lines) + b"\r\n\r\n"


def whole(hook: Hook) -> bytes:
    return head(hook, length=len(hook.body)) + hook.body


async def connect(port: int) -> Streams:
    return await asyncio.open_connection(HOST, port)


async def status(streams: Streams) -> int:
    """Read one answer; its status."""
    reader, _ = streams
    start = await reader.readuntil(b"\r\n\r\n")
    length = int(start.lower().partition(b"content-length: ")[2].split(b"\r\n")[0])
    await reader.readexactly(length)
    return int(start.split(b" ")[1])


async def is_closed(streams: Streams) -> bool:
    """Wait until the other side has closed; what it still said does not matter."""
    with suppress(ConnectionResetError):
        await streams[0].read()
    streams[1].close()
    return True


async def ask(port: int, *pieces: bytes) -> int:
    streams = await connect(port)
    for piece in pieces:
        streams[1].write(piece)
    found = await status(streams)
    streams[1].close()
    return found
