"""How often a vendor may be asked: as declared, and as its live headers say."""

from typing import Annotated

import msgspec
from msgspec import Meta


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    burst: Annotated[int, Meta(ge=1)]
    """Calls that may start within one interval."""
    interval: Annotated[float, Meta(ge=0, le=86_400)]
    """Seconds."""
    daily: Annotated[int, Meta(ge=0)]
    reserve: Annotated[int, Meta(ge=0)] = 0
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
