"""Putting a conversation away."""

from collections.abc import Generator
from http import HTTPStatus
from typing import Any

from dragoman.catalog.entries import GONE
from dragoman.catalog.parts import Part, Plan
from dragoman.kernel.errors import BadAnswer, BadInput, Rejected

_PAGES = 20
"""Pages of a hundred messages that are looked through for scheduled ones."""

Steps = Generator[Part, Any, Any]


def archive(given: dict[str, Any]) -> Plan:
    """Mark it as read and not starred, tag the contact, cancel what is still to be sent."""
    conversation, contact = yield from _which(given)
    done: dict[str, Any] = {
        "conversationId": conversation,
        "contactId": contact,
        "cancelled": [],
        "too_late": [],
        "tags": given["tags"],
        "complete": True,
    }
    if conversation is not None:
        read = {"conversationId": conversation, "unreadCount": 0, "starred": False}
        yield Part("highlevel.conversations.update", read)
    if given["tags"]:
        yield Part("highlevel.contacts.add_tags", {"contactId": contact, "tags": given["tags"]})
    if conversation is not None:
        done["complete"] = yield from _silence(conversation, done["cancelled"], done["too_late"])
    return done


def _which(given: dict[str, Any]) -> Steps:
    """The ids of the conversation, if there is one, and of the contact."""
    contact = given.get("contactId")
    if "conversationId" in given:
        found = yield Part(
            "highlevel.conversations.get", {"conversationId": given["conversationId"]}
        )
        owner = found.get("contactId")
        if owner is None:
            raise BadAnswer("the conversation does not say whose it is")
        if contact not in {None, owner}:
            raise BadInput(
                "highlevel.conversations.archive: the conversation is not that contact's",
                fix="give conversationId or contactId alone",
            )
        return given["conversationId"], owner
    if contact is None:
        raise BadInput("highlevel.conversations.archive needs 'conversationId' or 'contactId'")
    found = yield Part("highlevel.conversations.search", {"contactId": contact})
    ours = [one["id"] for one in found["conversations"] if one.get("contactId") == contact]
    return (ours[0] if ours else None), contact


def _silence(conversation: str, cancelled: list[str], too_late: list[str]) -> Steps:
    """Cancel what is scheduled; whether all messages were looked at."""
    question: dict[str, Any] = {"conversationId": conversation, "limit": 100}
    for _ in range(_PAGES):
        page = yield Part("highlevel.messages.list", question)
        for message in page["messages"]:
            if message.get("status") == "scheduled":
                gone = yield from _cancel(message)
                (cancelled if gone else too_late).append(message["id"])
        if not page["messages"] or not page.get("nextPage"):
            return True
        question = {**question, "lastMessageId": page["messages"][-1]["id"]}
    return False


def _cancel(message: dict[str, Any]) -> Steps:
    """Cancel one message; False where it was sent before that."""
    try:
        for operation, given in _calls(message):
            yield Part(operation, given)
    except Rejected as refusal:
        return (yield from _is_gone(message["id"], refusal))
    return True


def _calls(message: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """An e-mail is cancelled by ids of its own."""
    meta = message.get("meta") or {}
    mail = meta.get("email") if isinstance(meta, dict) else None
    ids = mail.get("messageIds") if isinstance(mail, dict) else None
    if ids:
        if not isinstance(ids, list):
            raise BadAnswer("a scheduled e-mail does not tell the ids to cancel it by")
        name = "highlevel.messages.cancel_scheduled_email"
        return [(name, {"emailMessageId": one}) for one in ids]
    return [("highlevel.messages.cancel_scheduled", {"messageId": message["id"]})]


def _is_gone(message: str, refusal: Rejected) -> Steps:
    """What a refusal to cancel means: a lost try may have done it, or the message was sent.

    Raises:
        Rejected: neither; the message is still to be sent.
    """
    try:
        found = yield Part("highlevel.messages.get", {"id": message})
    except Rejected as missing:
        if missing.reason == GONE or missing.status == HTTPStatus.NOT_FOUND:
            return True
        raise
    status = str(found["message"].get("status") or "").lower()
    if status in {"", "scheduled"}:
        raise refusal
    return status.startswith("cancel")
