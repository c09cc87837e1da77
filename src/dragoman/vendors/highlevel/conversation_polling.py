"""Conversations with a new last message, found by asking."""

from typing import Any

from dragoman.catalog.parts import Found, Part, PollPlan, Watch
from dragoman.vendors.highlevel.polling import told


def changes(watch: Watch) -> PollPlan:
    """Conversations whose last message is of that moment or later, the newest first.

    The next page begins below a date. One later is asked for, so that none of those who share the
    date of a page's end is left out; where a whole page shares it, there is no way to see more of
    them, and the poll goes on below.
    """
    question = {"limit": watch.page, "sortBy": "last_message_date", "sort": "desc"}
    found: dict[str, dict[str, Any]] = {}
    after: dict[str, Any] = {}
    while True:
        page = yield Part("highlevel.conversations.search", {**question, **after})
        rows = [told(one) for one in page["conversations"]]
        known = len(found)
        found |= {row["id"]: row for row in rows}
        last = _last(rows)
        if len(rows) < watch.page or last is None or last < watch.since:
            break
        below = last + (1 if len(found) > known else 0)
        if after.get("startAfterDate") == below:
            below = last
        if after.get("startAfterDate", below + 1) <= below:
            break  # no way on
        after = {"startAfterDate": below}
    dated = [one for one in found.values() if one.get("lastMessageDate") is not None]
    rows = [one for one in dated if one["lastMessageDate"] >= watch.since]
    return Found(rows, {}, [one for one in found.values() if one.get("lastMessageDate") is None])


def _last(rows: list[dict[str, Any]]) -> int | None:
    """The date that the next page begins below."""
    if not rows:
        return None
    sort = rows[-1].get("sort")
    found = sort[0] if isinstance(sort, list) and sort else rows[-1].get("lastMessageDate")
    return found if type(found) is int else None
