"""Filters for numbers."""

import math
from typing import Annotated

from dragoman.flows import bounds
from dragoman.flows.failures import ExpressionError

_LONGEST = 40
_ROUND = round


def _few(places: int) -> None:
    if not 0 <= places <= 12:  # noqa: PLR2004  # beyond that floats hold noise
        raise ExpressionError("the places must be from 0 to 12")


Places = Annotated[int, _few]


def number(value: str | float) -> int | float | None:
    """The number that the text says, or null; commas between thousands are let pass."""
    if not isinstance(value, str):
        return value
    said = value.strip().replace(",", "")
    if not said or len(said) > _LONGEST or "_" in said or not said.isascii():
        return None
    try:
        whole = float(said)
        read = int(said) if said.lstrip("+-").isdigit() else whole
    except ValueError:
        return None
    if not math.isfinite(whole) or abs(read) >= bounds.INTEGER:
        return None
    return read


def integer(value: str | float) -> int | None:
    """The whole number that the value says, without what follows the point, or null."""
    read = number(value)
    if read is None or abs(read) >= bounds.INTEGER:
        return None
    return int(read)


def round(value: float, places: Places = 0) -> int | float:  # noqa: A001  # its name for users
    """The number rounded to so many places, halves away from zero."""
    if type(value) is int:
        return bounds.integer(value)
    scale = 10**places
    scaled = abs(value) * scale
    if not scaled < bounds.INTEGER:
        return value
    # A float a hair under a half (2.675) is what a person calls a half.
    rounded = math.copysign(math.floor(_ROUND(scaled, 6) + 0.5) / scale, value)
    return int(rounded) if places == 0 else rounded


def abs_(value: float) -> int | float:
    """The number without its sign."""
    return -value if value < 0 else value
