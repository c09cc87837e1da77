"""Finding what happened by asking."""

from collections.abc import Generator
from typing import Any

import msgspec

from dragoman.catalog.parts import Found, Part, PollPlan, Watch
from dragoman.kernel.errors import BadAnswer

_DOWNLOAD = "acton.lists.download"
_YEAR_2001_IN_MS = 1_000_000_000_000
"""As milliseconds a day in 2001, as seconds a day in the year 33658."""
_YEAR_9999_IN_MS = 253_402_300_799_999


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
    found = yield from _rows(listid, watch, unit)
    return msgspec.structs.replace(found, cursor={**watch.cursor, "unit": unit})


def _unit(listid: str) -> Generator[Part, Any, str | None]:
    """`ms` or `s`; None for an empty list, which can tell nothing."""
    question = {"listid": listid, "count": 1, "datequalifiers": True}
    everything = yield Part(_DOWNLOAD, question)
    if not everything["data"]:
        return None
    recent = yield Part(_DOWNLOAD, {**question, "createdafter": _YEAR_2001_IN_MS})
    return "ms" if recent["data"] else "s"


def _rows(listid: str, watch: Watch, unit: str) -> PollPlan:
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
    unusable: dict[str, dict[str, Any]] = {}
    totals: list[int] = []
    offset = 0
    while True:
        page = yield Part(_DOWNLOAD, {**question, "offset": offset})
        totals.append(_total(page))
        known = len(found) + len(unusable)
        _check(listid, page["headers"])
        for row in page["data"]:
            columns = dict(zip(page["headers"], row, strict=False))
            record = _record(listid, columns)
            if record is None:
                unusable[repr(row)] = columns
            else:
                found[record["_contact_id_"]] = record
        offset += len(page["data"])
        # A short page is the last, unless the total says that the vendor gives fewer than asked;
        # a page without anything new is the last whatever is said.
        short = len(page["data"]) < watch.page and offset >= totals[-1]
        if short or len(found) + len(unusable) == known:
            break
    # Rows that came or went between two pages shift the others: then the same is asked again later.
    complete = len(set(totals)) == 1 and len(found) + len(unusable) == offset
    rows = [one for one in found.values() if one["__created_date"] >= watch.since]
    return Found(rows, {}, list(unusable.values()), complete)


def _check(listid: str, headers: list[str]) -> None:
    missing = [name for name in ("_contact_id_", "__created_date") if name not in headers]
    if missing:
        raise BadAnswer(
            f"the rows of list {listid} come without {' and '.join(missing)}",
            fix="check in Act-On that this is a Marketing List",
        )


def _total(page: dict[str, Any]) -> int:
    """How many rows there are; -1 where Act-On does not say, as it does not for some lists."""
    try:
        return int(page["totalCount"])
    except (KeyError, TypeError, ValueError):
        return -1


def _record(listid: str, columns: dict[str, Any]) -> dict[str, Any] | None:
    """A row as events need it; None where it has no id, or no moment that can be one."""
    record = columns.get("_contact_id_")
    created = _moment(columns.get("__created_date"))
    if not (isinstance(record, str) and record.strip()) or created is None:
        return None
    modified = _moment(columns.get("__modified_date"))
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
        "__modified_date": created if modified is None else modified,
        "fields": plain,
    }


def _moment(value: Any) -> int | None:
    """Epoch milliseconds, which arrive as text here and there; None where it is no moment."""
    try:
        moment = int(value)
    except (OverflowError, TypeError, ValueError):
        return None
    return moment if 0 <= moment <= _YEAR_9999_IN_MS else None
