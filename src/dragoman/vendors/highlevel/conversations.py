"""Composites over conversations."""

from typing import Any

from dragoman.catalog.parts import Part, Plan
from dragoman.kernel.errors import Rejected


def ensure(given: dict[str, Any]) -> Plan:
    """Find the contact's conversation, or create it.

    The search shows new conversations late, so "already exists" is a common answer; it carries the
    id of the conversation that exists.
    """
    contact = given["contactId"]
    found = yield Part("highlevel.conversations.search", {"contactId": contact})
    for conversation in found["conversations"]:
        if conversation.get("contactId", contact) == contact:
            return {"id": conversation["id"], "contactId": contact, "created": False}
    try:
        answer = yield Part("highlevel.conversations.create", {"contactId": contact})
    except Rejected as refusal:
        known = refusal.ids.get("conversationId")
        if known is None:
            raise
        return {"id": known, "contactId": contact, "created": False}
    return {"id": answer["conversation"]["id"], "contactId": contact, "created": True}
