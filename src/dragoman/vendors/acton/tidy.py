"""One form for answers that Act-On gives in several, or never published."""

import re
from typing import Any

from dragoman.kernel.errors import BadAnswer

_SENT = re.compile(r"\bs-[0-9a-f]+-\d{4}\b")
"""The id of a send, which ends in year and month."""
_OLDER = {
    "title": "name",
    "msg_id": "msgId",
    "timestamp": "timeStamp",
    "time_when": "timeWhen",
    "sender_name": "senderName",
    "sender_id": "senderId",
    "is_text_only": "isTextOnly",
    "sender_email": "senderEmail",
}
"""From the names of a message's fields in older answers to those of today."""


def listed(content: Any) -> Any:
    """A list as Act-On's other lists come, with its rows under `result`.

    Raises:
        BadAnswer: there is no list in it, or nobody could say which.
    """
    if isinstance(content, list):
        return {"result": content}
    lists = [one for one in content.values() if isinstance(one, list)]
    if isinstance(content.get("result"), list):
        return content
    if len(lists) != 1:
        raise BadAnswer(f"the answer holds {len(lists)} lists where one was due")
    return {**content, "result": lists[0]}


def messages(content: Any) -> Any:
    """A page of messages, its fields named as they are today."""
    rows = content.get("msgresult") if isinstance(content, dict) else None
    if not isinstance(rows, list):
        return content
    return {**content, "msgresult": [_renamed(row) for row in rows]}


def sent(content: Any) -> Any:
    """What a send was answered, with the id of the message: it stands in the words, or beside."""
    if not isinstance(content, dict) or isinstance(content.get("id"), str):
        return content
    found = _SENT.search(str(content.get("message", "")))
    return {**content, "id": found.group()} if found else content


def _renamed(row: Any) -> Any:
    if not isinstance(row, dict):
        return row
    return {_OLDER.get(name, name): value for name, value in row.items()}
