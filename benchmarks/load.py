"""Sends prepared requests over kept connections, and says how long each answer took."""

import asyncio
import re
import statistics
import time
from collections.abc import Callable
from typing import cast

Load = dict[str, float]
Address = tuple[str, int]
_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)


class _Peer(asyncio.Protocol):
    """One connection: a request is sent, and its answer awaited, one after the other."""

    def __init__(self) -> None:
        self._buffer = b""
        self._answer: asyncio.Future[int] | None = None
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports do not descend from asyncio's, so there is no class to ask for.
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0 or self._answer is None:
            return
        found = _LENGTH.search(self._buffer[:end])
        if len(self._buffer) < end + 4 + (int(found[1]) if found else 0):
            return
        status = int(self._buffer[9:12])
        self._buffer = b""
        self._answer.set_result(status)

    def connection_lost(self, error: Exception | None) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(error or ConnectionResetError())

    async def ask(self, request: bytes) -> int:
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._answer

    def close(self) -> None:
        self._transport.close()


async def _peers(address: Address, many: int) -> list[_Peer]:
    loop = asyncio.get_running_loop()
    return [(await loop.create_connection(_Peer, *address))[1] for _ in range(many)]


async def closed(address: Address, requests: list[bytes], connections: int) -> Load:
    """Each connection sends its next request when the last was answered."""
    peers = await _peers(address, connections)
    waiting = iter(requests)
    took: list[float] = []
    refused = 0

    async def work(peer: _Peer) -> None:
        nonlocal refused
        for request in waiting:
            begun = time.perf_counter()
            status = await peer.ask(request)
            took.append(time.perf_counter() - begun)
            refused += status != 200  # stored

    begun = time.perf_counter()
    await asyncio.gather(*(work(peer) for peer in peers))
    seconds = time.perf_counter() - begun
    for peer in peers:
        peer.close()
    return {"per_second": round(len(requests) / seconds, 1), **_times(took), "refused": refused}


async def paced(address: Address, requests: list[bytes], connections: int, pace: int) -> Load:
    """Requests at a pace; one that must wait for a free connection has begun all the same."""
    idle: asyncio.Queue[_Peer] = asyncio.Queue()
    for peer in await _peers(address, connections):
        idle.put_nowait(peer)
    took: list[float] = []
    refused = 0

    async def one(request: bytes, due: float, now: Callable[[], float]) -> None:
        nonlocal refused
        peer = await idle.get()
        status = await peer.ask(request)
        took.append(now() - due)
        refused += status != 200  # stored
        idle.put_nowait(peer)

    loop = asyncio.get_running_loop()
    start = loop.time()
    async with asyncio.TaskGroup() as group:
        for number, request in enumerate(requests):
            due = start + number / pace
            await asyncio.sleep(max(0.0, due - loop.time()))
            group.create_task(one(request, due, loop.time))
    while not idle.empty():
        idle.get_nowait().close()
    return {**_times(took), "refused": refused}


def _times(took: list[float]) -> Load:
    cuts = statistics.quantiles(took, n=100)
    return {"p50_ms": round(cuts[49] * 1000, 2), "p99_ms": round(cuts[98] * 1000, 2)}
