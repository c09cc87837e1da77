"""Pins which failures mean "not sent" and which mean "the answer is lost".

A wrong NotSent doubles a message, a wrong AnswerLost bothers a person. Run after every
change of the HTTP library.
"""

import asyncio
import socket
from collections.abc import Sequence
from pathlib import Path

import pytest

from dragoman.http.client import Client
from dragoman.kernel.errors import AnswerLost, NotSent
from tests.http.certificates import Certificate
from tests.http.peers import OK, Line, Script, answering, free_port, peer
from tests.http.sending import QUICK, client, failing, request


class NoNames:
    async def addresses(self, host: str) -> Sequence[str]:
        raise OSError(f"no address for {host}")


class SlowNames:
    async def addresses(self, host: str) -> Sequence[str]:
        await asyncio.Event().wait()
        return [host]


class ThisMachine:
    async def addresses(self, host: str) -> Sequence[str]:
        del host
        return ["127.0.0.1"]


# --- before a connection existed: not sent ---------------------------------------------------


async def test_refused_is_not_sent() -> None:
    async with client() as http:
        error = await failing(http, f"http://127.0.0.1:{free_port()}", request())

    assert type(error) is NotSent


async def test_a_name_without_address_is_not_sent() -> None:
    http = Client(resolver=NoNames())
    error = await failing(http, "https://nowhere.invalid", request())
    await http.close()

    assert type(error) is NotSent
    assert "nowhere.invalid" in error.message


async def test_a_resolver_that_stalls_is_not_sent() -> None:
    http = Client(resolver=SlowNames(), connect=QUICK)
    error = await failing(http, "https://nowhere.invalid", request())
    await http.close()

    assert type(error) is NotSent


async def test_a_deadline_never_strikes_while_still_connecting() -> None:
    http = Client(resolver=SlowNames(), connect=30.0, deadline=QUICK)
    error = await failing(http, "https://nowhere.invalid", request())
    await http.close()

    assert type(error) is NotSent


async def test_a_connection_that_is_never_accepted_is_not_sent() -> None:
    with socket.socket() as full, socket.socket() as first, socket.socket() as second:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        for filler in (first, second):
            filler.setblocking(False)
            filler.connect_ex(full.getsockname())
        async with client(connect=QUICK) as http:
            error = await failing(http, f"http://127.0.0.1:{full.getsockname()[1]}", request())

    assert type(error) is NotSent


async def test_waiting_too_long_for_a_free_connection_is_not_sent() -> None:
    reading = asyncio.Event()

    async def stall(line: Line) -> None:
        await line.request()
        reading.set()
        await line.stall()

    async with peer(stall) as server, client(connect=QUICK, connections=1) as http:
        first = asyncio.create_task(http.send(server.url, request()))
        await reading.wait()
        error = await failing(http, server.url, request())
        first.cancel()
        await asyncio.wait([first])

    assert type(error) is NotSent
    assert len(server.heads) == 1


async def test_an_unknown_certificate_is_not_sent(tmp_path: Path) -> None:
    async with peer(answering(OK), Certificate(tmp_path).server()) as server, client() as http:
        error = await failing(http, server.url, request())

    assert type(error) is NotSent
    assert server.heads == []


async def test_a_certificate_for_another_name_is_not_sent(tmp_path: Path) -> None:
    certificate = Certificate(tmp_path)
    async with peer(answering(OK), certificate.server()) as server:
        http = Client(resolver=ThisMachine(), tls=certificate.trusting())
        error = await failing(http, server.url.replace("localhost", "elsewhere.test"), request())
        await http.close()

    assert type(error) is NotSent
    assert server.heads == []


async def accept_and_stall(line: Line) -> None:
    await line.stall()


async def accept_and_close(line: Line) -> None:
    await line.close()


async def accept_and_reset(line: Line) -> None:
    await line.reset()


async def speak_plain(line: Line) -> None:
    await line.send(OK)
    await line.drain()


@pytest.mark.parametrize(
    "script", [accept_and_stall, accept_and_close, accept_and_reset, speak_plain]
)
async def test_a_tls_handshake_that_fails_is_not_sent(script: Script) -> None:
    async with peer(script) as server, client(connect=QUICK) as http:
        error = await failing(http, server.url.replace("http", "https"), request())

    assert type(error) is NotSent


async def test_a_closed_client_sends_nothing() -> None:
    async with peer(answering(OK)) as server:
        http = Client()
        await http.close()
        error = await failing(http, server.url, request())

    assert type(error) is NotSent
    assert server.connections == 0


# --- after a connection existed: the answer is lost ------------------------------------------


async def at_accept(line: Line) -> None:
    del line


async def inside_the_request(line: Line) -> None:
    await line.head()


async def after_the_request(line: Line) -> None:
    await line.request()


HALVES = {
    "half a status line": b"HTTP/1.1 20",
    "half the headers": b"HTTP/1.1 200 OK\r\nContent-Le",
    "half a body": b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello",
    "no last chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n",
    "a bad chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhi\r\n0\r\n\r\n",
    "no length": b"HTTP/1.1 200 OK\r\n\r\nhi",
    "not HTTP": b"SSH-2.0-OpenSSH_9.2\r\n",
    "only an interim answer": b"HTTP/1.1 102 Processing\r\n\r\n",
}


def ending(half: bytes, end: str) -> Script:
    async def script(line: Line) -> None:
        await line.send(half)
        await {"close": line.close, "reset": line.reset, "stall": line.stall}[end]()

    return script


ENDINGS = {f"nothing, then {end}": ending(b"", end) for end in ("close", "reset", "stall")}
ENDINGS |= {f"{name}, then close": ending(half, "close") for name, half in HALVES.items()}
ENDINGS |= {f"{name}, then reset": ending(half, "reset") for name, half in HALVES.items()}
ENDINGS["half a body, then stall"] = ending(HALVES["half a body"], "stall")
STALLS = [ENDINGS["nothing, then stall"], ENDINGS["half a body, then stall"]]


@pytest.mark.parametrize("moment", [at_accept, inside_the_request, after_the_request])
@pytest.mark.parametrize("end", ENDINGS.values(), ids=ENDINGS)
async def test_whatever_breaks_later_is_an_answer_lost(moment: Script, end: Script) -> None:
    async def script(line: Line) -> None:
        await moment(line)
        await end(line)

    body = bytes(4_000_000) if moment is inside_the_request else b"hello-body"
    deadline = QUICK if end in STALLS else 5.0
    async with peer(script) as server, client(deadline=deadline) as http:
        error = await failing(http, server.url, request(body=body))

    assert type(error) is AnswerLost
    assert server.connections == 1


async def test_a_break_after_the_tls_handshake_is_an_answer_lost(tmp_path: Path) -> None:
    certificate = Certificate(tmp_path)
    async with peer(after_the_request, certificate.server()) as server:
        http = Client(tls=certificate.trusting())
        error = await failing(http, server.url, request())
        await http.close()

    assert type(error) is AnswerLost
    assert len(server.bodies) == 1
