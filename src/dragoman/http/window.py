"""A sliding window: at most so many starts within any interval."""

from collections import deque
from collections.abc import Iterable


class Window:
    """Remembers the latest starts. Times are seconds of one steady clock.

    Args:
        burst: starts allowed within one interval, at least 1.
        interval: seconds.
        starts: earlier starts, oldest first.
    """

    def __init__(self, burst: int, interval: float, starts: Iterable[float] = ()) -> None:
        self.burst = burst
        self.interval = interval
        self._starts = deque(starts, maxlen=burst)

    @property
    def starts(self) -> tuple[float, ...]:
        return tuple(self._starts)

    def opens(self) -> float:
        """When the next start is allowed; minus infinity for at once."""
        if len(self._starts) < self.burst:
            return float("-inf")
        return self._starts[0] + self.interval

    def enter(self, now: float) -> None:
        self._starts.append(now)

    def leave_only(self, remaining: int, now: float) -> None:
        """Allow no more than `remaining` starts until an interval from now has passed."""
        # Starts that are over count for nothing; what is left is what runs in this interval.
        while self._starts and self._starts[0] <= now - self.interval:
            self._starts.popleft()
        for _ in range(self.burst - len(self._starts) - max(remaining, 0)):
            self._starts.append(now)
