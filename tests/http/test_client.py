"""What arrives at the server, and what comes back."""

import asyncio
import gzip
import ssl
import subprocess
import sys
import tracemalloc
import zlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from dragoman.catalog.wire import Answer, Request
from dragoman.http.client import Client, Transport
from dragoman.kernel.errors import (
    AnswerLost,
    BadAnswer,
    BadInput,
    DefinitionError,
    DragomanError,
    PermanentError,
)
from tests.http.certificates import Certificate
from tests.http.peers import OK, Line, Script, answer, answering, peer

GET = Request("GET", "/")
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.fixture
async def http() -> AsyncIterator[Client]:
    client = Client(deadline=5.0)
    yield client
    await client.close()


async def target(http: Client, request: Request, under: str = "") -> bytes:
    """The request target as the server read it."""
    async with peer(answering(OK)) as server:
        await http.send(server.url + under, request)
    return server.heads[0].split(b" ")[1]


async def reply(http: Client, raw: bytes, request: Request = GET) -> Answer:
    async with peer(answering(raw)) as server:
        return await http.send(server.url, request)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/contacts/",
        "//contacts//x",
        "/%2E%2E/%2e%2E/admin",
        "/a/../b/./c",
        "/a%2Fb%2f",
        "/ada%40example.com",
        "/ada@example.com",
        "/%C3%A9%20%25%23%3F",
        "/a;b=c,d:e!$&'()*+~_.-",
        "/http://elsewhere.test/",
    ],
)
async def test_the_path_arrives_as_given(http: Client, path: str) -> None:
    assert await target(http, Request("GET", path)) == path.encode()


async def test_the_path_of_the_base_url_comes_first(http: Client) -> None:
    assert await target(http, Request("GET", "/x/"), under="/api/%2F/") == b"/api/%2F/x/"


async def test_the_query_is_encoded_strictly_and_keeps_its_order(http: Client) -> None:
    query = (("b[]", "a+b c"), ("a", "x&y=z/?#%"), ("b[]", "é@ü"), ("e", ""), ("s", "a;b~-_."))

    arrived = await target(http, Request("GET", "/q", query))

    assert arrived == (
        b"/q?b%5B%5D=a%2Bb%20c&a=x%26y%3Dz%2F%3F%23%25&b%5B%5D=%C3%A9%40%C3%BC&e=&s=a%3Bb~-_."
    )


async def test_headers_and_body_arrive_as_given_and_nothing_is_guessed(http: Client) -> None:
    request = Request("PUT", "/", (), {"Authorization": "Bearer x", "Version": "1"}, b'{"a":1}')
    async with peer(answering(OK)) as server:
        await http.send(server.url, request)

    lines = server.heads[0].strip().split(b"\r\n")
    assert lines == [
        b"PUT / HTTP/1.1",
        b"Host: " + server.url.removeprefix("http://").encode(),
        b"User-Agent: dragoman",
        b"Accept: */*",
        b"Accept-Encoding: gzip",
        b"Authorization: Bearer x",
        b"Version: 1",
        b"Content-Length: 7",
    ]
    assert server.bodies == [b'{"a":1}']


async def test_a_request_may_have_its_own_accept_header(http: Client) -> None:
    async with peer(answering(OK)) as server:
        await http.send(server.url, Request("GET", "/", (), {"accept": "text/csv"}))

    assert server.heads[0].lower().count(b"accept:") == 1
    assert b"text/csv" in server.heads[0]


async def test_a_large_body_arrives_whole(http: Client) -> None:
    body = bytes(range(256)) * 20_000
    async with peer(answering(OK)) as server:
        await http.send(server.url, Request("POST", "/", body=body))

    assert server.bodies == [body]


async def test_the_answer_is_whole_and_its_header_names_are_lower_case(http: Client) -> None:
    got = await reply(http, answer(b"hello", "X-One: 1", "X-Two: a", "x-TWO: b"))

    assert got == Answer(200, {"content-length": "5", "x-one": "1", "x-two": "a, b"}, b"hello")


async def test_header_values_are_always_text_that_can_be_stored(http: Client) -> None:
    raw = b"HTTP/1.1 200 OK\r\nX-Good: \xc3\xa9\r\nX-Bad: \xff\r\nContent-Length: 0\r\n\r\n"

    got = await reply(http, raw)

    assert got.headers["x-good"] == "é"
    assert got.headers["x-bad"] == "?"


@pytest.mark.parametrize("status", ["204 No Content", "304 Not Modified", "205 Reset Content"])
async def test_an_answer_without_body_needs_no_length(http: Client, status: str) -> None:
    got = await reply(http, f"HTTP/1.1 {status}\r\n\r\n".encode())

    assert got.body == b""


@pytest.mark.parametrize("length", [b"", b"Content-Length: 100000000\r\n"])
async def test_head_may_have_a_length_and_never_a_body(http: Client, length: bytes) -> None:
    got = await reply(http, b"HTTP/1.1 200 OK\r\n" + length + b"\r\n", Request("HEAD", "/"))

    assert (got.status, got.body) == (200, b"")


async def test_an_error_page_that_ends_with_the_connection_is_an_answer(http: Client) -> None:
    got = await reply(http, b"HTTP/1.0 503 Service Unavailable\r\n\r\n<html>")

    assert (got.status, got.body) == (503, b"<html>")


