"""Whether a thing that a look-up has found is new enough to be the lost one."""

from collections.abc import Mapping
from typing import Any

from dragoman.catalog.parts import Lost
from dragoman.kernel.clock import SECOND, millis
from dragoman.kernel.errors import BadAnswer

_SKEW = 15 * SECOND
"""What may lie between the vendor's clock and what its answers say of it."""


def made_since(lost: Lost, thing: Mapping[str, Any], field: str) -> bool:
    """Whether it was made after the first try, by the ISO date in that field.

    Raises:
        BadAnswer: there is no date that can be read, so nobody can tell.
    """
    try:
        made = millis(thing[field])
    except (KeyError, TypeError, ValueError):
        raise BadAnswer("one has no date that can be read, so nobody can tell") from None
    return made >= lost.since - _SKEW
