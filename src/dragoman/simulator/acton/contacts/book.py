"""What an account knows of its contacts, besides its marketing lists."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from dragoman.kernel.clock import Millis
from dragoman.kernel.jsons import Json
from dragoman.simulator.acton.consent import fold
from dragoman.simulator.acton.contacts.columns import SCORE, Column, Columns
from dragoman.simulator.acton.contacts.files import Definition, Import
from dragoman.simulator.acton.contacts.segment import Segment, Segments

LIST = "l-unified-contacts"


@dataclass(frozen=True, slots=True)
class Activity:
    verb: str
    """The code under which histories show it."""
    what: str
    at: Millis
    kind: str
    """What it was done to, such as `msg` or `form`."""


@dataclass(slots=True)
class Contact:
    id: str
    created: Millis
    updated: Millis
    fields: dict[str, str] = field(default_factory=dict)
    custom: dict[str, str] = field(default_factory=dict)
    """By the index of the column."""
    activities: list[Activity] = field(default_factory=list)

    @property
    def email(self) -> str:
        return self.fields.get("email", "")

    def value(self, column: Column) -> str:
        """What it has in a column, or nothing."""
        return (
            self.fields.get(column.field, "")
            if column.field
            else self.custom.get(str(column.index), "")
        )

    def shown(self) -> dict[str, Json]:
        """All is text, as it is declared; that the dates count milliseconds is a guess."""
        return {
            "id": self.id,
            SCORE: "0",
            **self.fields,
            "customFields": dict(self.custom),
            "createdDate": str(self.created),
            "updatedDate": str(self.updated),
        }


class Book:
    """An account's contacts in the order they came, its columns, segments and imports."""

    def __init__(self) -> None:
        self.contacts: dict[str, Contact] = {}
        self.columns = Columns()
        self.segments = Segments()
        self.definitions: dict[int, Definition] = {}
        self.imports: dict[str, Import] = {}
        self._made = 0
        self._by_email: dict[str, dict[str, Contact]] = {}
        self._by_external: dict[tuple[str, str], Contact] = {}

    def count_from(self, number: int) -> None:
        """Give the next contact this number, so that a restart uses none a second time."""
        self._made = number - 1

    def with_email(self, email: str) -> list[Contact]:
        """Those with an address, the oldest first."""
        found = self._by_email.get(fold(email), {})
        return sorted(found.values(), key=lambda one: (one.created, int(one.id.split(":")[1], 16)))

    def with_external(self, kind: str, external_id: str) -> Contact | None:
        return self._by_external.get((kind, external_id))

    def add(self, fields: Mapping[str, str], custom: Mapping[str, str], at: Millis) -> Contact:
        self._made += 1
        contact = Contact(f"{LIST}:{self._made:x}", at, at)
        self.contacts[contact.id] = contact
        self.change(contact, fields, custom, at)
        return contact

    def change(
        self, contact: Contact, fields: Mapping[str, str], custom: Mapping[str, str], at: Millis
    ) -> None:
        """Write values; an empty one takes away what is there."""
        self._drop(contact)
        contact.fields = _kept(contact.fields | dict(fields))
        contact.custom = _kept(contact.custom | dict(custom))
        contact.updated = at
        self._index(contact)

    def delete(self, contact: Contact) -> None:
        del self.contacts[contact.id]
        self._drop(contact)
        self.segments.forget(contact.id)

    def members(self, segment: Segment) -> list[Contact]:
        """Who is in a segment now; nobody is who is not in the segment above it, too."""
        above = self.segments.get(segment.parent)
        among: Iterable[Contact] = self.members(above) if above else self.contacts.values()
        if segment.query is None:
            return [one for one in among if one.id in segment.chosen]
        return [one for one in among if segment.query.holds(one.value)]

    def _index(self, contact: Contact) -> None:
        if contact.email:
            self._by_email.setdefault(fold(contact.email), {})[contact.id] = contact
        if key := _external(contact):
            self._by_external[key] = contact

    def _drop(self, contact: Contact) -> None:
        self._by_email.get(fold(contact.email), {}).pop(contact.id, None)
        key = _external(contact)
        if key and self._by_external.get(key) is contact:
            del self._by_external[key]


def _kept(values: dict[str, str]) -> dict[str, str]:
    return {key: one for key, one in values.items() if one != ""}


def _external(contact: Contact) -> tuple[str, str] | None:
    found = contact.fields.get("objectType", ""), contact.fields.get("externalId", "")
    return found if all(found) else None
