"""A raw server on loopback that does exactly what a test tells it to, byte by byte."""

import asyncio
import socket
import ssl
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from dragoman.catalog.wire import Answer, Request
from dragoman.http.client import Client

CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"
GET = Request("GET", "/")


class Line:
    """One accepted connection, from the server's end."""

    def __init__(
        self, peer: "Peer", reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._peer = peer
        self._reader = reader
        self._writer = writer

    async def head(self) -> bytes:
        """Read up to the empty line; the body stays unread."""
        head = await self._reader.readuntil(b"\r\n\r\n")
        self._peer.heads.append(head)
        return head

    async def request(self) -> bytes:
        """Read one whole request; give its body."""
        head = await self.head()
        fields = dict(line.lower().split(b": ", 1) for line in head.strip().split(b"\r\n")[1:])
        body = await self._reader.readexactly(int(fields.get(b"content-length", b"0")))
        self._peer.bodies.append(body)
        return body

    async def send(self, data: bytes) -> None:
        self._writer.write(data)
        await self._writer.drain()

    async def stall(self) -> None:
        """Do nothing until the test is over."""
        await asyncio.Event().wait()

    async def drain(self) -> None:
        """Read and forget until the client closes."""
        await self._reader.read()

    async def close(self) -> None:
        self._writer.close()

    async def reset(self) -> None:
        """Close so that the other side gets a reset, not an end."""
        if not self._writer.is_closing():
            plug = self._writer.get_extra_info("socket")
            plug.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self._writer.transport.abort()


Script = Callable[[Line], Awaitable[None]]


class Peer:
    """What the server saw."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self.heads: list[bytes] = []
        self.bodies: list[bytes] = []
        self.connections = 0
        self.tasks: set[asyncio.Task[None]] = set()
        self.url = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        task = asyncio.current_task()
        assert task is not None
        self.tasks.add(task)
        line = Line(self, reader, writer)
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            await self._script(line)
        await line.close()


@asynccontextmanager
async def peer(script: Script, tls: ssl.SSLContext | None = None) -> AsyncIterator[Peer]:
    """Serve on a free port of 127.0.0.1 until the block ends."""
    peer = Peer(script)
    server = await asyncio.start_server(peer.serve, "127.0.0.1", 0, ssl=tls, limit=2**20)
    port = server.sockets[0].getsockname()[1]
    peer.url = f"http://127.0.0.1:{port}" if tls is None else f"https://localhost:{port}"
    try:
        yield peer
    finally:
        server.close()
        await server.wait_closed()
        for task in peer.tasks:
            task.cancel()
        await asyncio.gather(*peer.tasks, return_exceptions=True)


def free_port() -> int:
    """A port where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def answering(*answers: bytes) -> Script:
    """Answer each request of a connection with the next of these, then close."""

    async def script(line: Line) -> None:
        for answer in answers:
            await line.request()
            await line.send(answer)

    return script


def answer(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    """A well-formed answer."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


async def reply(http: Client, raw: bytes, request: Request = GET) -> Answer:
    async with peer(answering(raw)) as server:
        return await http.send(server.url, request)
