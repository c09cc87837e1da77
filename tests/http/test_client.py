"""What arrives at the server, and what comes back."""

import ssl
from pathlib import Path

import pytest

from dragoman.catalog.wire import Answer, Request
from dragoman.http.client import Client
from dragoman.kernel.errors import DefinitionError
from tests.http.certificates import Certificate
from tests.http.peers import CHUNKED, GET, OK, answer, answering, peer, reply


async def target(http: Client, request: Request, under: str = "") -> bytes:
    """The request target as the server read it."""
    async with peer(answering(OK)) as server:
        await http.send(server.url + under, request)
    return server.heads[0].split(b" ")[1]


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
