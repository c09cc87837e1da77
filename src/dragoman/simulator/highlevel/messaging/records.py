"""What is kept besides messages: exports under way, uploads, preferences."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from dragoman.kernel.clock import Millis
from dragoman.kernel.jsons import Json
from dragoman.simulator.highlevel.records import Message

ONE_ON_ONE = "One on One"
"""The kind of e-mail that is of no subtype."""


@dataclass(slots=True)
class Export:
    """The messages as they were when the first page was asked for."""

    id: str
    found: Sequence[Message]
    expires: Millis


@dataclass(slots=True)
class Upload:
    """A large file that is on its way."""

    id: str
    path: str
    conversation_id: str
    file_name: str
    content_type: str
    most: int
    expires: Millis
    content: bytes = b""


@dataclass(slots=True)
class Subtype:
    id: str
    location_id: str
    name: str
    channel: str
    language: str
    description: str = ""
    archived: bool = False
    legal_form: str = ""


@dataclass(slots=True)
class Messaging:
    exports: dict[str, Export] = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    """By the public address."""
    subtypes: dict[str, Subtype] = field(default_factory=dict)
    tallies: dict[str, dict[str, dict[str, Json]]] = field(default_factory=dict)
    """By message: what the provider told of an e-mail, `events` and `recipients`."""
    unsubscribed: dict[str, set[str]] = field(default_factory=dict)
    """By contact: ids of subtypes, and `ONE_ON_ONE`."""
