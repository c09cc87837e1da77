"""Which slots of a calendar are free, and for whom of its members."""

from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from dragoman.kernel.clock import DAY, MINUTE, Millis
from dragoman.simulator.highlevel.calendars import hours, series
from dragoman.simulator.highlevel.calendars.records import Calendar, Calendars, Event

NOBODY = ""
"""The member of a calendar that has none: of events, the calendar itself is booked."""
_USUAL_LENGTH = 30 * MINUTE


@dataclass(frozen=True, slots=True)
class Diary:
    """A calendar at one moment, with all that could stand in the way of a booking."""

    book: Calendars
    calendar: Calendar
    zone: ZoneInfo
    now: Millis
    without: str = ""
    """The id of an event that is no hindrance, for it is the one that moves."""

    @property
    def length(self) -> Millis:
        return self.calendar.span("slotDuration", _USUAL_LENGTH)

    def free(
        self, since: Millis, until: Millis, *, whenever: bool = False
    ) -> dict[Millis, list[str]]:
        """The starts of free slots, each with the members who are free, in order.

        `whenever` passes over how soon and how far ahead can be booked.
        """
        found: dict[Millis, list[str]] = {}
        members = self.calendar.members or [NOBODY]
        for member in members:
            for start in self._starts(member, since, until):
                if (whenever or self._in_reach(start)) and self.fits(
                    member, start, start + self.length
                ):
                    found.setdefault(start, []).append(member)
        everybody = self.calendar.kind == "collective"
        return {
            start: free
            for start, free in sorted(found.items())
            if not everybody or len(free) == len(members)
        }

    def fits(self, member: str, start: Millis, end: Millis) -> bool:
        """Whether a member has room between two moments, the buffers before and after included."""
        since = start - self.calendar.span("preBuffer")
        until = end + self.calendar.span("slotBuffer")
        taken = [one for one in self._events(since, until) if self._hinders(one, member)]
        here = [one for one in taken if one.calendar_id == self.calendar.id and not one.blocked]
        if len(here) < len(taken):
            return False
        most: int = self.calendar.fields.get("appoinmentPerSlot") or 1
        return len(here) < most and self._has_room_on_the_day(start)

    def _starts(self, member: str, since: Millis, until: Millis) -> Iterator[Millis]:
        step = self.calendar.span("slotInterval", _USUAL_LENGTH)
        for begin, end in self._windows(member, since, until):
            for start in range(begin, end - self.length + 1, step):
                if since <= start < until:
                    yield start

    def _windows(self, member: str, since: Millis, until: Millis) -> list[hours.Window]:
        """A member's schedule counts before the calendar's own hours."""
        schedules = list(self.book.schedules_of(self.calendar.id, member))
        if not schedules:
            return hours.of_calendar(self.calendar, since, until, self.zone)
        return [one for each in schedules for one in hours.of_schedule(each, since, until)]

    def _in_reach(self, start: Millis) -> bool:
        farthest = self.calendar.span("allowBookingFor")
        soonest = self.now + self.calendar.span("allowBookingAfter")
        return soonest <= start and (not farthest or start <= self.now + farthest)

    def _has_room_on_the_day(self, start: Millis) -> bool:
        most: int = self.calendar.fields.get("appoinmentPerDay") or 0
        if not most:
            return True
        day = hours.local(start, self.zone).date()
        booked = [
            one
            for one in self._events(start - DAY, start + DAY)
            if one.calendar_id == self.calendar.id
            and not one.blocked
            and hours.local(one.start, self.zone).date() == day
        ]
        return len(booked) < most

    def _events(self, since: Millis, until: Millis) -> Iterator[Event]:
        """What lies between two moments and takes up time."""
        for event in self.book.events.values():
            if event.location_id == self.calendar.location_id and event.id != self.without:
                for one in series.instances(event):
                    if one.occupies and one.start < until and one.end > since:
                        yield one

    def _hinders(self, event: Event, member: str) -> bool:
        """A member is busy in all calendars; what is nobody's is in the way of all in its own."""
        if member and event.user_id:
            return event.user_id == member
        return event.calendar_id == self.calendar.id
