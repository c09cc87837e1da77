"""Answers that go somewhere else than into memory."""

import gzip
import hashlib
import tracemalloc

import pytest

from dragoman.catalog.wire import Kept
from dragoman.http.client import Client, Wires
from dragoman.http.session import Session
from dragoman.kernel.errors import AnswerLost, BadAnswer, PermanentError
from tests.http.peers import GET, Line, answer, answering, peer
from tests.http.sending import client

SOUND = "Content-Type: audio/x-wav"


class Basin:
    """Remembers what it was told, and how much came."""

    def __init__(self, room: int = 10**12) -> None:
        self.told: tuple[str, int | None] | None = None
        self.digest = hashlib.sha256()
        self.size = 0
        self._room = room

    async def begin(self, kind: str, length: int | None) -> None:
        self.told = kind, length

    async def write(self, chunk: bytes) -> None:
        self.size += len(chunk)
        if self.size > self._room:
            raise PermanentError("no room is left")
        self.digest.update(chunk)


async def test_a_success_goes_into_the_sink_whole(http: Client) -> None:
    body, basin = bytes(range(256)) * 1000, Basin()

    async with peer(answering(answer(body, SOUND))) as server:
        got = await http.send(server.url, GET, body_cap=10, sink=basin)

    assert (got.status, got.body) == (200, b"")
    assert got.kept == Kept(len(body), hashlib.sha256(body).hexdigest())
    assert basin.told == ("audio/x-wav", len(body))
    assert basin.digest.digest() == hashlib.sha256(body).digest()


async def test_what_is_packed_is_unpacked_on_the_way(http: Client) -> None:
    body, basin = bytes(300_000), Basin()

    async with peer(answering(answer(gzip.compress(body), "Content-Encoding: gzip"))) as server:
        got = await http.send(server.url, GET, sink=basin)

    assert got.kept is not None
    assert (got.kept.size, basin.size) == (len(body), len(body))
    assert basin.told == ("", None)


async def test_a_refusal_is_read_and_leaves_the_sink_alone(http: Client) -> None:
    basin = Basin()
    raw = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 2\r\n\r\nno"

    async with peer(answering(raw)) as server:
        got = await http.send(server.url, GET, sink=basin)

    assert (got.status, got.body, got.kept) == (400, b"no", None)
    assert (basin.told, basin.size) == (None, 0)


@pytest.mark.parametrize(
    "raw",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n",
        b"HTTP/1.1 200 OK\r\n\r\nperhaps half",
        answer(gzip.compress(bytes(1000), mtime=0)[:-9], "Content-Encoding: gzip"),
    ],
    ids=["length", "chunks", "no length", "packed"],
)
async def test_what_is_cut_is_lost_though_some_of_it_came(http: Client, raw: bytes) -> None:
    async with peer(answering(raw)) as server:
        with pytest.raises(AnswerLost):
            await http.send(server.url, GET, sink=Basin())


async def test_the_sinks_own_error_ends_the_request(http: Client) -> None:
    async with peer(answering(answer(bytes(100_000)))) as server:
        with pytest.raises(PermanentError, match="no room"):
            await http.send(server.url, GET, sink=Basin(room=10))


async def test_a_coding_nobody_asked_for_is_refused(http: Client) -> None:
    async with peer(answering(answer(b"x", "Content-Encoding: br"))) as server:
        with pytest.raises(BadAnswer):
            await http.send(server.url, GET, sink=Basin())


async def test_forty_megabytes_do_not_stay_in_memory(http: Client) -> None:
    basin, part, parts = Basin(), bytes(2**20), 40

    async def script(line: Line) -> None:
        await line.request()
        await line.send(f"HTTP/1.1 200 OK\r\nContent-Length: {parts * len(part)}\r\n\r\n".encode())
        for _ in range(parts):
            await line.send(part)

    async with peer(script) as server:
        tracemalloc.start()
        try:
            await http.send(server.url, GET, sink=basin)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert basin.size == parts * len(part)
    assert peak < 8 * len(part)


async def test_the_deadline_is_of_each_bit_and_not_of_all() -> None:
    session = Session(Wires(deadline=30.0, connect=5.0, connections=1))
    timing = session._timing(30.0, long=True)
    await session.close()

    assert (timing.sock_read, timing.total, timing.connect) == (30.0, 3600.0, 5.0)


async def test_who_stops_sending_is_given_up() -> None:
    async def script(line: Line) -> None:
        await line.request()
        await line.send(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nab")
        await line.stall()

    async with peer(script) as server, client(deadline=0.2) as impatient:
        with pytest.raises(AnswerLost):
            await impatient.send(server.url, GET, sink=Basin())
