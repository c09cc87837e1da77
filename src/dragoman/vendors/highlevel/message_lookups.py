"""Whether something was added to a conversation, or to its preferences, whose answer was lost."""

from typing import Any

from dragoman.catalog.parts import LookupPlan, Lost, Part
from dragoman.kernel.clock import millis
from dragoman.kernel.errors import BadAnswer
from dragoman.vendors.highlevel.lookup import SKEW, messages_since


def logged_message(lost: Lost) -> LookupPlan:
    """What was logged in the conversation by the same id of the other system, or the same text.

    What is logged keeps its own date, which may be long ago.
    """
    begin = lost.since
    if "date" in lost.input:
        begin = min(begin, _moment(lost.input["date"]))
    field, wanted = _mark(lost.input)
    messages = yield from messages_since(lost.input["conversationId"], begin - SKEW)
    return [_named(one) for one in messages if one.get(field) == wanted]


def reply_of_conversation(lost: Lost) -> LookupPlan:
    """Messages of the conversation that say the same, written since the first try."""
    messages = yield from messages_since(lost.input["conversationId"], lost.since - SKEW)
    return [
        _named(one)
        for one in messages
        if one.get("direction") == "outbound" and one.get("body") == lost.input["message"]
    ]


def subtype_by_name(lost: Lost) -> LookupPlan:
    """Subscription types of the same name and channel; no list says when they were made."""
    question = {"locationId": lost.input["locationId"]}
    found = yield Part("highlevel.conversation_subtypes.list", question)
    mark = ("name", "channel")
    wanted = [lost.input[name] for name in mark]
    return [
        {"subtype": one} for one in found["subtypes"] if [one.get(name) for name in mark] == wanted
    ]


def _mark(given: dict[str, Any]) -> tuple[str, Any]:
    """The field of a message that tells this one from others."""
    if given.get("altId"):
        return "altId", given["altId"]
    if given.get("message") and given["type"] != "Email":
        return "body", given["message"]
    raise BadAnswer("it has neither an altId nor a text that lists show, so nobody can tell")


def _moment(date: str) -> int:
    try:
        return millis(date)
    except ValueError:
        raise BadAnswer("its date cannot be read, so nobody can tell") from None


def _named(message: dict[str, Any]) -> dict[str, Any]:
    return {"conversationId": message.get("conversationId"), "messageId": message["id"]}
