"""A client from its import to its end."""

import asyncio
import subprocess
import sys

import pytest

from dragoman.http.client import Client, Transport
from dragoman.kernel.errors import AnswerLost
from tests.http.peers import GET, Line, peer


async def test_cancelling_a_call_cancels_it(http: Client) -> None:
    reading = asyncio.Event()

    async def stall(line: Line) -> None:
        await line.request()
        reading.set()
        await line.stall()

    async with peer(stall) as server:
        task = asyncio.create_task(http.send(server.url, GET))
        await reading.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


async def test_closing_the_client_loses_what_is_under_way() -> None:
    reading = asyncio.Event()

    async def stall(line: Line) -> None:
        await line.request()
        reading.set()
        await line.stall()

    async with peer(stall) as server:
        http = Client()
        lost = asyncio.create_task(http.send(server.url, GET))
        await reading.wait()
        await http.close()
        with pytest.raises(AnswerLost):
            await lost


async def test_closing_ends_what_waits_for_a_connection() -> None:
    http = Client(connections=1)
    reading = asyncio.Event()

    async def stall(line: Line) -> None:
        await line.request()
        reading.set()
        await line.stall()

    async with peer(stall) as server:
        calls = [asyncio.create_task(http.send(server.url, GET)) for _ in range(3)]
        await reading.wait()
        await http.close()
        ended = await asyncio.gather(*calls, return_exceptions=True)

    assert [type(error) for error in ended] == [AnswerLost] * 3


def test_the_client_is_a_transport() -> None:
    transport: Transport = Client()

    assert isinstance(transport, Client)


def test_importing_the_client_does_not_import_the_library() -> None:
    code = "import sys, dragoman.http.client; sys.exit('aiohttp' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603
