"""How often a vendor may be asked: as declared, and as its live headers say."""

import msgspec


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    burst: int
    """Calls that may start within one interval."""
    interval: float
    """Seconds."""
    daily: int
    reserve: int = 0
    """Daily calls kept for people; machines stop before them."""


class Quota(msgspec.Struct, frozen=True):
    """What an answer's headers said; None where they said nothing."""

    burst: int | None = None
    interval: float | None = None
    remaining: int | None = None
    daily_limit: int | None = None
    daily_remaining: int | None = None
    daily_reset: float | None = None
    """Seconds until the day's count starts anew."""
