"""What there is at HighLevel: locations with their users and workflows, contacts, messages."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dragoman.kernel.clock import Millis
from dragoman.kernel.jsons import Json


@dataclass(slots=True)
class Workflow:
    """What the API tells of one: neither its triggers nor its steps."""

    id: str
    """A UUID, unlike the ids of other things."""
    name: str
    status: str
    added: Millis


@dataclass(slots=True)
class Campaign:
    id: str
    name: str
    status: str
    """`published` or `draft`."""


@dataclass(slots=True)
class User:
    """A member of the agency's or the location's staff."""

    id: str
    first_name: str
    last_name: str
    email: str
    phone: str
    role: str
    """`admin` or `user`."""
    location_ids: list[str]
    more: dict[str, Json] = field(default_factory=dict)
    """What else was written, as the API names it: permissions, scopes, platformLanguage ..."""

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"


@dataclass(frozen=True, slots=True)
class Tag:
    id: str
    name: str


@dataclass(slots=True)
class Location:
    id: str
    company_id: str
    phone: str = "+14155550190"
    """Its own number and address: where its messages come from and go to."""
    email: str = "desk@example.com"
    active: bool = True
    tags: dict[str, Tag] = field(default_factory=dict)
    """Those the location knows, by name without regard to case."""
    provider: str = ""
    """The id of the conversation provider that every app here is taken to have."""
    workflows: dict[str, Workflow] = field(default_factory=dict)
    campaigns: dict[str, Campaign] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)


@dataclass(slots=True)
class Note:
    id: str
    contact_id: str
    added: Millis
    fields: dict[str, Json]
    """As the API names them: body, userId, title, color, pinned."""


@dataclass(slots=True)
class Task:
    id: str
    contact_id: str
    added: Millis
    fields: dict[str, Json]
    """As the API names them: title, body, dueDate, completed, assignedTo."""


@dataclass(slots=True)
class Contact:
    id: str
    location_id: str
    fields: dict[str, Json]
    """The plain fields as the API names them: firstName, email, phone, dnd ..."""
    added: Millis
    updated: Millis
    searchable: Millis
    """When search begins to see it."""
    created_by: str
    updated_by: str
    tags: list[str] = field(default_factory=list)
    custom_fields: dict[str, Json] = field(default_factory=dict)
    dnd_settings: dict[str, Json] = field(default_factory=dict)
    inbound_dnd_settings: dict[str, Json] = field(default_factory=dict)
    active_workflows: list[str] = field(default_factory=list)
    finished_workflows: list[str] = field(default_factory=list)
    campaigns: list[str] = field(default_factory=list)
    notes: dict[str, Note] = field(default_factory=dict)
    tasks: dict[str, Task] = field(default_factory=dict)

    @property
    def email(self) -> str:
        return str(self.fields.get("email") or "")

    @property
    def phone(self) -> str:
        return str(self.fields.get("phone") or "")

    @property
    def name(self) -> str:
        parts = (self.fields.get("firstName"), self.fields.get("lastName"))
        return " ".join(part for part in parts if part)

    def subject(self) -> dict[str, str]:
        """How the ledger names this person."""
        return {"contact_id": self.id, "email": self.email, "phone": self.phone}


@dataclass(frozen=True, slots=True)
class Turn:
    """What one side of a call said."""

    speaker: str
    """`agent` or `caller`."""
    text: str


@dataclass(slots=True)
class CallDetail:
    """What a message of the kind CALL has besides."""

    status: str
    """`completed`, `voicemail`, `no-answer`, `busy`, `failed` or `canceled`."""
    seconds: int
    turns: tuple[Turn, ...]
    transcribed: Millis
    """When its transcript can be read, if something was said."""
    external: bool = False
    """Whether it went over another system, so that it is only written down here."""

    @property
    def recorded(self) -> bool:
        """Whether somebody or something picked up, so that there is a recording."""
        return self.status in {"completed", "voicemail"} and not self.external


@dataclass(slots=True)
class Message:
    id: str
    conversation_id: str
    contact_id: str
    location_id: str
    channel: str
    """As the send call names it: SMS, Email ...; `Call` for a call."""
    direction: str
    body: str
    added: Millis
    searchable: Millis
    fields: Mapping[str, Json] = field(default_factory=dict)
    """What else was sent: subject, html, attachments ..."""
    scheduled: Millis = 0
    client: str = ""
    email_message_id: str = ""
    user_id: str = ""
    call: CallDetail | None = None
    refused: str = ""
    """Why a scheduled message was not sent when its time came."""
    told: str = ""
    """What its provider says became of it; empty where nobody said so."""
    error: str = ""
    updated: Millis = 0
    """When it was last changed by a call; 0 is never."""


@dataclass(slots=True)
class Conversation:
    id: str
    contact_id: str
    location_id: str
    added: Millis
    updated: Millis
    searchable: Millis
    unread: int = 0
    starred: bool = False
    feedback: dict[str, Json] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)

    def last_message(self, now: Millis) -> Message | None:
        """The newest message that search sees; one to be sent later is none yet."""
        for message in reversed(self.messages):
            if message.searchable <= now and message.scheduled <= now:
                return message
        return None
