"""An account's e-mails: drafts, templates and sends, and what became of each at whom."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from dragoman.kernel.clock import SECOND, Millis
from dragoman.simulator.acton.consent import fold

Kind = Literal["DRAFT", "TEMPLATE", "SENT", "TRIGGERED", "FAILED", "SCHEDULED"]
KINDS: tuple[Kind, ...] = ("DRAFT", "TEMPLATE", "SENT", "TRIGGERED", "FAILED", "SCHEDULED")
Happening = Literal["SENT", "SUPPRESSED", "OPENED", "CLICKED", "BOUNCED", "OPT_OUT", "SPAM"]
HAPPENINGS: tuple[Happening, ...] = (
    *("SENT", "SUPPRESSED", "OPENED", "CLICKED"),
    *("BOUNCED", "OPT_OUT", "SPAM"),
)
"""The words of the drill-down."""


@dataclass(frozen=True, slots=True)
class Sender:
    """A name and an address that Act-On has verified."""

    id: str
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Recipient:
    email: str
    list_id: str = ""
    record_id: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Trace:
    """One thing that happened to a message at one recipient."""

    what: Happening
    who: Recipient
    at: Millis
    link: str = ""
    """Where a click led."""
    why: str = ""
    """Of what was suppressed or came back: the reason in words."""


@dataclass(slots=True)
class Message:
    id: str
    kind: Kind
    title: str
    subject: str
    html: str
    text: str
    sender: Sender
    at: Millis
    """When it was made, or is to be sent."""
    to: tuple[str, ...] = ()
    """The lists it went to."""
    without: tuple[str, ...] = ()
    """The lists it was kept from."""
    text_only: bool = False
    released: bool = False
    """Of a template: whether a person has marked it as available to API calls."""
    traces: list[Trace] = field(default_factory=list)

    def of(self, what: Happening) -> list[Trace]:
        return [one for one in self.traces if one.what == what]

    def sent_to(self, email: str) -> Recipient | None:
        """Whom it reached under this address."""
        reached = (one.who for one in self.of("SENT") if fold(one.who.email) == fold(email))
        return next(reached, None)

    def pair(self, what: Happening) -> list[int]:
        """People, and times."""
        found = self.of(what)
        return [len({fold(one.who.email) for one in found}), len(found)]


class Mailing:
    def __init__(self) -> None:
        self.senders = [
            Sender("1", "Bo Example", "bo@example.com"),
            Sender("2", "Ann Example", "ann@example.com"),
        ]
        self.messages: dict[str, Message] = {}
        """In the order they came."""
        self._made: dict[str, int] = {}
        self.add("TEMPLATE", "Order confirmed", 0, subject="Thank you", released=True)

    def add(
        self,
        kind: Kind,
        title: str,
        at: Millis,
        *,
        subject: str = "",
        html: str = "<p>Hello {{First Name}}</p>",
        text: str = "",
        sender: Sender | None = None,
        released: bool = False,
    ) -> Message:
        """Keep a new message; ids are counted by kind, those of sends end in year and month."""
        letter = {"DRAFT": "d", "TEMPLATE": "t"}.get(kind, "s")
        self._made[letter] = number = self._made.get(letter, 0) + 1
        month = f"-{datetime.fromtimestamp(at / SECOND, UTC):%y%m}" if letter == "s" else ""
        made = Message(
            id=f"{letter}-{number:04x}{month}",
            kind=kind,
            title=title,
            subject=subject,
            html=html,
            text=text,
            sender=sender or self.senders[0],
            at=at,
            released=released,
        )
        self.messages[made.id] = made
        return made

    def listed(self, kind: Kind) -> list[Message]:
        """Those of a kind; a template is triggered, too, once it was sent by itself."""
        return [
            one
            for one in self.messages.values()
            if one.kind == kind or (kind == "TRIGGERED" and one.kind == "TEMPLATE" and one.traces)
        ]

    def sender(self, email: str) -> Sender | None:
        return next((one for one in self.senders if fold(one.email) == fold(email)), None)

    def traces_of(self, email: str) -> Iterator[tuple[Message, Trace]]:
        """What messages and one address had to do with each other."""
        for message in self.messages.values():
            for trace in message.traces:
                if fold(trace.who.email) == fold(email):
                    yield message, trace


def unlike(recipients: Iterable[Recipient]) -> list[Recipient]:
    """The first of those with the same address."""
    found: dict[str, Recipient] = {}
    for one in recipients:
        found.setdefault(fold(one.email), one)
    return list(found.values())
