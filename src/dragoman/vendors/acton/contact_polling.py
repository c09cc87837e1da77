"""Act-On Contacts that came, were changed, came into a segment or reached a score, by asking."""

from collections.abc import Generator, Mapping
from typing import Any

from dragoman.catalog.parts import Found, Part, PollPlan, Watch
from dragoman.kernel.clock import SECOND
from dragoman.kernel.errors import BadAnswer
from dragoman.vendors.acton import moments

_CONTACTS = "acton.contacts.list"
_MEMBERS = "acton.segments.list_contacts"
_MOST = 20_000
"""Members of a segment that are remembered."""
_Pages = Generator[Part, Any, tuple[list[dict[str, Any]], bool]]


def added(watch: Watch) -> PollPlan:
    """Contacts that were made since."""
    found, complete = yield from _pages(_CONTACTS, _since("createdAfter", watch), watch.page)
    return _found(found, "createdDate", watch, complete=complete)


def changed(watch: Watch) -> PollPlan:
    """Contacts that were changed since, and not since their making only."""
    found, complete = yield from _pages(_CONTACTS, _since("updatedAfter", watch), watch.page)
    told = _found(found, "updatedDate", watch, complete=complete)
    later = [one for one in told.rows if one["updatedDate"] != one["createdDate"]]
    return Found(later, told.cursor, told.unusable, complete)


def reached(watch: Watch) -> PollPlan:
    """Contacts whose score is at least the threshold; that it was so before is known by the key.

    The first time, all contacts are read: those who had the score already are known from then on.
    """
    least = int(watch.settings["threshold"])
    question = _since("updatedAfter", watch) if watch.cursor else {}
    found, complete = yield from _pages(_CONTACTS, question, watch.page)
    told = _found(found, "updatedDate", watch, complete=complete, every=not watch.cursor)
    high = [
        {**one, "threshold": least, "score": score}
        for one in told.rows
        if (score := _figure(one.get("actonPrimaryScore"))) is not None and score >= least
    ]
    return Found(high, {"begun": True}, told.unusable, complete)


def joined(watch: Watch) -> PollPlan:
    """Contacts who are in a segment and were not; nothing says since when.

    The cursor holds who is in it, and counts how often that was looked at. So who leaves and comes
    back is told again, and a poll that is repeated after a kill tells the same as before.

    Raises:
        BadAnswer: the segment is too large to remember who is in it.
    """
    return (yield from joined_to(watch.settings["segment"], watch))


def joined_to(segment: str, watch: Watch) -> PollPlan:
    """See `joined`; of any segment."""
    found, complete = yield from _pages(_MEMBERS, {"segmentId": segment}, watch.page)
    people = {one["id"]: one for one in found if isinstance(one.get("id"), str)}
    if len(people) > _MOST:
        raise BadAnswer(
            f"more than {_MOST} contacts are in segment {segment}: too many to remember them all",
            fix="make a segment of those whom the flow is about",
        )
    if not complete:
        return Found([], watch.cursor, complete=False)
    turn = watch.cursor.get("turn", 0)
    known = set(watch.cursor.get("members", []))
    new = [
        {**_row(one), "segment_id": segment, "turn": turn, "found_at": watch.now}
        for key, one in people.items()
        if turn and key not in known
    ]
    return Found(new, {"turn": turn + 1, "members": sorted(people)})


def changed_in(watch: Watch) -> PollPlan:
    """Contacts of a segment that were changed since; all pages are read, for no filter helps."""
    segment = watch.settings["segment"]
    found, complete = yield from _pages(_MEMBERS, {"segmentId": segment}, watch.page)
    told = _found(found, "updatedDate", watch, complete=complete)
    rows = [{**one, "segment_id": segment} for one in told.rows]
    later = [one for one in rows if one["updatedDate"] != one["createdDate"]]
    return Found(later, {}, told.unusable, complete)


def _since(condition: str, watch: Watch) -> dict[str, Any]:
    """A filter by seconds; one earlier, for whether that is included is in no document."""
    return {condition: str(max(watch.since // SECOND - 1, 0))}


def _pages(operation: str, question: dict[str, Any], size: int) -> _Pages:
    """All contacts, and whether nothing can have been missed while pages moved.

    The largest page is published nowhere: if fewer come than were asked for, there may be more.
    """
    found: dict[str, dict[str, Any]] = {}
    totals: set[Any] = set()
    number = seen = 0
    while True:
        asked = {**question, "page": number, "pageSize": size}
        page = yield Part(operation, asked)
        rows = [one if isinstance(one, dict) else {"row": one} for one in page["contacts"]]
        totals.add(page.get("totalCount"))
        known = len(found)
        found.update((str(one.get("id") or repr(one)), one) for one in rows)
        seen += len(rows)
        number += 1
        if len(found) == known or seen == _figure(page.get("totalCount")):
            moved = len(totals) > 1 or (None not in totals and seen != len(found))
            return list(found.values()), not moved


def _found(
    found: list[dict[str, Any]], date: str, watch: Watch, *, complete: bool, every: bool = False
) -> Found:
    rows = [_row(one) for one in found]
    good = [one for one in rows if isinstance(one.get("id"), str) and one[date] is not None]
    unusable = [one for one in rows if not (isinstance(one.get("id"), str) and one[date])]
    wanted = [one for one in good if every or one[date] >= watch.since]
    return Found(wanted, {}, unusable, complete)


def _row(one: Mapping[str, Any]) -> dict[str, Any]:
    dates = {name: moments.read_any(one.get(name)) for name in ("createdDate", "updatedDate")}
    return {**one, **dates}


def _figure(value: Any) -> int | None:
    """A number, which may come as text."""
    try:
        return round(float(value))
    except (OverflowError, TypeError, ValueError):
        return None
