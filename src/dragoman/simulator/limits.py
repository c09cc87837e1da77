"""Counting calls in windows that open with their first call."""

from collections.abc import Hashable
from dataclasses import dataclass, field

from dragoman.kernel.clock import Millis


@dataclass(slots=True)
class Window:
    length: Millis
    used: int = 0
    ends: Millis = 0

    def left(self, limit: int, now: Millis) -> int:
        return limit if now >= self.ends else max(limit - self.used, 0)

    def resets_in(self, now: Millis) -> Millis:
        return self.ends - now if now < self.ends else self.length

    def count(self, now: Millis) -> None:
        if now >= self.ends:
            self.used, self.ends = 0, now + self.length
        self.used += 1


@dataclass(slots=True)
class Windows:
    """One window for each key, all of one length."""

    length: Millis
    _open: dict[Hashable, Window] = field(default_factory=dict)

    def of(self, key: Hashable) -> Window:
        window = self._open.get(key)
        if window is None or window.length != self.length:
            window = self._open[key] = Window(self.length)
        return window

    def take(self, key: Hashable, limit: int, now: Millis) -> bool:
        """Count one call, unless the limit is used up."""
        window = self.of(key)
        if window.left(limit, now) == 0:
            return False
        window.count(now)
        return True
