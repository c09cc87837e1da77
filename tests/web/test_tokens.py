"""Tokens of programs: made once, kept as a hash, refused when they end; nowhere in clear."""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from dragoman import wiring
from dragoman.kernel.chance import SeededChance
from dragoman.kernel.clock import DAY, MINUTE, Millis
from dragoman.kernel.points import NoPoints
from dragoman.settings import Settings
from dragoman.vault import keyfile
from dragoman.web.doors import doors
from dragoman.web.listener import listen
from dragoman.wiring import Rims, database
from tests.engine.transport import InProcess
from tests.web.conftest import FLOW, TOKEN, WORKSPACE, Door

START: Millis = 1_800_000_000_000
ARM = {"text": FLOW, "file": "flows/tagging.yaml"}
ALL = ["*:read", "*:write", "*:delete", "flows:read", "flows:write", "runs:read"]


class SetClock:
    """A clock that goes when a test says so."""

    def __init__(self) -> None:
        self.time = START

    def now(self) -> Millis:
        return self.time

    def ticks(self) -> float:
        return self.time / 1000

    async def sleep(self, seconds: float) -> None:
        self.time += round(seconds * 1000)


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
async def door(tmp_path: Path, clock: SetClock) -> AsyncIterator[Door]:
    (tmp_path / "dragoman.yaml").write_text(WORKSPACE)
    key = tmp_path / "master.key"
    keyfile.create(key, SeededChance(1))
    rims = Rims(clock, SeededChance(2), InProcess({}), NoPoints())
    async with wiring.opened(tmp_path, Settings(master_key_file=str(key)), rims) as parts:
        await parts.roster.load()
        listener = await listen(doors(parts, TOKEN, "127.0.0.1"), "127.0.0.1", 0)
        yield Door(listener.address, parts)
        await listener.stop()


async def made(door: Door, *scopes: str, name: str = "reports", days: int | None = None) -> str:
    """A new token's text."""
    asked = {"name": name, "scopes": list(scopes), "days": days}
    answer = await door.ask("POST", "/api/v1/tokens", asked)
    assert answer.status == 200, answer.body
    return str(answer.body["token"])


def contents(folder: Path) -> dict[Path, bytes]:
    return {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}


async def test_a_token_is_long_random_and_told_once(door: Door) -> None:
    first = await made(door, "*:read")
    second = await made(door, "*:read", name="other")

    for text in (first, second):
        assert re.fullmatch(r"drg_[A-Za-z0-9_-]{43}", text)
    assert first != second
    assert first not in repr(await door.parts.tokens.all())


async def test_its_text_is_nowhere_on_disk(door: Door, tmp_path: Path) -> None:
    token = await made(door, *ALL)
    assert (await door.ask("GET", "/api/v1/flows", token=token)).status == 200
    body = {"input": {"contactId": "abc", "tags": ["vip"]}}
    path = "/api/v1/operations/highlevel.contacts.add_tags"
    begun = await door.ask("POST", path, body, token=token, prefer="respond-async", key="k-1")
    assert begun.status == 202

    kept = contents(tmp_path)
    assert b"reports" in kept[database(tmp_path).with_name("dragoman.db-wal")]
    for file, content in kept.items():
        assert token[4:].encode() not in content, file


async def test_its_text_is_in_no_log(door: Door, capfd: pytest.CaptureFixture[str]) -> None:
    token = await made(door, "flows:write")
    await door.ask("POST", "/api/v1/flows/tagging/arm", ARM, token=token)
    await door.ask("GET", "/api/v1/flows", token=token)
    await door.ask("GET", "/api/v1/flows", token=token + "x")

    said = capfd.readouterr()

    assert "flow changed" in said.out + said.err
    assert token[4:] not in said.out + said.err


async def test_a_revoked_token_is_refused_at_once(door: Door) -> None:
    token = await made(door, "flows:read")
    before = await door.ask("GET", "/api/v1/flows", token=token)
    revoked = await door.ask("DELETE", "/api/v1/tokens/reports")
    after = await door.ask("GET", "/api/v1/flows", token=token)

    assert (before.status, revoked.status, after.status) == (200, 200, 401)
    assert after.body["fix"]
    again = await door.ask("DELETE", "/api/v1/tokens/reports")
    assert (again.status, again.body["code"]) == (422, "definition")


async def test_a_name_is_free_again_after_that(door: Door) -> None:
    first = await made(door, "flows:read")
    taken = await door.ask("POST", "/api/v1/tokens", {"name": "reports", "scopes": ["*:read"]})
    await door.ask("DELETE", "/api/v1/tokens/reports")
    second = await made(door, "flows:read")

    assert taken.status == 422
    assert (await door.ask("GET", "/api/v1/flows", token=first)).status == 401
    assert (await door.ask("GET", "/api/v1/flows", token=second)).status == 200


