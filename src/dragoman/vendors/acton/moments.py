"""Moments as Act-On tells them, and as its filters take them."""

from collections.abc import Generator
from typing import Any

from dragoman.catalog.parts import Part
from dragoman.kernel.clock import SECOND, Millis, millis

_YEAR_2001_IN_MS = 1_000_000_000_000
"""As milliseconds a day in 2001, as seconds a day in the year 33658."""
_YEAR_9999_IN_MS = 253_402_300_799_999
_LEAST_IN_MS = 100_000_000_000
"""As milliseconds a day in 1973, as seconds one in the year 5138: what is less counts seconds."""


def read(value: Any) -> Millis | None:
    """Epoch milliseconds, which arrive as text here and there; None where it is no moment."""
    try:
        moment = int(value)
    except (OverflowError, TypeError, ValueError):
        return None
    return moment if 0 <= moment <= _YEAR_9999_IN_MS else None


def read_either(value: Any) -> Millis | None:
    """A moment whose unit is not known, seconds or milliseconds, in milliseconds."""
    moment = read(value)
    return moment * SECOND if moment is not None and moment < _LEAST_IN_MS else moment


def read_any(value: Any) -> Millis | None:
    """The same, which may be an ISO time as well: of some answers no form is published."""
    found = read_either(value)
    if found is not None or not isinstance(value, str):
        return found
    try:
        return read(millis(value))
    except ValueError:
        return None


def unit(operation: str, question: dict[str, Any], items: str) -> Generator[Part, Any, str | None]:
    """The unit of a read's time filters, `ms` or `s`; None where there is nothing that could tell.

    No document states it, and connectors disagree. Taking seconds for milliseconds would find
    nothing for ever, so it is found out by a filter that only one of the two readings can pass.
    """
    everything = yield Part(operation, {**question, "count": 1})
    if not everything[items]:
        return None
    recent = yield Part(operation, {**question, "count": 1, "createdafter": _YEAR_2001_IN_MS})
    return "ms" if recent[items] else "s"


def after(moment: Millis, unit: str) -> int:
    """A moment for `createdafter`; one earlier, for whether that is included is in no document."""
    return max((moment if unit == "ms" else moment // SECOND) - 1, 0)
