"""What there is in the calendars of all locations."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from dragoman.kernel.clock import DAY, HOUR, MINUTE, Millis
from dragoman.kernel.jsons import Json

UNITS: dict[str, Millis] = {
    "mins": MINUTE,
    "hours": HOUR,
    "days": DAY,
    "weeks": 7 * DAY,
    "months": 30 * DAY,
}
OVER = frozenset({"cancelled", "noshow", "invalid"})
"""Statuses of appointments that leave their time free."""


@dataclass(slots=True)
class Record:
    """A group, a resource or a notification: fields as the API names them."""

    id: str
    location_id: str
    fields: dict[str, Any]


@dataclass(slots=True)
class Calendar(Record):
    def span(self, name: str, default: Millis = 0) -> Millis:
        """A length in milliseconds; its unit stands in a field beside it."""
        number = self.fields.get(name)
        unit = self.fields.get(f"{name}Unit") or "mins"
        return default if number is None else round(number * UNITS[unit])

    @property
    def members(self) -> list[str]:
        return [one["userId"] for one in self.fields.get("teamMembers", ())]

    @property
    def kind(self) -> str:
        return str(self.fields.get("calendarType") or "event")


@dataclass(slots=True)
class Schedule(Record):
    """When a user can be booked, in the calendars that it names."""

    added: Millis
    updated: Millis


@dataclass(slots=True)
class AppointmentNote:
    id: str
    added: Millis
    fields: dict[str, Json]
    by: str
    """The client id of the app that wrote it."""


@dataclass(slots=True)
class Event:
    """An appointment or, without a contact, a time that was blocked."""

    id: str
    location_id: str
    start: Millis
    end: Millis
    added: Millis
    updated: Millis
    fields: dict[str, Any]
    """As the API names them: calendarId, contactId, title, appointmentStatus ..."""
    notes: dict[str, AppointmentNote] = field(default_factory=dict)
    changed: dict[Millis, dict[str, Any] | None] = field(default_factory=dict)
    """Of a series: what differs in the instance that began there; None where it is gone."""
    master_id: str = ""
    """Of an instance: the id of its series."""

    @property
    def calendar_id(self) -> str:
        return str(self.fields.get("calendarId") or "")

    @property
    def user_id(self) -> str:
        return str(self.fields.get("assignedUserId") or "")

    @property
    def contact_id(self) -> str:
        return str(self.fields.get("contactId") or "")

    @property
    def blocked(self) -> bool:
        return not self.contact_id

    @property
    def occupies(self) -> bool:
        return self.fields.get("appointmentStatus") not in OVER

    def subject(self) -> dict[str, str]:
        """How the ledger names it."""
        return {"event_id": self.id, "calendar_id": self.calendar_id, "contact_id": self.contact_id}


class Calendars:
    """Those of every location, and all that belongs to them."""

    def __init__(self) -> None:
        self.calendars: dict[str, Calendar] = {}
        self.groups: dict[str, Record] = {}
        self.resources: dict[str, Record] = {}
        self.notifications: dict[str, dict[str, Record]] = {}
        """Those of a calendar, by its id."""
        self.schedules: dict[str, Schedule] = {}
        self.events: dict[str, Event] = {}

    def of_contact(self, contact_id: str) -> list[Event]:
        """The appointments of a contact; a series is one of them."""
        return [one for one in self.events.values() if one.contact_id == contact_id]

    def schedules_of(self, calendar_id: str, user_id: str) -> Iterator[Schedule]:
        """What a calendar goes by for one of its members."""
        for one in self.schedules.values():
            if one.fields["userId"] == user_id and calendar_id in one.fields["calendarIds"]:
                yield one


def of_location(records: Iterable[Record], location_id: str) -> list[Any]:
    return [one for one in records if one.location_id == location_id]
