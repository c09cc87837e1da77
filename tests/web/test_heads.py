"""Real sockets: heads that do not come, do not end, or are none."""

import asyncio

import pytest

from tests.web.signed import signed
from tests.web.wire import SOON, connect, is_closed, status, whole

pytestmark = pytest.mark.usefixtures("hasty")


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
