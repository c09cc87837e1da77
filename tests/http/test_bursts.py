"""The sliding window: property tests against plain arithmetic."""

import asyncio
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.catalog.quotas import Limits
from dragoman.http.limits import Limiter
from dragoman.kernel.errors import DefinitionError
from tests.http.calls import ACTON, PAIRS, ROUNDING, Calls
from tests.http.virtual import VirtualClock, run


def most_in_any(interval: float, times: Sequence[float]) -> int:
    """The fullest half-open window."""
    return max(
        sum(1 for other in times if start <= other < start + interval - ROUNDING) for start in times
    )


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
