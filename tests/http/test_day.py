"""The day's budget, its reserve and its end."""

import asyncio

import pytest

from dragoman.catalog.quotas import Limits
from dragoman.http.day import DailyUse
from dragoman.http.limits import Limiter
from dragoman.kernel.clock import DAY, HOUR
from dragoman.kernel.errors import RateLimited
from tests.http.calls import HOURS, TINY, Calls, refused
from tests.http.virtual import START, VirtualClock, run


def test_flows_stop_at_the_reserve_and_people_at_the_end() -> None:
    async def story() -> None:
        calls = Calls(TINY)
        await calls.together(3)

        assert await refused(calls.limiter) == pytest.approx(24 * HOURS - 1)
        await calls.limiter.acquire(person=True)
        await calls.limiter.acquire(person=True)
        assert await refused(calls.limiter, person=True) == pytest.approx(24 * HOURS - 2)
        assert calls.limiter.use == DailyUse(START, 5)

    run(story())


def test_the_day_is_24_hours_from_its_first_call() -> None:
    async def story() -> None:
        calls = Calls(TINY)
        await calls.clock.sleep(7 * HOURS)
        await calls.together(3)
        await calls.clock.sleep(await refused(calls.limiter))
        assert calls.clock.ticks() == pytest.approx(31 * HOURS)

        await calls.clock.sleep(2 * HOURS)
        await calls.together(1)
        assert calls.limiter.use == DailyUse(START + 33 * HOUR, 1)

    run(story())


def test_whoever_waits_when_the_day_ends_is_refused_too() -> None:
    async def story() -> None:
        calls = Calls(TINY)
        ended = await asyncio.gather(
            *(calls.limiter.acquire() for _ in range(6)), return_exceptions=True
        )

        assert [type(error) for error in ended] == [type(None)] * 3 + [RateLimited] * 3

    run(story())


def test_a_restart_goes_on_where_the_day_was() -> None:
    async def story() -> None:
        calls = Calls(TINY, DailyUse(START - 23 * HOUR, 3))

        assert await refused(calls.limiter) == pytest.approx(HOURS)

    run(story())


def test_a_clock_set_back_does_not_make_the_day_longer() -> None:
    async def story() -> None:
        calls = Calls(TINY, DailyUse(START + 100 * DAY, 5))

        assert await refused(calls.limiter) == pytest.approx(24 * HOURS)

    run(story())


def test_no_budget_at_all_is_a_refusal_not_a_crash() -> None:
    async def story() -> None:
        limiter = Limiter(Limits(1, 1.0, 5, 10), VirtualClock())

        assert await refused(limiter) == 24 * HOURS

    run(story())