async def test_a_token_ends_on_its_day(door: Door, clock: SetClock) -> None:
    token = await made(door, "flows:read", days=2)

    clock.time = START + 2 * DAY - 1
    assert (await door.ask("GET", "/api/v1/flows", token=token)).status == 200
    clock.time = START + 2 * DAY
    assert (await door.ask("GET", "/api/v1/flows", token=token)).status == 401


async def test_its_last_use_is_known_to_the_minute(door: Door, clock: SetClock) -> None:
    token = await made(door, "flows:read")
    used = []
    for later in (0, 5_000, MINUTE, MINUTE + 1):
        clock.time = START + later
        await door.ask("GET", "/api/v1/flows", token=token)
        used += [one.used_at for one in await door.parts.tokens.all()]

    assert used == [START, START, START + MINUTE, START + MINUTE]


@pytest.mark.parametrize(
    ("method", "path", "scope"),
    [
        ("GET", "/api/v1/flows", "flows:read"),
        ("POST", "/api/v1/flows/tagging/arm", "flows:write"),
        ("POST", "/api/v1/flows/tagging/pause", "flows:write"),
        ("GET", "/api/v1/runs/0195f6a0", "runs:read"),
        ("POST", "/api/v1/operations/highlevel.contacts.get", "highlevel.contacts:read"),
        ("POST", "/api/v1/operations/highlevel.messages.send", "highlevel.messages:write"),
        ("POST", "/api/v1/operations/highlevel.contacts.delete", "highlevel.contacts:delete"),
        ("POST", "/api/v1/operations/dragoman.sentiment.call", "dragoman.sentiment:read"),
    ],
)
async def test_a_missing_scope_is_named_and_how_to_get_it(
    method: str, path: str, scope: str, door: Door
) -> None:
    others = [one for one in (*ALL, "acton.*:read", "acton.*:write") if one != scope]
    if not scope.startswith(("flows", "runs")):
        others = [one for one in others if not one.startswith("*")]
    token = await made(door, *others)

    refused = await door.ask(method, path, {}, token=token)

    assert refused.status == 403
    assert refused.kind == "application/problem+json"
    assert scope in refused.body["detail"]
    assert refused.body["fix"].endswith(f"`dragoman tokens add NAME {scope}`")


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PUT", "/api/v1/connections/main", {"kind": "pit", "access_token": "p"}),
        ("POST", "/api/v1/tokens", {"name": "mine", "scopes": ["*:write"]}),
        ("DELETE", "/api/v1/tokens/reports", None),
    ],
)
async def test_no_token_reaches_credentials_or_tokens(
    method: str, path: str, body: Any, door: Door
) -> None:
    token = await made(door, *ALL)

    assert (await door.ask(method, path, body, token=token)).status == 403
    assert (await door.ask("GET", "/api/v1/flows", token=token)).status == 200


@pytest.mark.parametrize("path", ["operations", "triggers", "openapi.json"])
async def test_any_token_may_look_at_the_catalogue(path: str, door: Door) -> None:
    token = await made(door, "runs:read")

    assert (await door.ask("GET", f"/api/v1/{path}", token=token)).status == 200
    assert (await door.ask("GET", f"/api/v1/{path}", token="")).status == 401


@pytest.mark.parametrize(
    "asked",
    [
        {"name": "reports", "scopes": []},
        {"name": "reports", "scopes": ["highlevel.contact:read"]},
        {"name": "", "scopes": ["*:read"]},
        {"name": "No Name", "scopes": ["*:read"]},
        {"name": "a" * 64, "scopes": ["*:read"]},
        {"name": "reports", "scopes": ["*:read"], "days": 0},
        {"name": "reports", "scopes": ["*:read"], "days": 3651},
    ],
)
async def test_what_is_no_token_is_not_made(asked: dict[str, Any], door: Door) -> None:
    refused = await door.ask("POST", "/api/v1/tokens", asked)

    assert refused.status == 422
    assert await door.parts.tokens.all() == []


async def test_a_page_of_another_site_gets_nothing(door: Door) -> None:
    """Its request names no token; and what would let it send one is never answered."""
    token = await made(door, *ALL)
    origin = {"Origin": "https://evil.example.com"}
    asks = {**origin, "Access-Control-Request-Headers": "authorization"}

    preflight = await door.ask("OPTIONS", "/api/v1/flows", token="", more=asks)
    simple = await door.ask("POST", "/api/v1/operations/x", {}, token="", more=origin)
    answered = await door.ask("GET", "/api/v1/flows", token=token, more=origin)

    assert (preflight.status, simple.status) == (401, 401)
    for one in (preflight, simple, answered):
        assert not [name for name in one.headers if name.startswith("access-control")]
