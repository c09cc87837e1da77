"""One port: what is open to proxies and load balancers, and what only to this machine."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from dragoman.kernel import jsons
from dragoman.wiring import database
from tests.web.conftest import Door, Shop
from tests.web.signed import Hook, bring
from tests.web.virtual import Stalling, locked, play

ELSEWHERE = "hooks.example.com"


def get(path: str, method: str = "GET") -> Hook:
    return Hook(b"", signatures=(), method=method, path=path)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/health", 200),
        ("GET", "/ready", 200),
        ("POST", "/ready", 405),
        ("POST", "/hooks/highlevel", 401),
        ("GET", "/hooks/highlevel", 405),
        ("GET", "/hooks/nobody", 404),
        ("POST", "/health", 421),
        ("GET", "/health?challenge=x", 421),
        ("GET", "/api/v1/flows", 421),
        ("GET", "/hooks", 421),
        ("GET", "/", 421),
        ("GET", "/readyy", 421),
        ("GET", "/HOOKS/highlevel", 421),
        ("GET", "//hooks/highlevel", 421),
    ],
)
async def test_only_three_doors_open_under_another_name(
    method: str, path: str, status: int, door: Door
) -> None:
    answered = await door.ask(method, path, host=ELSEWHERE)

    assert answered.status == status


async def test_the_token_opens_nothing_outside(door: Door) -> None:
    assert (await door.ask("POST", "/hooks/highlevel", {}, token="t0k3n")).status == 401


async def why(shop: Shop) -> tuple[int, str]:
    answered = await bring(shop.app, get("/ready"))
    return answered.status, jsons.decode(answered.body).get("detail", "")


def test_ready_means_that_it_could_be_stored(tmp_path: Path) -> None:
    async def story(shop: Shop) -> None:
        app = shop.app

        async def ask() -> tuple[int, str]:
            answered = await bring(app, get("/ready"))
            return answered.status, jsons.decode(answered.body).get("detail", "")

        assert await ask() == (200, "")
        async with locked(database(tmp_path)):
            await asyncio.sleep(2)
            assert await ask() == (503, "the database is locked")
        await asyncio.sleep(2)
        assert await ask() == (200, "")
        shop.parts.service.stop()
        assert await ask() == (503, "the service stops")

    play(tmp_path, story)


def test_a_disk_that_hangs_is_not_ready_and_is_not_asked_by_everybody(tmp_path: Path) -> None:
    async def story(shop: Shop) -> None:
        store: Any = shop.parts.journal.store
        store.takes = 60.0
        app = shop.app

        answers = await asyncio.gather(*(bring(app, get("/ready")) for _ in range(500)))

        assert {one.status for one in answers} == {503}
        assert store.writes == 1

    play(tmp_path, story, Stalling)  # type: ignore[arg-type]


async def test_alive_is_said_whatever_is_wrong_with_the_disk(shop: Shop) -> None:
    await shop.parts.journal.store.close()

    assert (await bring(shop.app, get("/health"))).status == 200
    assert (await why(shop))[0] == 503
