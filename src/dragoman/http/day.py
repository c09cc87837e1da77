"""The day's budget of one connection: 24 hours that begin with the first call."""

import math

import msgspec

from dragoman.kernel.clock import DAY, SECOND, Millis


class DailyUse(msgspec.Struct, frozen=True):
    """What must outlive a restart."""

    start: Millis | None = None
    """When the 24 hours began; None if there is no call to count."""
    count: int = 0
    """Calls since then, ours and whatever others the vendor told us of."""


class Day:
    """Counts calls against a limit.

    Args:
        limit: calls in 24 hours.
        reserve: how many of them only people may use.
        use: where an earlier process stopped.
    """

    def __init__(self, limit: int, reserve: int, use: DailyUse) -> None:
        self._ours = limit
        self._limit = limit
        self._reserve = reserve
        self._start = use.start
        self._count = use.count

    @property
    def use(self) -> DailyUse:
        return DailyUse(self._start, self._count)

    def closed_for(self, now: Millis, *, person: bool) -> float:
        """Seconds until the budget opens again; 0 if it is open."""
        self._turn(now)
        # Where a vendor allows far less than was thought, the reserve takes no more than half.
        less = self._limit < self._ours
        kept = min(self._reserve, self._limit // 2) if less else self._reserve
        budget = self._limit if person else self._limit - kept
        if self._count < budget:
            return 0.0
        start = now if self._start is None else self._start
        return (start + DAY - now) / SECOND

    def spend(self, now: Millis) -> None:
        """Count one call; the first of a day begins it."""
        self._turn(now)
        self._begin(now)
        self._count += 1

    def learn(
        self, now: Millis, limit: int | None, remaining: int | None, reset: float | None
    ) -> None:
        """Take over what the vendor says where it is stricter; `reset` is seconds from now."""
        self._turn(now)
        if limit is not None and limit > 0:
            self._limit = min(self._ours, limit)
        if reset is not None and reset > 0:
            self._start = now + math.ceil(min(reset * SECOND, DAY)) - DAY
        if remaining is not None:
            self._begin(now)
            self._count = max(self._count, self._limit - max(remaining, 0))

    def _begin(self, now: Millis) -> None:
        if self._start is None:
            self._start = now

    def _turn(self, now: Millis) -> None:
        """End a day that is over."""
        if self._start is None:
            return
        if now >= self._start + DAY:
            self._start, self._count = None, 0
        elif now < self._start:
            # The machine's clock was set back: a day must not last longer for it.
            self._start = now
