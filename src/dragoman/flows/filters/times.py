"""Filters for times: ISO 8601 texts and epoch milliseconds."""

import re
from typing import Annotated

from dragoman.flows import moments
from dragoman.flows.failures import ExpressionError
from dragoman.kernel import clock

_DIRECTIVE = re.compile(r"%(.?)", re.DOTALL)
_DIRECTIVES = frozenset("YmdHMSBbAajyIpz%")
_FORMAT_LENGTH = 200


def _known_zone(name: str) -> None:
    if not moments.zone_exists(name):
        raise ExpressionError("this is no time zone", fix="a name like 'America/New_York'")


def _known_format(pattern: str) -> None:
    if len(pattern) > _FORMAT_LENGTH or "\x00" in pattern or not pattern.isprintable():
        raise ExpressionError(f"a format has at most {_FORMAT_LENGTH} printable characters")
    for found in _DIRECTIVE.finditer(pattern):
        if found[1] not in _DIRECTIVES or not found[1]:
            raise ExpressionError(
                f"a format does not know {found.group()!r}", fix="as in '%d %B %Y, %H:%M'"
            )


def _known_span(span: str) -> None:
    if moments.duration(span.removeprefix("-")) is None:
        raise ExpressionError("this is no span of time", fix="as in '30m', '2h', '-1d'")


Zone = Annotated[str, _known_zone]
Format = Annotated[str, _known_format]
Span = Annotated[str, _known_span]
Moment = str | int | float


def date(value: Moment, format: Format = "%Y-%m-%d", zone: Zone = "UTC") -> str | None:  # noqa: A002  # its name for users
    """The time written by a format like `%d %B %Y`, in a zone, or null for no time."""
    moment = moments.read(value)
    if moment is None:
        return None
    return moments.at(moment, zone).to_stdlib().strftime(format)


def iso(value: Moment, zone: Zone = "UTC") -> str | None:
    """The time as `2026-01-31T12:00:00.000Z`, or null; without an offset it is in the zone."""
    moment = moments.read(value, zone)
    return None if moment is None else clock.iso(moment)


def epoch(value: Moment) -> int | None:
    """The time in milliseconds since 1970, or null where the value is no time."""
    return moments.read(value)


def shift(value: Moment, span: Span) -> str | None:
    """The time moved by a span like `2h` or `-1d`, as ISO text, or null where it is no time."""
    moment = moments.read(value)
    if moment is None:
        return None
    step = moments.duration(span.removeprefix("-")) or 0
    moved = moments.read(moment - step if span.startswith("-") else moment + step)
    return None if moved is None else clock.iso(moved)


def zone(value: str) -> str | None:
    """The name of the time zone, or null where there is no such zone."""
    return value if moments.zone_exists(value) else None
