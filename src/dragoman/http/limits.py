"""How often one connection may call its vendor: a burst window and a day's budget."""

import asyncio
import math

from dragoman.catalog.quotas import Limits, Quota
from dragoman.http.day import DailyUse, Day
from dragoman.http.window import Window
from dragoman.kernel.clock import DAY, HOUR, SECOND, Clock
from dragoman.kernel.errors import DefinitionError, RateLimited

_LONGEST_INTERVAL = HOUR / SECOND
_LONGEST_PAUSE = DAY / SECOND
_SHORTEST_SLEEP = 0.001  # seconds; a shorter sleep costs more than it waits


class Limiter:
    """Lets the calls of one connection start, in the order in which they asked.

    Args:
        limits: ours; a vendor's live headers can only make them stricter.
        clock: `ticks` and `sleep` for the burst, `now` for the day.
        used: the `use` of an earlier process.
    """

    def __init__(self, limits: Limits, clock: Clock, used: DailyUse | None = None) -> None:
        if limits.burst < 1 or not 0 < limits.interval <= _LONGEST_INTERVAL:
            raise DefinitionError("A limit is a burst of at least 1 in at most an hour")
        self._clock = clock
        self._ours = Window(limits.burst, limits.interval)
        self._theirs: Window | None = None
        self._day = Day(limits.daily, limits.reserve, used or DailyUse())
        self._paused_until = -math.inf
        self._turn = asyncio.Lock()  # its waiters are served first come, first served

    @property
    def use(self) -> DailyUse:
        """What to keep over a restart."""
        return self._day.use

    async def acquire(self, *, person: bool = False, patience: float = math.inf) -> None:
        """Wait until one call may start, and count it. A cancelled wait counts nothing.

        Args:
            person: someone is waiting for it, so it may use the day's reserve.
            patience: seconds; raise instead of sitting out a longer pause.

        Raises:
            RateLimited: the day's budget is used up, or the pause is longer than `patience`;
                `retry_after` says for how long.
        """
        self._refuse_if_closed(person=person, patience=patience)
        if not self._turn.locked() and self._wait() <= 0:  # nobody waits, and there is room
            self._start()
            return
        async with self._turn:
            while (wait := self._wait()) > 0:
                self._refuse_if_closed(person=person, patience=patience)
                await self._clock.sleep(max(wait, _SHORTEST_SLEEP))
            self._refuse_if_closed(person=person, patience=patience)
            self._start()

    def learn(self, quota: Quota) -> None:
        """Obey live headers: of their limits and ours the stricter wins."""
        now = self._clock.ticks()
        if quota.burst is not None and quota.interval is not None:
            self._watch(quota.burst, quota.interval)
        if quota.remaining is not None:
            (self._theirs or self._ours).leave_only(quota.remaining, now)
        self._day.learn(
            self._clock.now(), quota.daily_limit, quota.daily_remaining, quota.daily_reset
        )

    def pause(self, seconds: float) -> None:
        """Let nobody go before then: the vendor said wait. At most a day; never shortened."""
        if seconds > 0:
            until = self._clock.ticks() + min(seconds, _LONGEST_PAUSE)
            self._paused_until = max(self._paused_until, until)

    def _wait(self) -> float:
        opens = max(self._ours.opens(), self._paused_until)
        if self._theirs is not None:
            opens = max(opens, self._theirs.opens())
        return opens - self._clock.ticks()

    def _refuse_if_closed(self, *, person: bool, patience: float) -> None:
        closed = self._day.closed_for(self._clock.now(), person=person)
        if closed > 0:
            raise RateLimited(
                "The day's calls are used up"
                if person
                else "The day's calls for flows are used up",
                fix="It goes on by itself when the day ends; ask the vendor for more if it recurs.",
                retry_after=closed,
            )
        pause = self._paused_until - self._clock.ticks()
        if pause > patience:
            raise RateLimited("The vendor asked us to wait", retry_after=pause)

    def _start(self) -> None:
        now = self._clock.ticks()
        self._ours.enter(now)
        if self._theirs is not None:
            self._theirs.enter(now)
        self._day.spend(self._clock.now())

    def _watch(self, burst: int, interval: float) -> None:
        """Keep the vendor's window beside ours where it is the stricter of the two."""
        if burst < 1 or not 0 < interval <= _LONGEST_INTERVAL:
            return  # absurd
        known = self._theirs or self._ours
        if (burst, interval) == (known.burst, known.interval):
            return
        ours_allow = self._ours.burst * math.ceil(interval / self._ours.interval)
        self._theirs = Window(burst, interval, known.starts) if burst < ours_allow else None
