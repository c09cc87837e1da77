"""Whether a create happened whose answer was lost."""

from typing import Any

from dragoman.catalog.parts import LookupPlan, Lost, Part
from dragoman.kernel.clock import SECOND, Millis, millis
from dragoman.kernel.errors import BadAnswer, TransientError

_SKEW = 15 * SECOND
"""What may lie between the vendor's clock and what its answers say of it."""
_PAGES = 5


def message_by_body(lost: Lost) -> LookupPlan:
    """Messages to the same contact with the same text, sent since the first try.

    An e-mail's body is not in these lists, so of an e-mail nobody can tell.
    """
    text = lost.input.get("message")
    if lost.input["type"] == "Email" or text is None:
        raise BadAnswer("HighLevel's message lists hold no e-mail bodies, so nobody can tell")
    contact = lost.input["contactId"]
    found = yield Part("highlevel.conversations.search", {"contactId": contact})
    if not found["conversations"]:
        # Every contact has one, so the search is late: its silence proves nothing.
        raise TransientError("HighLevel's search does not show the contact's conversation yet")
    candidates: list[dict[str, Any]] = []
    for conversation in found["conversations"]:
        messages = yield from _since(conversation["id"], lost.since - _SKEW)
        candidates += [
            {"conversationId": conversation["id"], "messageId": message["id"]}
            for message in messages
            if message.get("direction") == "outbound" and message.get("body") == text
        ]
    return candidates


def conversation_of_contact(lost: Lost) -> LookupPlan:
    """The contact's conversation: there is one at most, so whoever created it, it is the one."""
    contact = lost.input["contactId"]
    found = yield Part("highlevel.conversations.search", {"contactId": contact})
    return [
        {"conversation": conversation}
        for conversation in found["conversations"]
        if conversation.get("contactId") == contact
    ]


def _since(conversation: str, moment: int) -> LookupPlan:
    """The messages of a conversation from a moment on, newest first."""
    kept: list[dict[str, Any]] = []
    question: dict[str, Any] = {"conversationId": conversation, "limit": 100}
    for _ in range(_PAGES):
        page = yield Part("highlevel.messages.list", question)
        messages = page["messages"]
        fresh = [one for one in messages if _added(one) >= moment]
        kept += fresh
        if not messages or not page.get("nextPage") or len(fresh) < len(messages):
            return kept
        question = {**question, "lastMessageId": messages[-1]["id"]}
    raise BadAnswer(f"the conversation has over {_PAGES * 100} messages since, so nobody can tell")


def _added(message: dict[str, Any]) -> Millis:
    try:
        return millis(message["dateAdded"])
    except (KeyError, TypeError, ValueError):
        raise BadAnswer("a message has no date that can be read, so nobody can tell") from None