async def test_an_interim_answer_is_skipped(http: Client) -> None:
    got = await reply(http, b"HTTP/1.1 103 Early Hints\r\n\r\n" + OK)

    assert (got.status, got.body) == (200, b"hi")


async def test_chunks_are_joined(http: Client) -> None:
    got = await reply(http, CHUNKED + b"2\r\nab\r\n3\r\ncde\r\n0\r\n\r\n")

    assert got.body == b"abcde"


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "307 Again", "308 Moved"])
async def test_a_redirect_is_only_an_answer(http: Client, status: str) -> None:
    async with peer(answering(OK)) as elsewhere:
        moved = answer(b"", f"Location: {elsewhere.url}/x", status=status)
        async with peer(answering(moved)) as server:
            got = await http.send(server.url, GET)

    assert got.status == int(status[:3])
    assert elsewhere.connections == 0


async def test_cookies_are_ignored(http: Client) -> None:
    setting = answer(b"", "Set-Cookie: a=b; Path=/")
    async with peer(answering(setting, OK)) as server:
        named = server.url.replace(
            "127.0.0.1", "localhost"
        )  # libraries keep none of a bare address
        await http.send(named, GET)
        await http.send(named, GET)

    assert b"cookie" not in server.heads[1].lower()


async def test_the_environment_names_no_proxy_and_no_password(
    http: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login ada password s3cret")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    async with peer(answering(OK)) as proxy, peer(answering(OK)) as server:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        await http.send(server.url, GET)

    assert proxy.connections == 0
    assert b"authorization" not in server.heads[0].lower()


async def test_a_connection_is_used_again(http: Client) -> None:
    async with peer(answering(OK, OK, OK)) as server:
        for _ in range(3):
            await http.send(server.url, GET)

    assert server.connections == 1


async def test_tls_works_with_a_trusted_certificate(tmp_path: Path) -> None:
    certificate = Certificate(tmp_path)
    http = Client(tls=certificate.trusting())
    async with peer(answering(OK), certificate.server()) as server:
        got = await http.send(server.url, GET)
        await http.close()

    assert got.body == b"hi"


def test_a_tls_context_that_trusts_anybody_is_refused() -> None:
    careless = ssl.create_default_context()
    careless.check_hostname = False
    careless.verify_mode = ssl.CERT_NONE

    with pytest.raises(DefinitionError):
        Client(tls=careless)


# --- caps ------------------------------------------------------------------------------------


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
    "packed", [gzip.compress(bytes(100_000)), 2 * gzip.compress(bytes(50_000))]
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
        await reply(http, answer(gzip.compress(b"hello" * 1000)[:-missing], PACKED))


@pytest.mark.parametrize("packed", [b"hello", gzip.compress(b"x") + b"x", 101 * gzip.compress(b"")])
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


# --- refused before the network --------------------------------------------------------------


@pytest.mark.parametrize(
    "request_",
    [
        Request("GET", "contacts"),
        Request("GET", ""),
        Request("GET", "/a b"),
        Request("GET", "/a?b=c"),
        Request("GET", "/a#b"),
        Request("GET", "/é"),
        Request("GET", "/%zz"),
        Request("GET", "/%2"),
        Request("GET", "/a\r\nX: y"),
        Request("GET", "/a\n"),
        Request("get", "/"),
        Request("GET / HTTP/1.1\r\nX: y\r\n\r\nGET", "/"),
        Request("GET", "/", (), {"X": "a\r\nY: b"}),
        Request("GET", "/", (), {"X": "a\n"}),
        Request("GET", "/", (), {"X": "é"}),
        Request("GET", "/", (), {"X Y": "a"}),
        Request("GET", "/", (), {"": "a"}),
        Request("GET", "/", (("a", "\ud800"),)),
    ],
    ids=repr,
)
async def test_a_request_that_would_not_arrive_as_written_is_refused(
    http: Client, request_: Request
) -> None:
    async with peer(answering(OK)) as server:
        with pytest.raises(BadInput):
            await http.send(server.url, request_)

    assert server.connections == 0


@pytest.mark.parametrize(
    "base_url",
    [
        "",
        "example.com",
        "ftp://example.com",
        "http://example.com",
        "http://127.0.0.1.example.com",
        "https://ada:s3cret@example.com",
        "https://@example.com",
        "https://example.com?x=s3cret",
        "https://example.com/#s3cret",
        "https://example.com/a b",
        "https://exa mple.com",
        "https://example.com:99999",
        "https://[::1",
        "https://",
    ],
)
async def test_a_base_url_that_is_more_than_a_place_is_refused(http: Client, base_url: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        await http.send(base_url, GET)

    assert "s3cret" not in str(caught.value)


# --- around ----------------------------------------------------------------------------------


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


def test_an_oversized_answer_is_not_asked_for_again() -> None:
    assert issubclass(BadAnswer, PermanentError)


def test_the_client_is_a_transport() -> None:
    transport: Transport = Client()

    assert isinstance(transport, Client)


def test_importing_the_client_does_not_import_the_library() -> None:
    code = "import sys, dragoman.http.client; sys.exit('aiohttp' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603
