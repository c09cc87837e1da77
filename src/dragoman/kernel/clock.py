"""The time, asked in one place so that tests can own it."""

import asyncio
import time
from datetime import UTC, datetime
from typing import Protocol

Millis = int
"""Milliseconds since 1970-01-01 UTC."""

SECOND: Millis = 1000
MINUTE: Millis = 60 * SECOND
HOUR: Millis = 60 * MINUTE
DAY: Millis = 24 * HOUR


class Clock(Protocol):
    def now(self) -> Millis:
        """Wall time in milliseconds UTC."""
        ...

    def ticks(self) -> float:
        """Seconds that never go backwards, from an arbitrary start."""
        ...

    async def sleep(self, seconds: float) -> None: ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> Millis:
        return time.time_ns() // 1_000_000

    def ticks(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


def iso(moment: Millis) -> str:
    """Format as `2026-01-31T12:00:00.000Z`."""
    stamp = datetime.fromtimestamp(moment / 1000, UTC)
    return stamp.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment % 1000:03d}Z"


def millis(text: str) -> Millis:
    """Read an ISO 8601 time; one without a zone is taken as UTC.

    Raises:
        ValueError: the text is not a time.
    """
    stamp = datetime.fromisoformat(text)
    aware = stamp if stamp.tzinfo else stamp.replace(tzinfo=UTC)
    return round(aware.timestamp() * 1000)
