"""Wake-up times in memory, mirroring the rows on disk that a restart finds."""

import asyncio
import heapq
from collections.abc import Callable
from itertools import count

from dragoman.kernel.clock import SECOND, Clock, Millis

_LONGEST_SLEEP = 60.0
"""Seconds; the wall clock may be set, so it is asked again now and then."""


class Timers:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._heap: list[tuple[Millis, int, Callable[[], None]]] = []
        self._numbers = count()
        self._sooner = asyncio.Event()

    def at(self, moment: Millis, action: Callable[[], None]) -> None:
        """Do something once the moment has come."""
        heapq.heappush(self._heap, (moment, next(self._numbers), action))
        self._sooner.set()

    async def work(self) -> None:
        """Ring until cancelled."""
        while True:
            self._sooner.clear()
            now = self._clock.now()
            while self._heap and self._heap[0][0] <= now:
                heapq.heappop(self._heap)[2]()
            await self._rest(now)

    async def _rest(self, now: Millis) -> None:
        wait = _LONGEST_SLEEP
        if self._heap:
            wait = min(wait, max(self._heap[0][0] - now, 1) / SECOND)
        sleeping = asyncio.ensure_future(self._clock.sleep(wait))
        sooner = asyncio.ensure_future(self._sooner.wait())
        try:
            await asyncio.wait({sleeping, sooner}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            sleeping.cancel()
            sooner.cancel()
