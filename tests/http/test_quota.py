"""Live headers: of theirs and ours, the stricter wins."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dragoman.catalog.quotas import Quota
from dragoman.http.day import DailyUse
from dragoman.kernel.clock import HOUR
from tests.http.calls import ACTON, HIGHLEVEL, HOURS, PAIRS, TINY, Calls, refused
from tests.http.virtual import START, run


def test_a_stricter_burst_of_the_vendor_is_obeyed() -> None:
    async def story() -> None:
        calls = Calls(ACTON)
        calls.limiter.learn(Quota(burst=2, interval=4.0))

        assert await calls.together(5) == [0, 0, 4, 4, 8]

    run(story())


def test_a_looser_burst_of_the_vendor_changes_nothing() -> None:
    async def story() -> None:
        calls = Calls(PAIRS)
        calls.limiter.learn(Quota(burst=500, interval=1.0))

        assert await calls.together(4) == [0, 0, 1, 1]

    run(story())


def test_of_two_windows_both_are_kept() -> None:
    async def story() -> None:
        calls = Calls(PAIRS)
        calls.limiter.learn(Quota(burst=6, interval=10.0))

        assert await calls.together(8) == [0, 0, 1, 1, 2, 2, 10, 10]

    run(story())


def test_starts_made_before_the_vendor_spoke_still_count() -> None:
    async def story() -> None:
        calls = Calls(ACTON)
        await calls.together(3)
        calls.limiter.learn(Quota(burst=3, interval=4.0))

        assert await calls.together(1) == [4]

    run(story())


def test_a_vendor_that_relaxes_again_is_believed() -> None:
    async def story() -> None:
        calls = Calls(PAIRS)
        calls.limiter.learn(Quota(burst=1, interval=5.0))
        assert await calls.together(2) == [0, 5]

        calls.limiter.learn(Quota(burst=2, interval=1.0))
        assert await calls.together(3) == [0, 1, 1]

    run(story())


@pytest.mark.parametrize(
    "quota", [(0, 1.0), (-3, 1.0), (2, 0.0), (2, -1.0), (2, 1e12), (10**9, 60.0)]
)
def test_an_absurd_burst_is_ignored(quota: tuple[int, float]) -> None:
    async def story() -> None:
        calls = Calls(ACTON)
        calls.limiter.learn(Quota(burst=quota[0], interval=quota[1], remaining=10**9))

        assert await calls.together(6) == [0, 0, 0, 0, 0, 1]

    run(story())


@pytest.mark.parametrize(("remaining", "starts"), [(4, [0, 0, 0, 0]), (1, [0, 1, 1, 1]), (0, [1])])
def test_others_who_use_the_same_bucket_are_seen(remaining: int, starts: list[float]) -> None:
    async def story() -> None:
        calls = Calls(ACTON)
        await calls.together(1)
        calls.limiter.learn(Quota(remaining=remaining))

        assert await calls.together(len(starts)) == starts

    run(story())


def test_headers_that_only_confirm_our_count_slow_nothing() -> None:
    async def story() -> None:
        calls = Calls(ACTON)
        for left in range(4, -1, -1):
            assert await calls.together(1) == [0]
            calls.limiter.learn(Quota(burst=5, interval=1.0, remaining=left))

    run(story())


def test_a_vendors_day_that_is_used_up_closes_until_its_reset() -> None:
    async def story() -> None:
        calls = Calls(HIGHLEVEL)
        await calls.together(1)
        calls.limiter.learn(Quota(daily_limit=200_000, daily_remaining=0, daily_reset=5 * HOURS))

        assert await refused(calls.limiter, person=True) == pytest.approx(5 * HOURS)
        await calls.clock.sleep(5 * HOURS)
        await calls.limiter.acquire()
        assert calls.limiter.use == DailyUse(START + 5 * HOUR, 1)

    run(story())


@pytest.mark.parametrize(
    ("quota", "allowed"),
    [
        (Quota(daily_remaining=3), 1),
        (Quota(daily_remaining=1000), 3),
        (Quota(daily_limit=4), 2),
        (Quota(daily_limit=1_000_000, daily_remaining=4), 2),
        (Quota(daily_limit=1_000_000), 3),
        (Quota(daily_limit=0), 3),
        (Quota(daily_remaining=-7), 0),
    ],
)
def test_the_stricter_day_wins_and_the_reserve_stays(quota: Quota, allowed: int) -> None:
    async def story() -> None:
        calls = Calls(TINY)
        calls.limiter.learn(quota)
        for _ in range(allowed):
            await calls.limiter.acquire()

        assert await refused(calls.limiter) > 0
        assert calls.limiter.use.count <= TINY.daily

    run(story())


def test_a_day_that_others_used_up_before_our_first_call_ends_too() -> None:
    async def story() -> None:
        calls = Calls(TINY)
        calls.limiter.learn(Quota(daily_remaining=0))
        await calls.clock.sleep(23 * HOURS)
        assert await refused(calls.limiter) == pytest.approx(HOURS)

        await calls.clock.sleep(HOURS)
        assert await calls.together(1) == [0]

    run(story())


@given(st.floats(allow_nan=True, allow_infinity=True))
@example(100 * 24 * HOURS)
def test_no_reset_holds_longer_than_a_day(reset: float) -> None:
    async def story() -> None:
        calls = Calls(TINY)
        await calls.together(1)
        calls.limiter.learn(Quota(daily_remaining=0, daily_reset=reset))

        assert 0 < await refused(calls.limiter, person=True) <= 24 * HOURS

    run(story())
