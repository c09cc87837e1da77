"""Callers of a limiter, in virtual time."""

import asyncio

import pytest

from dragoman.catalog.quotas import Limits
from dragoman.http.day import DailyUse
from dragoman.http.limits import Limiter
from dragoman.kernel.errors import RateLimited
from tests.http.virtual import VirtualClock

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


async def refused(limiter: Limiter, *, person: bool = False) -> float:
    """Seconds until it may be asked again."""
    with pytest.raises(RateLimited) as caught:
        await limiter.acquire(person=person)
    assert caught.value.retry_after is not None
    return caught.value.retry_after
