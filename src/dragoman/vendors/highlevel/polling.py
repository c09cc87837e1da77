"""What the polls of HighLevel have in common: moments, and the export of messages."""

from collections.abc import Generator
from typing import Any

from dragoman.catalog.parts import Part
from dragoman.kernel.clock import Millis
from dragoman.vendors.highlevel.webhooks import moment

_MOMENTS = ("dateAdded", "dateUpdated", "lastMessageDate")
Walked = Generator[Part, Any, list[dict[str, Any]]]


def told(thing: Any) -> dict[str, Any]:
    """A thing with its dates as moments; a date that is none is nothing."""
    row = thing if isinstance(thing, dict) else {"row": thing}
    return {**row, **{name: moment(row[name]) for name in _MOMENTS if name in row}}


def exported(question: dict[str, Any], date: str, since: Millis) -> Walked:
    """Messages by that date, the newest first, back to a moment; without it, by their making.

    No filter on dates is used: of which date it would be is in no document. A page's cursor lives
    for two minutes, which is enough to ask for the next one; should it be over, the poll is tried
    again from its beginning.
    """
    sort = "updatedAt" if date == "dateUpdated" else "createdAt"
    asked = {**question, "sortBy": sort, "sortOrder": "desc"}
    found: dict[str, dict[str, Any]] = {}
    cursor: dict[str, Any] = {}
    while True:
        page = yield Part("highlevel.messages.export", {**asked, **cursor})
        known = len(found)
        rows = [told(one) for one in page["messages"]]
        for row in rows:
            row["dateUpdated"] = row.get("dateUpdated") or row.get("dateAdded")
            found[row["id"]] = row
        last = rows[-1].get(date) if rows else None
        if not page.get("nextCursor") or len(found) == known or (last and last < since):
            return [one for one in found.values() if (one.get(date) or since) >= since]
        cursor = {"cursor": page["nextCursor"]}
