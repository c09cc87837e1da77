"""Transcripts of calls, found by asking: nothing tells when one is there."""

from collections.abc import Mapping
from typing import Any

from dragoman.catalog.parts import Found, Part, PollPlan, Watch
from dragoman.kernel.clock import DAY, MINUTE
from dragoman.vendors.highlevel.polling import exported

_PATIENCE = DAY
"""After that, a call that has no transcript gets none."""
_LATER = 4
"""The part of its age that a call is left alone for, so that nobody asks for a day every minute."""
_MOST = 50
"""Calls that are asked about in one poll."""
_SILENT = frozenset({"busy", "no-answer", "failed", "canceled", "cancelled"})
"""Nothing is said in a call that ended like this."""
_KEPT = ("id", "conversationId", "contactId", "locationId", "direction", "userId", "dateAdded")


def transcripts(watch: Watch) -> PollPlan:
    """Calls whose transcript is there now and was not before.

    The cursor holds the calls that wait for one (`waiting`, each with when to ask `next`) and those
    that are settled and may be seen again (`settled`). What is there when one begins to look is not
    news.
    """
    first = not watch.cursor
    seen = yield from exported({"limit": watch.page, "channel": "Call"}, "dateAdded", watch.since)
    settled = {key: at for key, at in watch.cursor.get("settled", {}).items() if at >= watch.since}
    waiting: dict[str, dict[str, Any]] = dict(watch.cursor.get("waiting", {}))
    for row in seen:
        if row["dateAdded"] is not None and row["id"] not in settled and not _is_silent(row):
            kept = {name: row.get(name) for name in _KEPT}
            waiting.setdefault(row["id"], {**kept, "next": watch.now})
    due = sorted((row["next"], key) for key, row in waiting.items() if row["next"] <= watch.now)
    found = []
    for _, key in due[:_MOST]:
        row = waiting.pop(key)
        said = yield Part("highlevel.messages.transcription", {"messageId": key})
        age = watch.now - row["dateAdded"]
        if said["ready"] or age > _PATIENCE:
            settled[key] = row["dateAdded"]
        else:
            waiting[key] = {**row, "next": watch.now + max(age // _LATER, MINUTE)}
        if said["ready"] and not first:
            words = {"text": said["text"], "turns": said["turns"]}
            found.append({**row, **words, "found_at": watch.now})
    unusable = [one for one in seen if one["dateAdded"] is None]
    return Found(found, {"waiting": waiting, "settled": settled}, unusable)


def _is_silent(row: Mapping[str, Any]) -> bool:
    """Whether it was no call in which anything was said, as far as the export tells."""
    meta = row.get("meta")
    told = meta if isinstance(meta, dict) else {}
    inner = told.get("call")
    said = [row.get("status"), told.get("callStatus")]
    said += [inner.get("status")] if isinstance(inner, dict) else []
    return any(isinstance(one, str) and one.lower() in _SILENT for one in said)
