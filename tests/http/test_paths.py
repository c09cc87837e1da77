"""Values in paths, as a server gets them: each is one segment of the same call, or refused."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import pytest

from dragoman.catalog.building import V3, Builder
from dragoman.catalog.entries import Operation, Parameter
from dragoman.catalog.samples import sample
from dragoman.http.client import Client
from dragoman.kernel.errors import BadInput
from tests.catalog.shipped import CALLS, name
from tests.http.peers import OK, Line, peer

FACTS = {"location_id": "loc", "company_id": "company", "account_id": "10001"}
HOSTILE = (
    *(".", "..", "...", "%2e%2e", "%2E", "%00", "a/b", "/", "//", "../..", "..%2f..", "a/../b"),
    *("?x=1", "#", "a?", "\\", "..\\..", ";", ";a=b", "a b", "+", "&", "=", "@", ":80", "{x}", "*"),
    *("\u2215", "\u2044", "\uff0f", "\uff0e\uff0e", "\u202e", "\u0085", "\u2028", "é", "💥"),
    *("\x00", "\n", "\r\nX: y", "\t", "\x7f", "", " ", "\ud800"),
    *("http://example.com/", "a" * 2000, "Q" * 10_000),
)
WITH_PATHS = [
    one
    for one in CALLS
    if one.callable and any(given.place == "path" for given in one.input.values())
]
LITERAL = {part for one in CALLS for part in f"{one.path}/{one.v3}".split("/") if "{" not in part}


async def answering(line: Line) -> None:
    while True:
        await line.request()
        await line.send(OK)


def in_paths(operation: Operation) -> list[Parameter]:
    return [one for one in operation.input.values() if one.place == "path"]


def tries(operation: Operation) -> Iterator[tuple[dict[str, Any], Parameter, str]]:
    """Each hostile value in one place of the path, beside what is usual in the others."""
    usual = sample(operation)
    for number, value in enumerate(HOSTILE):
        given = in_paths(operation)
        one = given[number % len(given)]
        yield {**usual, one.name: value}, one, value


@pytest.mark.parametrize(
    ("operation", "version"),
    [
        *((one, "") for one in WITH_PATHS),
        *((one, V3) for one in WITH_PATHS if one.v3 not in {"", one.path}),
    ],
    ids=lambda one: one if isinstance(one, str) else name(one),
)
async def test_a_value_stays_the_segment_that_it_is(
    operation: Operation, version: str, http: Client
) -> None:
    builder = Builder(operation, version)
    shape = (operation.v3 if version else operation.path).split("/")
    async with peer(answering) as server:
        for given, one, value in tries(operation):
            sent = len(server.heads)
            try:
                await http.send(server.url, builder.build(builder.complete(given, FACTS)))
            except BadInput:
                assert len(server.heads) == sent
                continue
            received = server.heads[-1].split(b" ")[1].decode("ascii").partition("?")[0].split("/")
            wire = operation.v3_names.get(one.name, one.wire) if version else one.wire
            assert len(received) == len(shape)
            for part, segment in zip(shape, received, strict=True):
                if "{" not in part:
                    assert segment == part
            assert unquote(received[shape.index("{" + wire + "}")], errors="strict") == value
            assert value not in {"", ".", ".."}


def is_also(shape: list[str], path: list[str], place: int) -> bool:
    """Whether a path is that of another call because of what stands in one place."""
    alike = len(shape) == len(path) and "{" not in shape[place]
    return alike and all(
        "{" in part or part.lower() == segment.lower()
        for part, segment in zip(shape, path, strict=True)
    )


@pytest.mark.parametrize("operation", WITH_PATHS, ids=name)
def test_no_word_makes_it_another_call(operation: Operation) -> None:
    """Not even one that stands in the path of another: an id `all` must not mean all."""
    others = [
        path.split("/")
        for other in CALLS
        if (other.vendor, other.method) == (operation.vendor, operation.method)
        for path in {other.path, other.v3} - {"", operation.path, operation.v3}
    ]
    builder, usual = Builder(operation), sample(operation)
    for one in in_paths(operation):
        place = operation.path.split("/").index("{" + one.wire + "}")
        for word in sorted(LITERAL | {"ALL", "removeall"}):
            try:
                request = builder.build(builder.complete({**usual, one.name: word}, FACTS))
            except BadInput:
                continue
            path = request.path.split("/")
            assert not any(is_also(shape, path, place) for shape in others), word


def test_there_are_such_words_and_they_are_refused() -> None:
    known = {one.id: one.elsewhere for one in CALLS if one.elsewhere}

    assert known["acton.custom_objects.delete"] == {"objectId": ("all",)}
    assert known["acton.lists.merge"] == {"listid": ("optin", "optout")}
    assert known["highlevel.contacts.remove_from_campaign"] == {
        "campaignId": ("remove-all", "removeall")
    }
