"""Finding what happened by asking."""

from collections.abc import Generator
from typing import Any

import msgspec

from dragoman.catalog.parts import Found, Part, PollPlan, Watch
from dragoman.kernel.errors import BadAnswer
from dragoman.vendors.acton import moments

_DOWNLOAD = "acton.lists.download"
_OPT_OUTS = "acton.suppressions.optouts"


def rows_added(watch: Watch) -> PollPlan:
    """Rows of a Marketing List created since a moment; its filter's unit is found out once."""
    listid = watch.settings["list"]
    question = {"listid": listid, "datequalifiers": True}
    unit = watch.cursor.get("unit") or (yield from moments.unit(_DOWNLOAD, question, "data"))
    if unit is None:
        return Found([], watch.cursor, complete=True)
    found = yield from _rows(listid, watch, unit)
    return msgspec.structs.replace(found, cursor={**watch.cursor, "unit": unit})


def opt_outs(watch: Watch) -> PollPlan:
    """Addresses on the list of opt-outs since a moment; its filter's unit is found out once.

    The list never says how long it is. So each page begins with the last row of the one before:
    where it does not, rows came or went in between, and one may have been missed.
    """
    unit = watch.cursor.get("unit") or (yield from moments.unit(_OPT_OUTS, {}, "result"))
    if unit is None:
        return Found([], watch.cursor, complete=True)
    found, complete = yield from _suppressed(
        {"count": watch.page, "createdafter": moments.after(watch.since, unit)}
    )
    read = [(row, _opted_out(row)) for row in found]
    rows = [one for _, one in read if one is not None and one["opted_out_at"] >= watch.since]
    unusable = [row for row, one in read if one is None]
    return Found(rows, {**watch.cursor, "unit": unit}, unusable, complete)


def _suppressed(
    question: dict[str, Any],
) -> Generator[Part, Any, tuple[list[dict[str, Any]], bool]]:
    """All rows of the list, and whether nothing can have been missed while pages moved."""
    found: dict[str, dict[str, Any]] = {}
    last: list[dict[str, Any]] = []
    passed = 0
    complete = True
    while True:
        offset = max(passed - 1, 0)
        page = yield Part(_OPT_OUTS, {**question, "offset": offset})
        rows = [row if isinstance(row, dict) else {"row": row} for row in page["result"]]
        complete = complete and rows[: len(last)] == last
        known = len(found)
        found.update((repr(row), row) for row in rows)
        if len(found) == known:
            return list(found.values()), complete
        passed, last = offset + len(rows), rows[-1:]


def _opted_out(row: dict[str, Any]) -> dict[str, Any] | None:
    """A row as events need it; None where it has no address, or no moment that can be one."""
    email, at = row.get("email"), moments.read_either(row.get("timestamp"))
    if not (isinstance(email, str) and email.strip()) or at is None:
        return None
    address = email.strip()
    said = {"email": address, "address": address.lower(), "opted_out_at": at}
    return {**said, "origin": row.get("origin")}


def _rows(listid: str, watch: Watch, unit: str) -> PollPlan:
    """All rows since, and whether nothing can have been missed while pages moved."""
    question = {
        "listid": listid,
        "count": watch.page,
        "datequalifiers": True,
        "createdafter": moments.after(watch.since, unit),
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
    created = moments.read(columns.get("__created_date"))
    if not (isinstance(record, str) and record.strip()) or created is None:
        return None
    modified = moments.read(columns.get("__modified_date"))
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
