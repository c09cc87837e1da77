"""Moments and zones: ISO texts, epoch milliseconds, local times skipped or repeated."""

import math
import re

from whenever import (
    Date,
    Instant,
    PlainDateTime,
    SkippedTime,
    Time,
    TimeZoneNotFoundError,
    ZonedDateTime,
)

from dragoman.kernel.clock import DAY, HOUR, MINUTE, SECOND, Millis

LONGEST_WAIT: Millis = 366 * DAY
EARLIEST = Instant.from_utc(1, 1, 2).timestamp(unit="millisecond")
LATEST = Instant.from_utc(9999, 12, 30).timestamp(unit="millisecond")
"""A day from the ends of the calendar, so that every zone can show it."""

_UNITS: dict[str, Millis] = {"s": SECOND, "m": MINUTE, "h": HOUR, "d": DAY, "w": 7 * DAY}
_DURATION = re.compile(r"(\d{1,9})([smhdw])", re.ASCII)
_ISO_LENGTH = 64


def duration(text: str) -> Millis | None:
    """Read `30s`, `5m`, `2h`, `3d` or `1w`; None where the text is none of these."""
    found = _DURATION.fullmatch(text.strip())
    return int(found[1]) * _UNITS[found[2]] if found else None


def zone_exists(name: str) -> bool:
    try:
        Instant.from_timestamp(0).to_tz(name)
    except (TimeZoneNotFoundError, ValueError):
        return False
    return True


def read(value: object, zone: str | None = None) -> Millis | None:
    """Read epoch milliseconds or an ISO 8601 text; None where it is neither.

    A time without an offset is taken in the zone, or in UTC where none is given.
    """
    match value:
        case bool():
            return None
        case int() | float() if EARLIEST <= value <= LATEST and math.isfinite(value):
            return int(value)
        case str() if len(value) <= _ISO_LENGTH:
            moment = _read_iso(value.strip(), zone)
            return moment if moment is not None and EARLIEST <= moment <= LATEST else None
        case _:
            return None


def _read_iso(text: str, zone: str | None) -> Millis | None:
    try:
        return Instant.parse_iso(text).timestamp(unit="millisecond")
    except ValueError:
        pass
    try:
        plain = PlainDateTime.parse_iso(text)
    except ValueError:
        try:
            plain = Date.parse_iso(text).at(Time())
        except ValueError:
            return None
    return local(plain, zone or "UTC")


def local(plain: PlainDateTime, zone: str) -> Millis:
    """The moment of a local time: of a repeated one the first, of a skipped one the next minute."""
    try:
        return plain.assume_tz(zone, disambiguation="raise").timestamp(unit="millisecond")
    except SkippedTime:
        return _after_gap(plain.assume_tz(zone, disambiguation="earlier"))
    except ValueError:  # repeated
        return plain.assume_tz(zone, disambiguation="earlier").timestamp(unit="millisecond")


def at(moment: Millis, zone: str) -> ZonedDateTime:
    return Instant.from_timestamp(moment, unit="millisecond").to_tz(zone)


def _after_gap(before: ZonedDateTime) -> Millis:
    """The first whole minute after the clock change that follows this moment."""
    change = before.next_transition()
    moment = (change or before).timestamp(unit="millisecond")
    return -(-moment // MINUTE) * MINUTE
