"""What HighLevel remembers, and what belongs to what."""

from bisect import insort
from collections.abc import Iterable

from dragoman.kernel.clock import DAY, SECOND, Clock, Millis
from dragoman.kernel.jsons import Json
from dragoman.simulator.highlevel import staff
from dragoman.simulator.highlevel.calendars.records import Calendars
from dragoman.simulator.highlevel.index import Index
from dragoman.simulator.highlevel.locations.holdings import Estate
from dragoman.simulator.highlevel.messaging.records import Messaging
from dragoman.simulator.highlevel.objects.records import Models
from dragoman.simulator.highlevel.opportunities.records import Opportunities
from dragoman.simulator.highlevel.records import (
    Contact,
    Conversation,
    Location,
    Message,
    Tag,
    User,
)
from dragoman.simulator.limits import Windows
from dragoman.simulator.mint import Mint
from dragoman.simulator.tokens import Tokens


class HighLevel:
    """One agency (company) with its locations."""

    def __init__(self, clock: Clock, mint: Mint) -> None:
        self._clock = clock
        self._mint = mint
        self.company_id = mint.word("company")
        self.locations: dict[str, Location] = {}
        self.default_location = self.location(mint.word("location"))
        self.tokens = Tokens()
        self.bursts = Windows(10 * SECOND)
        self.days = Windows(DAY)
        self.contacts: dict[str, Contact] = {}
        self.conversations: dict[str, Conversation] = {}
        self.messages: dict[str, Message] = {}
        self.index = Index()
        self.messaging = Messaging()
        self.former_users: dict[str, User] = {}
        self.calendars = Calendars()
        self.opportunities = Opportunities(clock, mint)
        self.estate = Estate(clock, mint)
        self.models = Models(clock, mint)
        self._by_identity: dict[tuple[str, str, str], list[Contact]] = {}
        self._conversation_of: dict[str, Conversation] = {}

    def location(self, location_id: str) -> Location:
        """The location of that id, made if it is new."""
        if location_id not in self.locations:
            new = Location(location_id, self.company_id)
            staff.settle_in(new, self._mint, self._clock.now())
            self.locations[location_id] = new
        return self.locations[location_id]

    def add_contact(
        self, location: Location, fields: dict[str, Json], by: str, lag: Millis
    ) -> tuple[Contact, Conversation]:
        """A new contact gets a conversation by side effect, as was observed with the API."""
        now = self._clock.now()
        contact = Contact(
            id=self._mint.word("contact"),
            location_id=location.id,
            fields={},
            added=now,
            updated=now,
            searchable=now + lag,
            created_by=by,
            updated_by=by,
        )
        self.contacts[contact.id] = contact
        self._write(contact, fields)
        return contact, self.open_conversation(contact, lag)

    def change_contact(self, contact: Contact, fields: dict[str, Json], by: str) -> None:
        self._write(contact, fields)
        contact.updated, contact.updated_by = self._clock.now(), by

    def contacts_with(self, location_id: str, field_name: str, value: str) -> list[Contact]:
        """Contacts with that e-mail or phone, oldest first."""
        return self._by_identity.get((location_id, field_name, identity(value)), [])

    def open_conversation(self, contact: Contact, lag: Millis) -> Conversation:
        now = self._clock.now()
        conversation = Conversation(
            id=self._mint.word("conversation"),
            contact_id=contact.id,
            location_id=contact.location_id,
            added=now,
            updated=now,
            searchable=now + lag,
        )
        self.conversations[conversation.id] = conversation
        self._conversation_of[contact.id] = conversation
        return conversation

    def conversation_of(self, contact_id: str) -> Conversation | None:
        """A contact has one conversation at most."""
        return self._conversation_of.get(contact_id)

    def forget_conversation(self, contact_id: str) -> Conversation | None:
        """Delete a contact's conversation and all its messages, which cannot be undone."""
        gone = self._conversation_of.pop(contact_id, None)
        if gone is not None:
            del self.conversations[gone.id]
            for message in gone.messages:
                del self.messages[message.id]
        return gone

    def forget_contact(self, contact: Contact) -> Conversation | None:
        """Delete a contact and what hangs on it; returns the conversation that went along."""
        del self.contacts[contact.id]
        self.index.drop(contact.id)
        for field_name in ("email", "phone"):
            self._reindex(contact, field_name, None)
        return self.forget_conversation(contact.id)

    def take_back(self, message: Message) -> None:
        """A scheduled message that was cancelled: no published status fits, so it is gone."""
        del self.messages[message.id]
        self.conversations[message.conversation_id].messages.remove(message)

    def add_message(self, conversation: Conversation, message: Message) -> None:
        """What comes in is unread; what goes out by the API leaves the count as it is.

        What is only written down stands where its date puts it.
        """
        self.messages[message.id] = message
        insort(conversation.messages, message, key=lambda one: one.added)
        conversation.updated = max(conversation.updated, message.added)
        conversation.unread += message.direction == "inbound"

    def define_tags(self, location: Location, tags: Iterable[str]) -> list[str]:
        """A tag name used for the first time becomes known to the whole location."""
        new = [tag for tag in tags if tag.casefold() not in location.tags]
        known = {tag.casefold(): Tag(self._mint.word("tag"), tag) for tag in new}
        location.tags.update(known)
        return new

    def _write(self, contact: Contact, fields: dict[str, Json]) -> None:
        for field_name in ("email", "phone"):
            if field_name in fields:
                self._reindex(contact, field_name, fields[field_name])
        contact.fields.update(fields)

    def _reindex(self, contact: Contact, field_name: str, value: Json) -> None:
        old = contact.fields.get(field_name)
        if old:
            self._by_identity[contact.location_id, field_name, identity(old)].remove(contact)
        if value:
            key = (contact.location_id, field_name, identity(value))
            self._by_identity.setdefault(key, []).append(contact)


def identity(value: str) -> str:
    """What two spellings of one address or number have in common."""
    folded = value.strip().casefold()
    return folded if "@" in folded else "".join(mark for mark in folded if mark not in " ()-.")
