"""The sign in a live chat that somebody is typing."""

from dragoman.simulator.exchange import Answer
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.conversations import find
from dragoman.simulator.highlevel.fields import TEXT, Kind

FIELDS: dict[str, Kind] = {
    **dict.fromkeys(("locationId", "visitorId", "conversationId"), TEXT),
    "isTyping": ("a string", lambda value: value in ("true", "false", True, False)),
}
"""`isTyping` is described as text, with a truth value for its example."""


def typing(call: Call) -> Answer:
    body = call.body(FIELDS, required=tuple(FIELDS))
    call.check_location(body["locationId"])
    there = find(call, body["conversationId"])
    subject = {"conversation_id": there.id, "contact_id": there.contact_id}
    call.record("chat.typing_shown", subject, {"typing": body["isTyping"] in ("true", True)})
    return call.created({"success": True})
