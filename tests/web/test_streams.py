"""Files handed on bit by bit: whole, or so that nobody takes them for whole."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import aiohttp
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dragoman.catalog.wire import Sink
from dragoman.kernel.errors import AnswerLost, Rejected
from dragoman.web import problems
from dragoman.web.streams import streamed
from tests.web.wire import listening

Work = Callable[[Sink], Awaitable[Any]]
BIT = bytes(range(256)) * 256
BITS = 50


@asynccontextmanager
async def asked(work: Work) -> AsyncIterator[aiohttp.ClientResponse]:
    """The answer to a request that is answered with what the work writes."""

    async def endpoint(work: Work, _: Request) -> Response:
        try:
            return await streamed(work)
        except Rejected as error:
            return problems.answer(error)

    app = Starlette(routes=[Route("/", partial(endpoint, work))])
    async with (
        listening(app) as (listener, _),
        aiohttp.ClientSession() as session,
        session.get(listener.address) as answer,
    ):
        yield answer


async def sound(sink: Sink, bits: int = BITS, length: int | None = BITS * len(BIT)) -> None:
    await sink.begin("audio/x-wav", length)
    for _ in range(bits):
        await sink.write(BIT)


@pytest.mark.parametrize("length", [BITS * len(BIT), None])
async def test_what_is_written_is_what_is_read(length: int | None) -> None:
    async with asked(partial(sound, length=length)) as answer:
        assert await answer.read() == BIT * BITS
        assert answer.headers["content-type"] == "audio/x-wav"
        assert answer.headers["x-content-type-options"] == "nosniff"


async def test_where_there_is_nothing_nothing_comes() -> None:
    async def nothing(_: Sink) -> None:
        pass

    async with asked(nothing) as answer:
        assert (answer.status, await answer.read()) == (204, b"")


async def test_what_fails_before_its_first_bit_is_a_problem() -> None:
    async def refused(_: Sink) -> None:
        raise Rejected("HighLevel answered 403", status=403)

    async with asked(refused) as answer:
        assert (answer.status, answer.content_type) == (424, problems.TYPE)


@pytest.mark.parametrize("length", [BITS * len(BIT), None])
async def test_what_fails_later_is_never_taken_for_whole(
    length: int | None, caplog: pytest.LogCaptureFixture
) -> None:
    async def cut(sink: Sink) -> None:
        await sound(sink, 3, length)
        raise AnswerLost("the connection broke")

    async with asked(cut) as answer:
        assert answer.status == 200
        with pytest.raises(aiohttp.ClientPayloadError):
            await answer.read()
    caplog.clear()


async def test_a_type_that_is_none_is_not_repeated() -> None:
    async def odd(sink: Sink) -> None:
        await sink.begin("text/html\r\nX-Injected: 1", 1)
        await sink.write(b"x")

    async with asked(odd) as answer:
        assert answer.content_type == "application/octet-stream"
        assert "x-injected" not in answer.headers


async def test_who_goes_away_ends_the_work() -> None:
    ended = asyncio.Event()

    async def endless(sink: Sink) -> None:
        await sink.begin("audio/x-wav", None)
        try:
            while True:
                await sink.write(BIT)
        finally:
            ended.set()

    async with asked(endless) as answer:
        await answer.content.readexactly(len(BIT))
        answer.close()
        await ended.wait()


async def test_who_reads_slowly_is_waited_for() -> None:
    written = 0

    async def counted(sink: Sink) -> None:
        nonlocal written
        await sink.begin("audio/x-wav", None)
        for _ in range(2000):
            await sink.write(BIT)
            written += 1

    async with asked(counted) as answer:
        await answer.content.readexactly(len(BIT))
        for _ in range(100):
            await asyncio.sleep(0)
        assert written < 1000
