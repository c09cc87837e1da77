"""A disk that is locked, slow or broken, and too much at once: put off, and nothing is lost."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from dragoman.kernel.errors import StoreBroken
from dragoman.web.receiver import BODY_CAP
from dragoman.wiring import database
from tests.web.conftest import Shop
from tests.web.signed import bring, is_put_off, of_size, signed
from tests.web.virtual import Stalling, locked, play


def test_a_locked_database_puts_off_and_loses_nothing(tmp_path: Path) -> None:
    async def story(shop: Shop) -> None:
        app = shop.app
        answers: dict[str, int] = {}

        async def insist(number: int) -> None:
            """As the vendor does: again while it is told so."""
            hook = signed(webhookId=f"h-{number}")
            while (answered := await bring(app, hook)).status != 200:
                assert is_put_off(answered)
                answers["put off"] = answers.get("put off", 0) + 1
                await asyncio.sleep(float(answered.headers["retry-after"]))
            answers["stored"] = answers.get("stored", 0) + 1

        async with locked(database(tmp_path)):
            sending = [asyncio.ensure_future(insist(number)) for number in range(300)]
            await asyncio.sleep(10)
            assert answers.get("stored") is None
        await asyncio.gather(*sending)

        assert answers["stored"] == len(await shop.deliveries()) == 300
        assert answers["put off"] >= 300

    play(tmp_path, story)


def test_a_disk_that_takes_long_has_senders_put_off_in_time(tmp_path: Path) -> None:
    async def story(shop: Shop) -> None:
        store: Any = shop.parts.journal.store
        store.takes = 60.0
        app = shop.app
        loop = asyncio.get_running_loop()

        first = await asyncio.gather(*(bring(app, signed(webhookId=f"h{n}")) for n in range(20)))

        assert all(is_put_off(one) for one in first)
        assert 3 <= loop.time() <= 4

    play(tmp_path, story, Stalling)  # type: ignore[arg-type]


def test_what_waits_for_a_slow_disk_is_bounded(tmp_path: Path) -> None:
    """Those who were put off still lie in the store's queue: they count until they are through."""

    async def story(shop: Shop) -> None:
        store: Any = shop.parts.journal.store
        store.takes = 60.0
        app = shop.app

        async def wave(number: int) -> None:
            hooks = [signed(webhookId=f"{number}-{n}") for n in range(1000)]
            assert all(is_put_off(a) for a in await asyncio.gather(*(bring(app, h) for h in hooks)))

        for number in range(5):
            await wave(number)
        assert store.writes <= 2 * 2000
        store.takes = 0.0
        await asyncio.sleep(120)

        assert (await bring(app, signed(webhookId="calm"))).status == 200

    play(tmp_path, story, Stalling)  # type: ignore[arg-type]


def test_too_many_bytes_at_once_are_put_off(tmp_path: Path) -> None:
    async def story(shop: Shop) -> None:
        store: Any = shop.parts.journal.store
        store.takes = 1.0
        app = shop.app
        large = of_size(BODY_CAP)

        answers = await asyncio.gather(*(bring(app, large) for _ in range(80)))
        statuses = [one.status for one in answers]

        assert (statuses.count(200), statuses.count(429)) == (64, 16)
        assert (await bring(app, signed())).status == 200

    play(tmp_path, story, Stalling)  # type: ignore[arg-type]


def test_a_disk_that_failed_ends_the_service_and_nothing_is_said_to_be_stored(
    tmp_path: Path,
) -> None:
    async def story(shop: Shop) -> None:
        service = asyncio.ensure_future(shop.parts.service.run())
        await asyncio.sleep(1)
        app = shop.app
        assert (await bring(app, signed())).status == 200
        await asyncio.sleep(1)
        store: Any = shop.parts.journal.store
        store.broken = True

        assert is_put_off(await bring(app, signed(webhookId="after")))
        with pytest.raises(ExceptionGroup) as ended:
            await service

        assert ended.group_contains(StoreBroken)
        store.broken = False
        assert is_put_off(await bring(app, signed(webhookId="later")))

    play(tmp_path, story, Stalling)  # type: ignore[arg-type]
