"""Rows of Marketing Lists that came or were changed, found by asking."""

from typing import Any

import msgspec

from dragoman.catalog.parts import Found, Part, PollPlan, Watch
from dragoman.kernel.errors import BadAnswer
from dragoman.vendors.acton import moments

_DOWNLOAD = "acton.lists.download"
_CREATED, _MODIFIED = "__created_date", "__modified_date"


def rows_added(watch: Watch) -> PollPlan:
    """Rows of a Marketing List created since a moment; its filter's unit is found out once."""
    return (yield from rows_of(watch.settings["list"], watch))


def rows_changed(watch: Watch) -> PollPlan:
    """Rows of a Marketing List changed since a moment, and not since their creation only."""
    found = yield from rows_of(watch.settings["list"], watch, _MODIFIED, "modafter")
    later = [one for one in found.rows if one[_MODIFIED] > one[_CREATED]]
    return msgspec.structs.replace(found, rows=later)


def rows_of(
    listid: str, watch: Watch, date: str = _CREATED, condition: str = "createdafter"
) -> PollPlan:
    """Rows of a Marketing List since a moment by one of their dates, and by the filter on it."""
    question = {"listid": listid, "datequalifiers": True}
    unit = watch.cursor.get("unit") or (yield from moments.unit(_DOWNLOAD, question, "data"))
    if unit is None:
        return Found([], watch.cursor, complete=True)
    wanted = {**question, "count": watch.page, condition: moments.after(watch.since, unit)}
    found = yield from _rows(listid, watch, wanted)
    rows = [one for one in found.rows if one[date] >= watch.since]
    return msgspec.structs.replace(found, rows=rows, cursor={**watch.cursor, "unit": unit})


def _rows(listid: str, watch: Watch, question: dict[str, Any]) -> PollPlan:
    """All rows asked for, and whether nothing can have been missed while pages moved."""
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
    return Found(list(found.values()), {}, list(unusable.values()), complete)


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
    created = moments.read(columns.get("__created_date"))
    if not (isinstance(record, str) and record.strip()) or created is None:
        return None
    modified = moments.read(columns.get("__modified_date"))
    plain = {
        name: value
        for name, value in columns.items()
        if name not in {"_contact_id_", _CREATED, _MODIFIED}
    }
    return {
        **plain,
        "list_id": listid,
        "_contact_id_": record,
        "__created_date": created,
        "__modified_date": created if modified is None else modified,
        "fields": plain,
    }
