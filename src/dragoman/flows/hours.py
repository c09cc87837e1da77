"""Opening hours of a workspace: when is the next moment at which people are there?"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from whenever import Date, Time

from dragoman.catalog.names import did_you_mean
from dragoman.flows import moments
from dragoman.kernel.clock import Millis
from dragoman.kernel.errors import DefinitionError

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SPAN = re.compile(r"(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})", re.ASCII)
_DAY = 24 * 60
_HORIZON = 16
"""Days to look ahead: a week, and again for what a clock change swallows."""

Span = tuple[int, int]
"""From minute to minute of the day; past midnight where the end is beyond 24:00."""


class Hours(msgspec.Struct, frozen=True):
    zone: str = "UTC"
    week: tuple[tuple[Span, ...], ...] | None = None
    """Spans of each day, Monday first; None = always open."""

    def opening(self, now: Millis, zone: str | None = None) -> Millis:
        """The first moment from now on at which it is open; now itself where it is open already."""
        if self.week is None:
            return now
        return min((max(now, start) for start in self._ahead(now, zone or self.zone)), default=now)

    def _ahead(self, now: Millis, zone: str) -> Iterator[Millis]:
        """Starts of the spans that are not over, of yesterday and the days to come."""
        today = moments.at(now, zone).date()
        for offset in range(-1, _HORIZON):
            day = today.add(days=offset)
            found = [
                start
                for first, last in (self.week or ())[day.day_of_week().value - 1]
                for start, end in ((_moment(day, first, zone), _moment(day, last, zone)),)
                if now < end
            ]
            if found:  # no later day can open earlier
                yield from found
                return


ALWAYS = Hours()


def read(raw: Any) -> Hours:
    """Read `always`, or a zone and the hours of days: `{zone: ..., mon-fri: "09:00-17:00"}`.

    Raises:
        DefinitionError: a zone, day or hour that is not one.
    """
    if raw == "always":
        return ALWAYS
    if not isinstance(raw, Mapping):
        raise DefinitionError("hours should be 'always' or a mapping of days", fix=_EXAMPLE)
    zone = raw.get("zone")
    if not isinstance(zone, str) or not moments.zone_exists(zone):
        raise DefinitionError(
            f"{zone!r} is no time zone", fix="hours need a zone, such as America/New_York"
        )
    week: list[tuple[Span, ...]] = [()] * len(DAYS)
    for key, value in raw.items():
        if key != "zone":
            spans = _spans(key, value)
            for day in _days(key):
                week[day] += spans
    if not any(week):
        raise DefinitionError("hours open on no day", fix=_EXAMPLE)
    return Hours(zone, tuple(week))


_EXAMPLE = 'hours: {zone: America/New_York, mon-fri: "09:00-17:00"}'


def _days(key: Any) -> list[int]:
    found: list[int] = []
    for part in str(key).lower().split(","):
        names = [one.strip() for one in part.split("-")]
        for one in names:
            if one not in DAYS:
                raise DefinitionError(f"{one!r} is no day: {did_you_mean(one, DAYS)}")
        first, last = DAYS.index(names[0]), DAYS.index(names[-1])
        if len(names) > 2:  # noqa: PLR2004  # from day, to day
            raise DefinitionError(f"{part!r} is no range of days", fix="as in mon-fri")
        found += [day % 7 for day in range(first, last + 1 if last >= first else last + 8)]
    return found


def _spans(key: Any, value: Any) -> tuple[Span, ...]:
    if value in (None, "closed"):
        return ()
    parts = value if isinstance(value, list) else str(value).split(",")
    return tuple(_span(key, str(part).strip()) for part in parts)


def _span(key: Any, text: str) -> Span:
    found = _SPAN.fullmatch(text)
    if found is None:
        raise DefinitionError(f"{key}: {text!r} are no hours", fix='as in "09:00-17:00"')
    hours = [int(one) for one in found.groups()]
    start, end = hours[0] * 60 + hours[1], hours[2] * 60 + hours[3]
    if max(hours[1], hours[3]) > 59 or start >= _DAY or end > _DAY:  # noqa: PLR2004  # minutes
        raise DefinitionError(f"{key}: {text!r} are no hours", fix='as in "09:00-17:00"')
    return start, end if end > start else end + _DAY


def _moment(day: Date, minute: int, zone: str) -> Millis:
    later, rest = divmod(minute, _DAY)
    plain = day.add(days=later).at(Time(rest // 60, rest % 60))
    return moments.local(plain, zone)
