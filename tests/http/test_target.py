"""What is refused before anything touches the network."""

import pytest

from dragoman.catalog.wire import Request
from dragoman.http.client import Client
from dragoman.kernel.errors import BadInput, DefinitionError
from tests.http.peers import GET, OK, answering, peer


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
