"""A request goes out once, whatever happens to its connection."""

import aiohttp
import pytest

from dragoman.kernel.errors import AnswerLost
from tests.http.peers import OK, Line, Script, peer
from tests.http.sending import client, failing, request


def breaking_at_the_second(end: str) -> Script:
    """Answer one request, read a second on the same connection, then break."""

    async def script(line: Line) -> None:
        await line.request()
        await line.send(OK)
        await line.request()
        await {"close": line.close, "reset": line.reset}[end]()

    return script


@pytest.mark.parametrize("end", ["close", "reset"])
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "POST", "OPTIONS", "TRACE"])
async def test_nothing_is_sent_twice(method: str, end: str) -> None:
    async with peer(breaking_at_the_second(end)) as server, client() as http:
        await http.send(server.url, request("POST"))
        error = await failing(http, server.url, request(method, body=b"x"))

    assert type(error) is AnswerLost
    assert len(server.bodies) == 2
    assert server.connections == 1


@pytest.mark.parametrize("end", ["close", "reset"])
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
async def test_the_library_alone_would_send_twice(method: str, end: str) -> None:
    """Why `session._once` exists; when this fails, it can go."""
    async with peer(breaking_at_the_second(end)) as server, aiohttp.ClientSession() as bare:
        async with bare.post(server.url) as answer:
            await answer.read()
        async with bare.request(method, server.url, data=b"x") as answer:
            await answer.read()

    assert len(server.bodies) == 3
    assert server.connections == 2
