"""To the second: when a connection that brings no request is closed, and when one is not."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

import looptime
import pytest
from starlette.types import Receive, Scope, Send
from uvicorn import Config
from uvicorn.server import ServerState

from dragoman.web.listener import loop
from dragoman.web.protocol import Guarded

WHOLE = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi"


class Wire(asyncio.Transport):
    """A connection without a network: what was written, and whether it was closed."""

    def __init__(self) -> None:
        super().__init__()
        self.written = b""
        self.closed: Any = False
        """A bool that a type checker does not take for settled."""

    def write(self, data: Any) -> None:
        self.written += bytes(data)

    def close(self) -> None:
        self.closed = True

    def pause_reading(self) -> None:
        """Nothing more comes anyway."""

    def resume_reading(self) -> None:
        """The same."""

    def is_closing(self) -> bool:
        return bool(self.closed)

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        del name
        return default


async def slow(scope: Scope, receive: Receive, send: Send) -> None:
    """An application that answers after a minute, and reads nothing."""
    del scope, receive
    await asyncio.sleep(60)
    await send(
        {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]}
    )
    await send({"type": "http.response.body", "body": b""})


def play(story: Callable[[Guarded, Wire], Coroutine[Any, Any, None]]) -> None:
    async def whole() -> None:
        config = Config(slow, lifespan="off", log_config=None, interface="asgi3", ws="none")
        config.load()
        protocol, wire = Guarded(config=config, server_state=ServerState(), app_state={}), Wire()
        protocol.connection_made(wire)
        await story(protocol, wire)
        protocol.connection_lost(None)

    with asyncio.Runner(loop_factory=lambda: looptime.new_event_loop(start=0)) as runner:
        runner.run(whole())


@pytest.mark.parametrize("begun", [b"", b"POST / HT", WHOLE[:-6]])
def test_a_head_has_ten_seconds(begun: bytes) -> None:
    async def story(protocol: Guarded, wire: Wire) -> None:
        if begun:
            protocol.data_received(begun)
        await asyncio.sleep(9.9)
        assert not wire.closed
        await asyncio.sleep(0.2)
        assert (wire.closed, wire.written) == (True, b"")

    play(story)


def test_drops_do_not_make_the_ten_seconds_longer() -> None:
    async def story(protocol: Guarded, wire: Wire) -> None:
        for byte in b"POST / HTTP":
            await asyncio.sleep(0.9)
            assert not wire.closed
            protocol.data_received(bytes([byte]))
        await asyncio.sleep(0.2)
        assert wire.closed

    play(story)


def test_an_answer_may_take_as_long_as_it_takes() -> None:
    async def story(protocol: Guarded, wire: Wire) -> None:
        protocol.data_received(WHOLE)
        await asyncio.sleep(59)
        assert not wire.closed
        await asyncio.sleep(2)
        assert wire.written.startswith(b"HTTP/1.1 200")
        assert not wire.closed

    play(story)


def test_the_next_head_has_ten_seconds_from_its_first_byte() -> None:
    async def story(protocol: Guarded, wire: Wire) -> None:
        protocol.data_received(WHOLE)
        await asyncio.sleep(62)
        protocol.data_received(b"POST")
        await asyncio.sleep(9)
        assert not wire.closed
        await asyncio.sleep(2)
        assert wire.closed

    play(story)


def test_between_two_requests_a_connection_rests_five_seconds() -> None:
    async def story(protocol: Guarded, wire: Wire) -> None:
        protocol.data_received(WHOLE)
        await asyncio.sleep(64)
        assert not wire.closed
        await asyncio.sleep(2)
        assert wire.closed

    play(story)


@pytest.mark.parametrize(("lines", "status"), [(9_000, b"HTTP/1.1 200"), (12_000, b"HTTP/1.1 400")])
def test_a_head_that_comes_at_once_has_the_same_bound(lines: int, status: bytes) -> None:
    async def story(protocol: Guarded, wire: Wire) -> None:
        protocol.data_received(b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * lines + b"\r\n")
        await asyncio.sleep(61)
        assert wire.written.startswith(status)

    play(story)


def test_a_body_is_no_part_of_a_head() -> None:
    async def story(protocol: Guarded, wire: Wire) -> None:
        head = b"POST / HTTP/1.1\r\nContent-Length: 200000\r\n\r\n"
        protocol.data_received(head + b"x" * 200_000)
        await asyncio.sleep(61)
        assert wire.written.startswith(b"HTTP/1.1 200")

    play(story)


def test_choosing_the_loop_leaves_the_log_as_it_was_set_up(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def story(protocol: Guarded, wire: Wire) -> None:
        protocol.data_received(b"\x16\x03\x01 this is no HTTP\r\n\r\n")
        assert b"400" in wire.written

    handlers = [*logging.getLogger("uvicorn").handlers]
    loop()
    play(story)

    assert logging.getLogger("uvicorn").handlers == handlers
    assert caplog.messages == []
