"""Whether a create happened whose answer was lost."""

from typing import Any

from dragoman.catalog.parts import LookupPlan, Lost, Part
from dragoman.kernel.clock import SECOND, Millis, millis
from dragoman.kernel.errors import BadAnswer, TransientError

SKEW = 15 * SECOND
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
        messages = yield from messages_since(conversation["id"], lost.since - SKEW)
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


def note_by_body(lost: Lost) -> LookupPlan:
    """Notes on the same contact with the same words, written since the first try."""
    found = yield Part("highlevel.notes.list", {"contactId": lost.input["contactId"]})
    body = lost.input["body"]
    alike = [one for one in found["notes"] if body in {one.get("body"), one.get("bodyText")}]
    return [{"note": one} for one in alike if _added(one) >= lost.since - SKEW]


def task_by_title(lost: Lost) -> LookupPlan:
    """Tasks with the same contact, of the same title and due at the same time.

    Tasks do not say when they were made. One from before that is alike in all of this is as good.
    """
    found = yield Part("highlevel.tasks.list", {"contactId": lost.input["contactId"]})
    return [{"task": one} for one in found["tasks"] if _same_task(one, lost.input)]


def contact_in_workflow(lost: Lost) -> LookupPlan:
    """Whether the contact is in the workflow, or was: who put it there does not matter."""
    workflow = {"operator": "eq", "value": lost.input["workflowId"]}
    fields = ("activeWorkflows", "finishedWorkflows")
    question = [
        {"field": "id", "operator": "eq", "value": lost.input["contactId"]},
        {"group": "OR", "filters": [{"field": field, **workflow} for field in fields]},
    ]
    found = yield Part("highlevel.contacts.search", {"filters": question, "pageLimit": 1})
    return [
        {"succeeded": True} for one in found["contacts"] if one["id"] == lost.input["contactId"]
    ]


def _same_task(task: dict[str, Any], wanted: dict[str, Any]) -> bool:
    if task.get("title") != wanted["title"]:
        return False
    try:
        return millis(str(task.get("dueDate"))) == millis(wanted["dueDate"])
    except ValueError:
        return bool(task.get("dueDate") == wanted["dueDate"])


def messages_since(conversation: str, moment: int) -> LookupPlan:
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


def _added(thing: dict[str, Any]) -> Millis:
    try:
        return millis(thing["dateAdded"])
    except (KeyError, TypeError, ValueError):
        raise BadAnswer("one has no date that can be read, so nobody can tell") from None
