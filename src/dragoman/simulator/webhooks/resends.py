"""When a delivery that was not taken is tried again: by the rule of now, or the older one."""

from http import HTTPStatus
from typing import Literal

Rule = Literal["any", "429"]

ANY_TRIES, ANY_BASE = 12, 10.0
"""Documented: up to 12 more tries, exponential, with jitter. The seconds are published nowhere."""
PACE_TRIES, PACE_SECONDS = 6, 600.0
"""Until about spring 2026: only a 429, six times, ten minutes apart."""


def pause(rule: Rule, status: int | None, tries: int, fraction: float) -> float | None:
    """Seconds until the next try; None if there is none.

    `status` is the last answer, None where none came; `tries` counts those made so far;
    `fraction` is chance from 0 up to 1.
    """
    if status is not None and status // 100 == 2:  # noqa: PLR2004  # 2xx
        return None
    if rule == "429":
        wanted = status == HTTPStatus.TOO_MANY_REQUESTS and tries <= PACE_TRIES
        return PACE_SECONDS * (0.9 + 0.2 * fraction) if wanted else None
    return ANY_BASE * 2 ** (tries - 1) * (0.5 + fraction) if tries <= ANY_TRIES else None
