"""Real sockets: slow, huge and broken requests, and good ones beside them."""

import asyncio
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest
from starlette.types import ASGIApp

from dragoman.web import deadlines, listener, protocol, receiver
from dragoman.web.listener import Listener, listen
from tests.web.conftest import Shop
from tests.web.signed import MAIN, PATH, Hook, signed

SOON = 0.2
"""Seconds that stand for the ten of a deadline."""
HOST = "127.0.0.1"
Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiver, "_PATIENCE", SOON)
    monkeypatch.setattr(deadlines, "_LOOK", SOON / 4)
    monkeypatch.setattr(protocol, "HEAD_WITHIN", SOON)


@asynccontextmanager
async def listening(app: ASGIApp) -> AsyncIterator[tuple[Listener, int]]:
    one = await listen(app, HOST, 0)
    try:
        yield one, int(one.address.rpartition(":")[2])
    finally:
        await one.stop()


@pytest.fixture
async def port(shop: Shop) -> AsyncIterator[int]:
    async with listening(shop.app) as (_, number):
        yield number


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


async def test_many_requests_on_one_connection(port: int, shop: Shop) -> None:
    streams = await connect(port)
    for number in range(20):
        streams[1].write(whole(signed(webhookId=f"h{number}")))
        assert await status(streams) == 200
    # And without waiting for the answers.
    streams[1].write(b"".join(whole(signed(webhookId=f"p{number}")) for number in range(20)))
    assert [await status(streams) for _ in range(20)] == [200] * 20
    streams[1].close()

    assert len(await shop.deliveries()) == 40


async def test_a_body_in_drops_that_comes_in_time_is_taken(port: int) -> None:
    hook = signed()
    streams = await connect(port)
    streams[1].write(head(hook, length=len(hook.body)))
    for at in range(0, len(hook.body), 50):
        streams[1].write(hook.body[at : at + 50])
        await streams[1].drain()
        await asyncio.sleep(0)

    assert await status(streams) == 200
    streams[1].close()


async def test_whoever_asks_first_whether_to_go_on_is_told_so(port: int) -> None:
    hook = signed()
    streams = await connect(port)
    streams[1].write(head(hook, b"Expect: 100-continue", length=len(hook.body)))
    assert await streams[0].readuntil(b"\r\n\r\n") == b"HTTP/1.1 100 Continue\r\n\r\n"
    streams[1].write(hook.body)

    assert await status(streams) == 200
    streams[1].close()


async def test_too_large_by_its_own_word(port: int) -> None:
    hook = signed()

    assert await ask(port, head(hook, length=receiver.BODY_CAP + 1)) == 413
    assert await ask(port, head(hook, length=10**15)) == 413


async def test_too_large_without_a_word(port: int) -> None:
    """Sent in chunks: nobody knows how much is to come."""
    hook = signed()
    chunk = b"%x\r\n%b\r\n" % (65_536, b"x" * 65_536)
    streams = await connect(port)
    streams[1].write(head(hook, b"Transfer-Encoding: chunked"))

    async def pour() -> None:
        try:
            while True:
                streams[1].write(chunk)
                await streams[1].drain()
        except ConnectionError:
            pass

    pouring = asyncio.ensure_future(pour())
    assert await status(streams) == 413
    assert await is_closed(streams)
    await pouring


async def test_chunks_are_put_together_before_they_are_verified(port: int) -> None:
    hook = signed()
    halves = (hook.body[:100], hook.body[100:])
    chunks = b"".join(b"%x\r\n%b\r\n" % (len(one), one) for one in halves) + b"0\r\n\r\n"

    assert await ask(port, head(hook, b"Transfer-Encoding: chunked"), chunks) == 200


@pytest.mark.parametrize(
    "begun",
    [b"", b"P", b"POST /hooks/highlevel HTTP/1.1\r\n", b"POST / HTTP/1.1\r\nX: " + b"y" * 5000],
)
async def test_a_head_that_does_not_come_is_not_waited_for(begun: bytes, port: int) -> None:
    streams = await connect(port)
    streams[1].write(begun)

    assert await is_closed(streams)


async def test_a_head_in_drops_does_not_count_anew_with_each(port: int) -> None:
    streams = await connect(port)

    async def drip() -> None:
        try:
            while True:
                streams[1].write(b"X")
                await streams[1].drain()
                await asyncio.sleep(SOON / 10)
        except ConnectionError:
            pass

    dripping = asyncio.ensure_future(drip())
    assert await is_closed(streams)
    await dripping


async def test_an_open_connection_cannot_be_held_with_empty_lines(port: int) -> None:
    streams = await connect(port)
    streams[1].write(whole(signed()))
    assert await status(streams) == 200
    streams[1].write(b"\r\n")

    assert await is_closed(streams)


@pytest.mark.parametrize(
    "said",
    [
        b"POST / HTTP/1.1\r\n" + b"X: y\r\n" * 20_000,
        b"POST / HTTP/1.1\r\nX: " + b"y" * 200_000,
        b"POST /" + b"x" * 200_000,
        b"POST / HTTP/1.1\r\n" + b"X: y\r\n" * 20_000 + b"\r\n",
    ],
    ids=["many", "one", "the path", "whole"],
)
async def test_a_head_without_an_end_is_refused(said: bytes, port: int) -> None:
    streams = await connect(port)
    streams[1].write(said)
    answer = await streams[0].read(12)

    assert answer[:10] == b"HTTP/1.1 4"
    assert await is_closed(streams)


@pytest.mark.parametrize(
    "said",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET\r\n\r\n",
        b"POST /hooks/highlevel HTTP/9.9\r\n\r\n",
        b"POST /hooks/highlevel HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        b"POST /hooks/highlevel HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        b"POST /hooks/\xff HTTP/1.1\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"\x00" * 100,
    ],
    ids=range(8),
)
async def test_what_is_no_http_is_never_a_failure_of_ours(said: bytes, port: int) -> None:
    streams = await connect(port)
    streams[1].write(said)
    answer = await streams[0].read()
    streams[1].close()

    assert answer == b"" or answer.startswith(b"HTTP/1.1 4")


async def test_a_body_that_does_not_come_is_put_off(port: int) -> None:
    hook = signed()
    for begun in (b"", hook.body[:10]):
        streams = await connect(port)
        streams[1].write(head(hook, length=len(hook.body)) + begun)

        assert await status(streams) == 429
        assert await is_closed(streams)


async def test_those_who_dawdle_do_not_shut_out_those_who_do_not(port: int, shop: Shop) -> None:
    hook = signed()
    large = b"x" * 500_000
    slow = [await connect(port) for _ in range(150)]
    for number, (_, writer) in enumerate(slow):
        begun = head(hook, length=receiver.BODY_CAP) + large if number % 3 else b"POST /"
        writer.write(begun)

    statuses = [await ask(port, whole(signed(webhookId=f"h{n}"))) for n in range(50)]

    assert statuses == [200] * 50
    assert len(await shop.deliveries()) == 50
    for streams in slow:
        assert await is_closed(streams)


async def test_what_is_in_hand_when_the_port_closes_is_answered(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiver, "_PATIENCE", 60.0)
    monkeypatch.setattr(listener, "_GRACE", SOON)
    hook = signed()
    async with listening(shop.app) as (one, port):
        streams = await connect(port)
        streams[1].write(head(hook, length=len(hook.body)))
        assert await ask(port, whole(signed(webhookId="beside"))) == 200
        await one.stop()

        assert await status(streams) == 429
        assert await is_closed(streams)
        with pytest.raises(ConnectionRefusedError):
            await connect(port)
