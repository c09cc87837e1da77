"""A vendor said wait."""

import asyncio

import pytest

from dragoman.kernel.errors import RateLimited
from tests.http.calls import HOURS, TINY, Calls
from tests.http.virtual import run


def test_nobody_goes_before_a_pause_is_over_not_even_who_waits_already() -> None:
    async def story() -> None:
        calls = Calls(TINY)
        waiting = asyncio.create_task(calls.together(3))
        await calls.clock.sleep(0.5)
        calls.limiter.pause(30)
        calls.limiter.pause(10)

        assert await waiting == [0, 0, 30.5]

    run(story())


def test_who_has_no_patience_for_a_pause_is_told_how_long_it_takes() -> None:
    async def story() -> None:
        calls = Calls(TINY)
        calls.limiter.pause(30)
        with pytest.raises(RateLimited) as caught:
            await calls.limiter.acquire(patience=29)
        await calls.limiter.acquire(patience=31)

        assert caught.value.retry_after == 30
        assert calls.clock.ticks() == pytest.approx(30, abs=0.01)

    run(story())


def test_who_waits_for_its_turn_is_told_when_a_long_pause_begins() -> None:
    async def story() -> None:
        calls = Calls(TINY)
        asks = [asyncio.create_task(calls.limiter.acquire(patience=5)) for _ in range(4)]
        await calls.clock.sleep(0.5)
        calls.limiter.pause(60)
        ended = await asyncio.gather(*asks, return_exceptions=True)

        assert [type(error) for error in ended] == [type(None)] * 2 + [RateLimited] * 2

    run(story())


@pytest.mark.parametrize("seconds", [0.0, -5.0, float("nan")])
def test_a_pause_that_says_nothing_is_none(seconds: float) -> None:
    async def story() -> None:
        calls = Calls(TINY)
        calls.limiter.pause(seconds)

        assert await calls.together(1) == [0]

    run(story())


def test_no_pause_is_longer_than_a_day() -> None:
    async def story() -> None:
        calls = Calls(TINY)
        calls.limiter.pause(float("inf"))

        assert await calls.together(1) == [24 * HOURS]

    run(story())
