"""Answers that are too large, packed, cut or endless."""

import asyncio
import gzip
import tracemalloc
import zlib

import pytest

from dragoman.http.client import Client
from dragoman.kernel.errors import AnswerLost, BadAnswer, DragomanError
from tests.http.peers import CHUNKED, GET, OK, Line, Script, answer, answering, peer, reply


async def capped(http: Client, raw: bytes, cap: int) -> int:
    async with peer(answering(raw)) as server:
        return len((await http.send(server.url, GET, body_cap=cap)).body)


@pytest.mark.parametrize("chunked", [False, True])
async def test_a_body_may_be_as_large_as_the_cap_and_no_larger(http: Client, chunked: bool) -> None:  # noqa: FBT001
    body = bytes(100_000)
    raw = CHUNKED + b"186a0\r\n" + body + b"\r\n0\r\n\r\n" if chunked else answer(body)

    assert await capped(http, raw, 100_000) == 100_000
    with pytest.raises(BadAnswer):
        await capped(http, raw, 99_999)


async def test_the_default_cap_is_the_clients() -> None:
    http = Client(body_cap=10)
    with pytest.raises(BadAnswer):
        await reply(http, answer(bytes(11)))
    await http.close()


PACKED = "Content-Encoding: gzip"


@pytest.mark.parametrize(
    "packed", [gzip.compress(bytes(100_000), mtime=0), 2 * gzip.compress(bytes(50_000), mtime=0)]
)
async def test_packed_answers_are_unpacked_and_capped_unpacked(http: Client, packed: bytes) -> None:
    raw = answer(packed, PACKED)

    assert await capped(http, raw, 100_000) == 100_000
    with pytest.raises(BadAnswer):
        await capped(http, raw, 99_999)


async def test_a_bomb_is_stopped_before_it_fills_the_memory(http: Client) -> None:
    packer = zlib.compressobj(wbits=31)
    bomb = b"".join(packer.compress(bytes(1_000_000)) for _ in range(100)) + packer.flush()
    raw = answer(bomb, PACKED)
    await capped(http, OK, 10)
    tracemalloc.start()
    try:
        with pytest.raises(BadAnswer):
            await capped(http, raw, 1_000_000)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert peak < 8_000_000


@pytest.mark.parametrize("missing", [1, 8, 10, 20])
async def test_a_cut_packed_body_of_the_right_length_is_lost(http: Client, missing: int) -> None:
    with pytest.raises(AnswerLost):
        await reply(http, answer(gzip.compress(b"hello" * 1000, mtime=0)[:-missing], PACKED))


@pytest.mark.parametrize(
    "packed", [b"hello", gzip.compress(b"x", mtime=0) + b"x", 101 * gzip.compress(b"", mtime=0)]
)
async def test_a_damaged_packed_body_is_lost(http: Client, packed: bytes) -> None:
    with pytest.raises(AnswerLost):
        await reply(http, answer(packed, PACKED))


async def test_a_coding_that_nobody_asked_for_is_refused(http: Client) -> None:
    with pytest.raises(BadAnswer):
        await reply(http, answer(b"hello", "Content-Encoding: br"))


async def test_no_body_needs_no_unpacking(http: Client) -> None:
    got = await reply(http, answer(b"", PACKED))

    assert got.body == b""


async def endless_chunks(line: Line) -> None:
    await line.request()
    await line.send(CHUNKED)
    while True:
        await line.send(b"3e8\r\n" + bytes(1000) + b"\r\n")


async def endless_headers(line: Line) -> None:
    await line.request()
    await line.send(b"HTTP/1.1 200 OK\r\n")
    while True:
        await line.send(b"X-A: b\r\n" * 100)


async def endless_header_line(line: Line) -> None:
    await line.request()
    await line.send(b"HTTP/1.1 200 OK\r\nX-A: ")
    while True:
        await line.send(bytes([97]) * 1000)


async def endless_interim_answers(line: Line) -> None:
    await line.request()
    while True:
        await line.send(b"HTTP/1.1 103 Early Hints\r\n\r\n")


@pytest.mark.parametrize(
    ("script", "error"),
    [
        (endless_chunks, BadAnswer),
        (endless_headers, AnswerLost),
        (endless_header_line, AnswerLost),
        (endless_interim_answers, AnswerLost),
    ],
)
async def test_an_endless_answer_ends(script: Script, error: type[DragomanError]) -> None:
    http = Client(deadline=1.0, body_cap=100_000)
    async with peer(script) as server:
        with pytest.raises(error):
            await http.send(server.url, GET)
        await http.close()


async def test_a_refused_answer_takes_its_connection_along(http: Client) -> None:
    async with peer(answering(answer(bytes(200_000)), OK)) as server:
        with pytest.raises(BadAnswer):
            await http.send(server.url, GET, body_cap=10)
        stopped = asyncio.create_task(http.send(server.url, GET, body_cap=10))
        with pytest.raises(BadAnswer):
            await stopped

    assert server.connections == 2
