"""Finding what happened by asking."""

from collections.abc import Generator
from typing import Any

from dragoman.catalog.parts import Found, Part, PollPlan, Watch
from dragoman.kernel.errors import BadAnswer

_DOWNLOAD = "acton.lists.download"
_YEAR_2001_IN_MS = 1_000_000_000_000
"""As milliseconds a day in 2001, as seconds a day in the year 33658."""


def rows_added(watch: Watch) -> PollPlan:
    """Rows of a Marketing List created since a moment.

    The unit of the list's time filters is not documented, and connectors disagree. Taking seconds
    for milliseconds would find nothing for ever, so the unit is found out once, by a filter that
    only one of the two readings can pass.
    """
    listid = watch.settings["list"]
    unit = watch.cursor.get("unit") or (yield from _unit(listid))
    if unit is None:
        return Found([], watch.cursor, complete=True)
    rows, complete = yield from _rows(listid, watch, unit)
    return Found(rows, {**watch.cursor, "unit": unit}, complete)


def _unit(listid: str) -> Generator[Part, Any, str | None]:
    """`ms` or `s`; None for an empty list, which can tell nothing."""
    question = {"listid": listid, "count": 1, "datequalifiers": True}
    everything = yield Part(_DOWNLOAD, question)
    if not everything["data"]:
        return None
    recent = yield Part(_DOWNLOAD, {**question, "createdafter": _YEAR_2001_IN_MS})
    return "ms" if recent["data"] else "s"


def _rows(
    listid: str, watch: Watch, unit: str
) -> Generator[Part, Any, tuple[list[dict[str, Any]], bool]]:
    """All rows since, and whether nothing can have been missed while pages moved."""
    since = watch.since if unit == "ms" else watch.since // 1000
    question = {
        "listid": listid,
        "count": watch.page,
        "datequalifiers": True,
        # One earlier: whether the filter includes its own moment is not documented.
        "createdafter": max(since - 1, 0),
    }
    found: dict[str, dict[str, Any]] = {}
    totals: list[int] = []
    offset = 0
    while True:
        page = yield Part(_DOWNLOAD, {**question, "offset": offset})
        totals.append(_total(page))
        known = len(found)
        for row in page["data"]:
            record = _record(listid, page["headers"], row)
            found[record["_contact_id_"]] = record
        offset += len(page["data"])
        # A short page is the last, unless the total says that the vendor gives fewer than asked;
        # a page without anything new is the last whatever is said.
        short = len(page["data"]) < watch.page and offset >= totals[-1]
        if short or len(found) == known:
            break
    # Rows that came or went between two pages shift the others: then the same is asked again later.
    complete = len(set(totals)) == 1 and len(found) == offset
    return [one for one in found.values() if one["__created_date"] >= watch.since], complete


def _total(page: dict[str, Any]) -> int:
    """How many rows there are; -1 where Act-On does not say, as it does not for some lists."""
    try:
        return int(page["totalCount"])
    except (KeyError, TypeError, ValueError):
        return -1


def _record(listid: str, headers: list[str], row: list[Any]) -> dict[str, Any]:
    columns = dict(zip(headers, row, strict=False))
    try:
        created = int(columns["__created_date"])
        modified = int(columns.get("__modified_date") or created)
        record = str(columns["_contact_id_"])
    except (KeyError, TypeError, ValueError):
        raise BadAnswer(
            f"a row of list {listid} has no record id or no date of creation",
            fix="check in Act-On that this is a Marketing List",
        ) from None
    plain = {
        name: value
        for name, value in columns.items()
        if name not in {"_contact_id_", "__created_date", "__modified_date"}
    }
    return {
        **plain,
        "list_id": listid,
        "_contact_id_": record,
        "__created_date": created,
        "__modified_date": modified,
        "fields": plain,
    }
