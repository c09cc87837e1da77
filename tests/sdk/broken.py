"""What of HighLevel's own client cannot succeed anywhere, and why: a call, and what shows it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from json import JSONDecodeError
from typing import Any

from tests.simulator.conftest import Rig

_NO_ID = "it has no parameter for the id of its path, and asks for the letters `{}`"
_NO_JSON = "it reads every answer as JSON, and this one is {}"


@dataclass(frozen=True)
class Broken:
    reason: str
    call: Callable[[Any, Rig, str], Awaitable[Any]]
    """Of a client, and of a message that is a call with a recording and a transcript."""
    raised: type[Exception] | None
    """None is the client's own error."""
    shown: str
    """A part of its text; of its own error, of the address that was asked for."""


BROKEN = {
    "contacts.create_association": Broken(
        _NO_ID.format("{type}") + "; the change of tags of many contacts is meant",
        lambda sdk, rig, _: sdk.contacts.create_association(
            {"contacts": ["x"], "tags": ["vip"], "locationId": rig.location}
        ),
        None,
        "/contacts/bulk/tags/update/%7Btype%7D",
    ),
    "conversations.get_message": Broken(
        _NO_ID.format("{id}"),
        lambda sdk, *_: sdk.conversations.get_message(),
        None,
        "/conversations/messages/%7Bid%7D",
    ),
    "conversations.get_email_by_id": Broken(
        _NO_ID.format("{id}"),
        lambda sdk, *_: sdk.conversations.get_email_by_id(),
        None,
        "/conversations/messages/email/%7Bid%7D",
    ),
    "conversations.get_message_recording": Broken(
        _NO_JSON.format("a sound"),
        lambda sdk, rig, message: sdk.conversations.get_message_recording(rig.location, message),
        UnicodeDecodeError,
        "codec can't decode",
    ),
    "conversations.download_message_transcription": Broken(
        _NO_JSON.format("a text"),
        lambda sdk, rig, message: sdk.conversations.download_message_transcription(
            rig.location, message
        ),
        JSONDecodeError,
        "Expecting value",
    ),
    "conversations.upload_file_attachments": Broken(
        "it sends JSON where a form is due, and JSON has no bytes",
        lambda sdk, rig, _: sdk.conversations.upload_file_attachments(
            {"locationId": rig.location, "fileAttachment": b"%PDF"}
        ),
        TypeError,
        "bytes is not JSON serializable",
    ),
}
