"""Appointments that come again: the instances of a series, each with an id of its own.

Of RFC 5545 as much as the vendor's examples use: FREQ, INTERVAL, COUNT, UNTIL, and EXDATE.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count, islice

from dragoman.kernel.clock import SECOND, Millis
from dragoman.simulator.highlevel import answers
from dragoman.simulator.highlevel.calendars.records import Calendars, Event

MOST = 100
"""Instances of a series, at most."""
_DAYS = {"DAILY": 1, "WEEKLY": 7}
_INSTANCE = re.compile(r"(\w+)_(\d+)_(\d+)")
_RULE = re.compile(r"(?:RRULE:)?([A-Z=;0-9TZ]+)(?:\s+EXDATE:([0-9TZ,]+))?\s*")


@dataclass(frozen=True, slots=True)
class Rule:
    frequency: str
    interval: int
    count: int
    until: Millis | None
    without: frozenset[Millis]

    def starts(self, first: Millis) -> Iterator[Millis]:
        """When the instances begin, the first one first."""
        begun = datetime.fromtimestamp(first / SECOND, UTC)
        moments = (self._later(begun, number * self.interval) for number in count())
        for moment in islice(filter(None, moments), self.count):
            start = round(moment.timestamp() * SECOND)
            if self.until is not None and start > self.until:
                return
            if start not in self.without:
                yield start

    def _later(self, begun: datetime, steps: int) -> datetime | None:
        """So many days, weeks or months later; None in a month that has no such day."""
        if self.frequency != "MONTHLY":
            return begun + timedelta(days=_DAYS[self.frequency] * steps)
        years, month = divmod(begun.month - 1 + steps, 12)
        try:
            return begun.replace(year=begun.year + years, month=month + 1)
        except ValueError:
            return None


def rule(text: str) -> Rule:
    """Read a rule.

    Raises:
        Refusal: 422 for one that cannot be read.
    """
    found = _RULE.fullmatch(text)
    parts = dict(one.split("=", 1) for one in found[1].split(";") if "=" in one) if found else {}
    known = {"FREQ", "INTERVAL", "COUNT", "UNTIL"}
    if found is None or parts.get("FREQ") not in {*_DAYS, "MONTHLY"} or parts.keys() - known:
        raise answers.unprocessable(["rrule must be a valid RRULE"])
    try:
        return Rule(
            frequency=parts["FREQ"],
            interval=_some(parts.get("INTERVAL", "1")),
            count=_some(parts.get("COUNT", f"{MOST}")),
            until=_moment(parts["UNTIL"]) if "UNTIL" in parts else None,
            without=frozenset(_moment(one) for one in (found[2] or "").split(",") if one),
        )
    except ValueError:
        raise answers.unprocessable(["rrule must be a valid RRULE"]) from None


def _some(text: str) -> int:
    """A count of at least one; more than the most is the most.

    Raises:
        ValueError: it is none.
    """
    found = int(text)
    if found < 1:
        raise ValueError(text)
    return min(found, MOST)


def instances(event: Event) -> Iterator[Event]:
    """An event itself, or each instance of a series as an event."""
    text = event.fields.get("rrule")
    if not text:
        yield event
        return
    length = event.end - event.start
    for start in rule(text).starts(event.start):
        changed = event.changed.get(start, {})
        if changed is not None:
            plain = {name: value for name, value in changed.items() if name not in ("start", "end")}
            yield replace(
                event,
                id=f"{event.id}_{start}_{length // SECOND}",
                start=changed.get("start", start),
                end=changed.get("end", start + length),
                fields={**event.fields, **plain},
                master_id=event.id,
            )


def find(book: Calendars, event_id: str) -> tuple[Event, Millis | None] | None:
    """An event, or an instance: its series, and when it was to begin."""
    if event_id in book.events:
        return book.events[event_id], None
    named = _INSTANCE.fullmatch(event_id)
    master = book.events.get(named[1]) if named else None
    if named is None or master is None:
        return None
    there = any(one.id == event_id for one in instances(master))
    return (master, int(named[2])) if there else None


def _moment(text: str) -> Millis:
    stamp = datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    return round(stamp.timestamp() * SECOND)
