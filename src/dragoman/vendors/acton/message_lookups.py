"""Whether a message was made or sent where the answer was lost: they are told by their titles."""

from collections.abc import Generator
from typing import Any

from dragoman.catalog.parts import LookupPlan, Lost, Part
from dragoman.kernel.clock import SECOND, Millis
from dragoman.kernel.errors import BadAnswer
from dragoman.vendors.acton import moments

_LIST = "acton.messages.list"
_SKEW = 15 * SECOND
"""What may lie between the vendor's clock and what its answers say of it."""
_PAGES, _PAGE = 5, 1000


def draft_by_title(lost: Lost) -> LookupPlan:
    """Drafts or templates of the same title, made since the first try."""
    if not lost.input.get("title"):
        raise BadAnswer("the message was given no title, so nobody can tell it from others")
    found = yield from _alike(lost, lost.input["type"].upper())
    return found


def send_by_title(lost: Lost) -> LookupPlan:
    """Sends of the same title, which went out since the first try, failed, or are still to go."""
    found = []
    for kind in ("SENT", "SCHEDULED", "FAILED"):
        found += yield from _alike(lost, kind)
    return found


def _alike(lost: Lost, kind: str) -> Generator[Part, Any, list[dict[str, Any]]]:
    """Messages of a kind as the lost call would have answered."""
    rows = yield from _every(kind)
    return [
        {"id": row["msgId"]}
        for row in rows
        if isinstance(row.get("msgId"), str) and _is(row, lost.input["title"], lost.since - _SKEW)
    ]


def _is(row: dict[str, Any], title: str, since: Millis) -> bool:
    """What is still to go tells the moment for which it was set, which is not before."""
    same = str(row.get("name", "")).strip() == title.strip()
    return same and (moments.read(row.get("timeStamp")) or 0) >= since


def _every(kind: str) -> Generator[Part, Any, list[dict[str, Any]]]:
    """All messages of a kind; how they are ordered is not published."""
    found: list[dict[str, Any]] = []
    for _ in range(_PAGES):
        page = yield Part(_LIST, {"type": kind, "count": _PAGE, "offset": len(found)})
        found += page["msgresult"]
        if len(page["msgresult"]) < _PAGE:
            return found
    raise BadAnswer(f"there are over {_PAGES} pages of messages, so nobody can tell")
