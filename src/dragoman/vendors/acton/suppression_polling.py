"""Addresses that must not be written to, and those that may be again, found by asking."""

from collections.abc import Generator
from typing import Any

from dragoman.catalog.parts import Found, Part, PollPlan, Watch
from dragoman.kernel.errors import BadAnswer
from dragoman.vendors.acton import moments

_OPT_OUTS = "acton.suppressions.optouts"
_HARD_BOUNCES = "acton.suppressions.hard_bounces"
_SPAM_COMPLAINTS = "acton.suppressions.spam_complaints"
_MOST = 20_000
"""Opt-outs that are remembered to see who is not among them any more."""


def opt_outs(watch: Watch) -> PollPlan:
    """Addresses on the list of opt-outs since a moment."""
    return (yield from _listed(_OPT_OUTS, watch))


def hard_bounces(watch: Watch) -> PollPlan:
    """Addresses since a moment that mail came back from for good."""
    return (yield from _listed(_HARD_BOUNCES, watch))


def spam_complaints(watch: Watch) -> PollPlan:
    """Addresses since a moment whose owners called a message spam."""
    return (yield from _listed(_SPAM_COMPLAINTS, watch))


def opt_ins(watch: Watch) -> PollPlan:
    """Addresses that were on the list of opt-outs and are not any more: no list has them.

    So the whole list is read each time, and the cursor holds who was on it.

    Raises:
        BadAnswer: the list is too long for that.
    """
    found, complete = yield from _suppressed(_OPT_OUTS, {"count": watch.page})
    read = [one for one in map(_row, found) if one is not None]
    now = {one["address"]: [one["listed_at"], one["email"]] for one in read}
    if len(now) > _MOST:
        raise BadAnswer(
            f"more than {_MOST} addresses have opted out: too many to remember them all",
            fix="pause the flow; who opts in again cannot be found like this in your account",
        )
    before: dict[str, Any] = watch.cursor.get("out", {})
    if not complete:
        return Found([], watch.cursor, complete=False)
    gone = [
        {"address": address, "email": email, "opted_out_at": at, "found_at": watch.now}
        for address, (at, email) in before.items()
        if address not in now
    ]
    return Found(gone, {"out": now})


def _listed(operation: str, watch: Watch) -> PollPlan:
    """Rows since a moment; the unit of the filter is found out once.

    The list never says how long it is. So each page begins with the last row of the one before:
    where it does not, rows came or went in between, and one may have been missed.
    """
    unit = watch.cursor.get("unit") or (yield from moments.unit(operation, {}, "result"))
    if unit is None:
        return Found([], watch.cursor, complete=True)
    since = {"count": watch.page, "createdafter": moments.after(watch.since, unit)}
    found, complete = yield from _suppressed(operation, since)
    read = [(row, _row(row)) for row in found]
    rows = [one for _, one in read if one is not None and one["listed_at"] >= watch.since]
    unusable = [row for row, one in read if one is None]
    return Found(rows, {**watch.cursor, "unit": unit}, unusable, complete)


def _suppressed(
    operation: str, question: dict[str, Any]
) -> Generator[Part, Any, tuple[list[dict[str, Any]], bool]]:
    """All rows of the list, and whether nothing can have been missed while pages moved."""
    found: dict[str, dict[str, Any]] = {}
    last: list[dict[str, Any]] = []
    passed = 0
    complete = True
    while True:
        offset = max(passed - 1, 0)
        page = yield Part(operation, {**question, "offset": offset})
        rows = [row if isinstance(row, dict) else {"row": row} for row in page["result"]]
        complete = complete and rows[: len(last)] == last
        known = len(found)
        found.update((repr(row), row) for row in rows)
        if len(found) == known:
            return list(found.values()), complete
        passed, last = offset + len(rows), rows[-1:]


def _row(row: dict[str, Any]) -> dict[str, Any] | None:
    """A row as events need it; None where it has no address, or no moment that can be one."""
    email, at = row.get("email"), moments.read_either(row.get("timestamp"))
    if not (isinstance(email, str) and email.strip()) or at is None:
        return None
    address = email.strip()
    said = {"email": address, "address": address.lower(), "listed_at": at}
    return {**said, "origin": row.get("origin")}
