"""Openings of and clicks in e-mails, found in the reports of messages: no webhook tells of them."""

from collections.abc import Generator
from typing import Any

from dragoman.catalog.parts import Found, Part, PollPlan, Watch
from dragoman.kernel.clock import DAY, Millis
from dragoman.vendors.acton import moments

_LIST = "acton.messages.list"
_REPORT = "acton.message_reports.list_recipients"
_LATE = DAY
"""How long after it happened a row may show; older ones were seen before."""


def opened(watch: Watch) -> PollPlan:
    """Each time that somebody has opened a message, as far as pictures tell it."""
    return (yield from _happened(watch, "OPENED"))


def clicked(watch: Watch) -> PollPlan:
    """Each time that somebody has followed a link of a message."""
    return (yield from _happened(watch, "CLICKED"))


def _happened(watch: Watch, what: str) -> PollPlan:
    """Rows of the messages that are looked at.

    Of each message one row is asked for, which tells how many there are. Only where that is another
    number than last time (the cursor has it) all are read: their order is in no document.
    """
    counts: dict[str, Any] = watch.cursor.get("counts", {})
    told: dict[str, int] = {}
    rows: list[dict[str, Any]] = []
    unusable: list[dict[str, Any]] = []
    complete = True
    for message in (yield from _messages(watch)):
        asked = {"id": message["msgId"], "drilldown": what}
        first = yield Part(_REPORT, {**asked, "count": 1, "offset": 0})
        total = first.get("totalCount")
        told[message["msgId"]] = total
        if total == counts.get(message["msgId"], 0) and total is not None:
            continue
        found, whole = yield from _recipients(asked, watch.page)
        complete = complete and whole
        for one in found:
            row = _row(message, one)
            (unusable if row is None else rows).append(one if row is None else row)
    new = [one for one in rows if one["ts"] >= watch.since - _LATE]
    return Found(new, {"counts": told if complete else counts}, unusable, complete)


def _messages(watch: Watch) -> Generator[Part, Any, list[dict[str, Any]]]:
    """The message that was named; else those triggered, and those sent within the last days."""
    named = watch.settings.get("message")
    if named:
        return [{"msgId": named}]
    oldest = watch.now - int(watch.settings.get("days", 14)) * DAY
    sent = yield from _list("SENT")
    triggered = yield from _list("TRIGGERED")
    recent = [one for one in sent if _is_recent(one, oldest)]
    return list({one["msgId"]: one for one in [*recent, *triggered]}.values())


def _is_recent(message: dict[str, Any], oldest: Millis) -> bool:
    at = moments.read_any(message.get("timeStamp"))
    return at is None or at >= oldest


def _list(kind: str) -> Generator[Part, Any, list[dict[str, Any]]]:
    found: dict[str, dict[str, Any]] = {}
    offset = 0
    while True:
        page = yield Part(_LIST, {"type": kind, "count": 1000, "offset": offset})
        known = len(found)
        found |= {one["msgId"]: one for one in page["msgresult"] if one.get("msgId")}
        offset += len(page["msgresult"])
        if len(found) == known or offset == page.get("totalCount"):
            return list(found.values())


def _recipients(
    question: dict[str, Any], size: int
) -> Generator[Part, Any, tuple[list[dict[str, Any]], bool]]:
    found: dict[str, dict[str, Any]] = {}
    totals: set[Any] = set()
    offset = 0
    while True:
        page = yield Part(_REPORT, {**question, "count": size, "offset": offset})
        totals.add(page.get("totalCount"))
        known = len(found)
        found.update((repr(one), one) for one in page["result"] if isinstance(one, dict))
        offset += len(page["result"])
        if len(found) == known or offset == page.get("totalCount"):
            return list(found.values()), len(totals) == 1


def _row(message: dict[str, Any], one: dict[str, Any]) -> dict[str, Any] | None:
    """A row as events need it; None where it names nobody, or no moment that can be one."""
    email, at = one.get("email"), moments.read_any(one.get("ts"))
    if not (isinstance(email, str) and email.strip()) or at is None:
        return None
    about = {"message_id": message["msgId"], "message_name": message.get("name")}
    return {**one, **about, "address": email.strip().lower(), "ts": at}
