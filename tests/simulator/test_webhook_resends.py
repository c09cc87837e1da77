"""When a webhook is sent again, by the rule of now and by the older one; and with which bytes."""

import asyncio
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from dragoman.simulator.control.webhooks import resend_one
from tests.http.virtual import run
from tests.simulator.hooks import LONG, Hooks


def pauses(hooks: Hooks) -> list[float]:
    return [later.at - sooner.at for sooner, later in pairwise(hooks.taken)]


@pytest.mark.parametrize("status", [500, 401, 302, 429, None])
def test_whatever_is_not_2xx_is_tried_twelve_times_more(tmp_path: Path, status: int | None) -> None:
    hooks = Hooks(tmp_path, answer=lambda _: status)

    async def story() -> None:
        async with hooks.open():
            delivery = hooks.reply()
            await hooks.settle()
            assert delivery.state == "failed"
            assert [one.status for one in delivery.attempts] == [status] * 13

    run(story())

    for number, pause in enumerate(pauses(hooks)):
        assert 0.5 <= pause / (10 * 2**number) < 1.5
    assert len({one.body for one in hooks.taken}) == 1
    assert len({one.headers["X-GHL-Signature"] for one in hooks.taken}) == 1


def test_the_older_rule_sends_again_after_a_429_only(tmp_path: Path) -> None:
    told = {1: 429, 2: 429, 3: 503}
    hooks = Hooks(tmp_path, {"webhook_resends": "429"}, lambda number: told.get(number, 200))

    async def story() -> None:
        async with hooks.open():
            delivery = hooks.reply()
            await hooks.settle()
            assert delivery.state == "failed"

    run(story())

    assert len(hooks.taken) == 3
    assert all(540 <= pause <= 660 for pause in pauses(hooks))


def test_the_older_rule_gives_up_after_six(tmp_path: Path) -> None:
    hooks = Hooks(tmp_path, {"webhook_resends": "429"}, lambda _: 429)

    async def story() -> None:
        async with hooks.open():
            hooks.reply()
            await hooks.settle()

    run(story())

    assert len(hooks.taken) == 7
    assert len(set(pauses(hooks))) > 1


@pytest.mark.parametrize("rule", ["any", "429"])
def test_what_was_taken_is_not_sent_again(tmp_path: Path, rule: str) -> None:
    hooks = Hooks(tmp_path, {"webhook_resends": rule}, lambda _: 202)

    async def story() -> None:
        async with hooks.open():
            delivery = hooks.reply()
            await asyncio.sleep(LONG)
            assert delivery.state == "delivered"

    run(story())

    assert len(hooks.taken) == 1


def test_the_pauses_can_be_compressed(tmp_path: Path) -> None:
    hooks = Hooks(tmp_path, {"webhook_time_scale": 0.001}, lambda _: 500)

    async def story() -> None:
        async with hooks.open():
            hooks.reply()
            await hooks.settle()

    run(story())

    assert len(hooks.taken) == 13
    assert sum(pauses(hooks)) < 62


def test_who_does_not_answer_in_ten_seconds_has_not_answered(tmp_path: Path) -> None:
    async def never() -> int:
        await asyncio.Event().wait()
        return 200

    def answer(number: int) -> Any:
        return never() if number == 1 else 200

    hooks = Hooks(tmp_path, answer=answer)

    async def story() -> None:
        async with hooks.open():
            delivery = hooks.reply()
            await hooks.settle()
            assert [one.status for one in delivery.attempts] == [None, 200]

    run(story())

    assert 15 <= pauses(hooks)[0] < 25


def test_no_more_than_thirty_two_are_under_way_at_once(tmp_path: Path) -> None:
    under_way, most = 0, 0

    async def slow() -> int:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(1)
        under_way -= 1
        return 200

    hooks = Hooks(tmp_path, answer=lambda _: slow())

    async def story() -> None:
        async with hooks.open():
            for number in range(100):
                hooks.reply(str(number))
            await hooks.settle()

    run(story())

    assert (most, len(hooks.taken)) == (32, 100)


def test_a_try_goes_to_wherever_the_subscription_leads_by_then(tmp_path: Path) -> None:
    hooks = Hooks(tmp_path, answer=lambda number: None if number == 1 else 200)

    async def story() -> None:
        async with hooks.open():
            hooks.reply()
            await asyncio.sleep(1)
            hooks.subscribe("http://127.0.0.1:10/new")
            await hooks.settle()

    run(story())

    assert hooks.taken[1].url == "http://127.0.0.1:10/new"


def test_a_person_can_send_one_again_with_the_same_bytes(tmp_path: Path) -> None:
    hooks = Hooks(tmp_path)

    async def story() -> None:
        async with hooks.open():
            delivery = hooks.reply()
            await hooks.settle()
            resend_one(hooks.world, delivery.webhook_id)
            await hooks.settle()
            assert [one.copy for one in delivery.attempts] == [1, 2]

    run(story())

    first, second = hooks.taken
    assert first.body == second.body


def test_stopping_ends_what_is_waiting(tmp_path: Path) -> None:
    hooks = Hooks(tmp_path, answer=lambda _: 500)

    async def story() -> None:
        async with hooks.open():
            hooks.reply()
            await asyncio.sleep(1)
        hooks.world.webhooks.resend(hooks.deliveries[0])
        await asyncio.sleep(LONG)

    run(story())

    assert len(hooks.taken) == 1
