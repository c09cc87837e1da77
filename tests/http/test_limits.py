"""Bursts, days, live headers and pauses, in virtual time."""

import asyncio
from collections.abc import Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dragoman.http.day import DailyUse
from dragoman.http.limits import Limiter, Limits, Quota
from dragoman.kernel.clock import DAY, HOUR
from dragoman.kernel.errors import DefinitionError, RateLimited
from tests.http.virtual import START, VirtualClock, run

HIGHLEVEL = Limits(burst=100, interval=10.0, daily=200_000, reserve=1_000)
ACTON = Limits(burst=5, interval=1.0, daily=30_000, reserve=500)
PAIRS = Limits(burst=2, interval=1.0, daily=1000, reserve=0)
TINY = Limits(burst=2, interval=1.0, daily=5, reserve=2)
HOURS = 3600.0
ROUNDING = 1e-4  # seconds; the virtual loop counts in microseconds


class Calls:
    """Asks the limiter at given times, and notes who started when."""

    def __init__(self, limits: Limits, used: DailyUse | None = None) -> None:
        self.clock = VirtualClock()
        self.limiter = Limiter(limits, self.clock, used)
        self.starts: list[tuple[int, float]] = []

    @property
    def times(self) -> list[float]:
        return [moment for _, moment in self.starts]

    async def call(self, name: int, at: float, give_up: float | None = None) -> None:
        """Ask at a time; cancel the asking after some seconds if told to."""
        await self.clock.sleep(at - self.clock.ticks())
        try:
            async with asyncio.timeout(give_up):
                await self.limiter.acquire()
        except TimeoutError:
            return
        self.starts.append((name, self.clock.ticks()))

    async def together(self, count: int) -> list[float]:
        """Ask so many times at once; when each started, from now."""
        before, now = len(self.starts), self.clock.ticks()
        await asyncio.gather(*(self.call(name, now) for name in range(count)))
        return [round(moment - now, 2) for moment in self.times[before:]]


def most_in_any(interval: float, times: Sequence[float]) -> int:
    """The fullest half-open window."""
    return max(
        sum(1 for other in times if start <= other < start + interval - ROUNDING) for start in times
    )


# --- bursts ----------------------------------------------------------------------------------

arrivals = st.lists(
    st.tuples(st.integers(0, 300).map(lambda tenth: tenth / 10), st.none() | st.floats(0.05, 3)),
    min_size=1,
    max_size=60,
)
limits = st.builds(
    Limits,
    burst=st.integers(1, 6),
    interval=st.sampled_from([0.3, 1.0, 2.5, 10.0]),
    daily=st.just(10_000),
    reserve=st.just(0),
)


async def play(calls: Calls, plan: list[tuple[float, float | None]]) -> None:
    await asyncio.gather(*(calls.call(n, at, give_up) for n, (at, give_up) in enumerate(plan)))


@given(limits, arrivals)
def test_no_window_ever_holds_more_starts_than_the_burst(
    allowed: Limits, plan: list[tuple[float, float | None]]
) -> None:
    async def story() -> None:
        calls = Calls(allowed)
        await play(calls, [*plan, (30.0, None)])

        assert most_in_any(allowed.interval, calls.times) <= allowed.burst
        assert calls.limiter.use.count == len(calls.starts)

    run(story())


@given(limits, arrivals)
def test_who_asks_first_starts_first_and_everybody_starts(
    allowed: Limits, plan: list[tuple[float, float | None]]
) -> None:
    async def story() -> None:
        calls = Calls(allowed)
        await play(calls, [(at, None) for at, _ in plan])
        asked = [plan[name][0] for name, _ in calls.starts]

        assert asked == sorted(at for at, _ in plan)

    run(story())


@given(limits, arrivals)
def test_nobody_waits_longer_than_the_window_demands(
    allowed: Limits, plan: list[tuple[float, float | None]]
) -> None:
    """The same plan by arithmetic: a start is its arrival, or an interval after the burst-th last.

    A cancelled wait must leave no trace, so it is left out of the arithmetic.
    """

    async def story() -> None:
        calls = Calls(allowed)
        await play(calls, plan)
        started = {name for name, _ in calls.starts}
        expected: list[float] = []
        for at in sorted(at for name, (at, _) in enumerate(plan) if name in started):
            full = len(expected) >= allowed.burst
            earliest = expected[-allowed.burst] + allowed.interval if full else 0.0
            expected.append(max(at, earliest))

        assert sorted(calls.times) == pytest.approx(expected, abs=0.01)

    run(story())


def test_a_burst_goes_at_once_and_the_rest_after_the_interval() -> None:
    async def story() -> None:
        calls = Calls(PAIRS)

        assert await calls.together(5) == [0, 0, 1, 1, 2]
        assert [name for name, _ in calls.starts] == [0, 1, 2, 3, 4]

    run(story())


def test_a_full_rate_is_kept_for_long() -> None:
    async def story() -> None:
        calls = Calls(ACTON)
        await calls.together(600)

        assert calls.times[-1] == pytest.approx(119, abs=0.2)
        assert most_in_any(1.0, calls.times) == 5

    run(story())


@pytest.mark.parametrize("limit", [(0, 1.0), (-1, 1.0), (1, 0.0), (1, -1.0), (1, float("nan"))])
def test_a_limit_that_makes_no_sense_is_refused(limit: tuple[int, float]) -> None:
    with pytest.raises(DefinitionError):
        Limiter(Limits(*limit, daily=10, reserve=0), VirtualClock())


# --- the day ---------------------------------------------------------------------------------


async def refused(limiter: Limiter, *, person: bool = False) -> float:
    """Seconds until it may be asked again."""
    with pytest.raises(RateLimited) as caught:
        await limiter.acquire(person=person)
    assert caught.value.retry_after is not None
    return caught.value.retry_after


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


# --- live headers ----------------------------------------------------------------------------


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


# --- pauses ----------------------------------------------------------------------------------


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
