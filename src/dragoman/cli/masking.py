"""Hides what belongs to a person: values of personal fields, texts of messages, addresses in words.

What is shown is listed, not what is hidden: a field nobody thought of stays hidden.
"""

import re
from typing import Any

HIDDEN = "***"

_SHOWN = frozenset(
    {
        "action", "assignedto", "call_status", "cancelled", "channel", "count", "created_at",
        "customeventaction", "dateadded", "dateupdated", "destination", "direction", "duedate",
        "duration", "effect", "engine", "environment", "kind", "label", "limit", "list", "listid",
        "messagetype", "modified_at", "negative", "neutral", "new", "opted_out_at", "positive",
        "scheduledtimestamp", "score", "source", "state", "status", "tags", "tagsadded",
        "tagsremoved", "time_zone", "timezone", "too_late", "topics", "total", "type", "until",
        "version",
    }
)  # fmt: skip
_ID = re.compile(r"(^|_)ids?$|Ids?$")
_MAIL = re.compile(r"[^\s@<>\"'(),;:]+@[^\s@<>\"'(),;:]+\.[A-Za-z]{2,}")
_PHONE = re.compile(r"\+\d[\d ().-]{6,}\d|\(\d{3}\) ?\d{3}-\d{4}|\b\d{3}[ .-]\d{3}[ .-]\d{4}\b")
_PLAIN = re.compile(r"[\w .:/+-]{1,64}", re.ASCII)


def value(content: Any, name: str = "") -> Any:
    """The same shape, with what is personal hidden; `name` is the field it stands in."""
    if isinstance(content, dict):
        return {key: value(inner, key) for key, inner in content.items()}
    if isinstance(content, list):
        return [value(inner, name) for inner in content]
    if content is None or isinstance(content, bool) or _may_show(name, content):
        return content
    return HIDDEN


def words(text: str) -> str:
    """A sentence, with e-mail addresses and phone numbers hidden."""
    return _PHONE.sub(HIDDEN, _MAIL.sub(HIDDEN, text))


def _may_show(name: str, content: Any) -> bool:
    if not (name.lower() in _SHOWN or _ID.search(name)):
        return False
    text = str(content)
    return bool(_PLAIN.fullmatch(text)) and words(text) == text
