"""What goes wrong on the way to the API, and is told as a problem all the same."""

import pytest

from dragoman.web import bodies
from dragoman.web.shelf import Shelf
from tests.web.conftest import TOKEN, Door
from tests.web.wire import SOON, connect, status


def head(path: str, length: int) -> bytes:
    lines = [
        f"POST /api/v1/{path} HTTP/1.1",
        "Host: localhost",
        f"Authorization: Bearer {TOKEN}",
        f"Content-Length: {length}",
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n"


async def test_a_body_that_does_not_come_is_not_waited_for(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "_PATIENCE", SOON)
    streams = await connect(int(door.address.rpartition(":")[2]))

    streams[1].write(head("operations/highlevel.contacts.get", 100) + b'{"input"')

    assert await status(streams) == 408
    streams[1].close()


@pytest.mark.parametrize("key", ["two words", "é", "x" * 256, "tab\tbed"])
async def test_what_is_no_key_is_refused_and_begins_nothing(key: str, door: Door) -> None:
    body = {"input": {"contactId": "abc", "tags": ["vip"]}}
    path = "/api/v1/operations/highlevel.contacts.add_tags"

    refused = await door.ask("POST", path, body, key=key)

    assert refused.status == 400
    assert "Idempotency-Key" in refused.body["detail"]
    assert await door.parts.journal.store.read("runs.live") == []


async def test_what_nobody_foresaw_is_a_problem_without_its_words(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ValueError("canary")

    monkeypatch.setattr(Shelf, "_whole", fail)

    broken = await door.ask("GET", "/api/v1/operations/highlevel.contacts.get")

    assert broken.status == 500
    assert broken.kind == "application/problem+json"
    assert "canary" not in str(broken.body)
    assert broken.body["fix"]
