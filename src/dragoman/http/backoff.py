"""How long to wait before trying again. Pure: time and chance come as numbers."""

import re
from datetime import UTC
from email.utils import parsedate_to_datetime

from dragoman.kernel.clock import SECOND, Millis

_SECONDS = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_LONGEST_TEXT = 64
_LAST_DOUBLING = 60  # 2**60 seconds are longer than any cap


def delay(attempt: int, fraction: float, base: float = 1.0, cap: float = 300.0) -> float:
    """Exponential with full jitter: seconds from 0 to `base` doubled per attempt, at most `cap`.

    Args:
        attempt: how many tries have failed, from 1.
        fraction: from 0 up to 1, by chance.
        base: seconds the first wait may take at most.
        cap: seconds any wait may take at most.
    """
    doublings = min(max(attempt - 1, 0), _LAST_DOUBLING)
    return fraction * min(cap, base * 2.0**doublings)


def retry_after(value: str | None, now: Millis, cap: float = 3600.0) -> float | None:
    """Seconds that a `Retry-After` header asks for, at most `cap`.

    Args:
        value: seconds or an HTTP date, as received.
        now: to which a date is compared.
        cap: what anything longer is cut to.

    Returns:
        None for nothing, garbage, zero, negative numbers and past dates: who says
        "too many" and "at once" in one breath is better met with our own backoff.
    """
    text = (value or "").strip()
    if not text or len(text) > _LONGEST_TEXT:
        return None
    seconds = float(text) if _SECONDS.fullmatch(text) else _until(text, now)
    return min(seconds, cap) if seconds > 0 else None


def _until(text: str, now: Millis) -> float:
    """Seconds from now to an HTTP date; 0 if it is none."""
    try:
        moment = parsedate_to_datetime(text)
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return aware.timestamp() - now / SECOND
    except (ValueError, OverflowError):
        return 0.0
