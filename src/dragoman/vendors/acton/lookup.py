"""Whether a create happened whose answer was lost."""

from typing import Any

from dragoman.catalog.parts import LookupPlan, Lost, Part
from dragoman.kernel.clock import SECOND, Millis
from dragoman.kernel.errors import BadAnswer
from dragoman.vendors.acton import moments

_DOWNLOAD = "acton.lists.download"
_SKEW = 15 * SECOND
"""What may lie between the vendor's clock and what its answers say of it."""
_PAGES, _PAGE = 5, 1000


def record_by_values(lost: Lost) -> LookupPlan:
    """Records of the list with all of the same values, created since the first try.

    Act-On's own look-up by address cannot tell: it shows the first record of an address only.
    """
    question = {"listid": lost.input["listid"], "datequalifiers": True}
    unit = yield from moments.unit(_DOWNLOAD, question, "data")
    if unit is None:
        return []
    since = max(lost.since - _SKEW, 0)
    question |= {"count": _PAGE, "createdafter": moments.after(since, unit)}
    found: dict[str, dict[str, Any]] = {}
    offset = 0
    for _ in range(_PAGES):
        page = yield Part(_DOWNLOAD, {**question, "offset": offset})
        found |= _alike(page, lost.input["record"], since)
        offset += len(page["data"])
        if not page["data"]:
            return list(found.values())
    raise BadAnswer(f"the list has over {_PAGES} pages of rows since, so nobody can tell")


def _alike(page: dict[str, Any], record: dict[str, Any], since: Millis) -> dict[str, Any]:
    """The rows of a page that could be the record, as its create would have answered, by id."""
    headers = page["headers"]
    strange = [name for name in record if name not in headers]
    if strange:
        # A system name is taken for its column when it is written, and not shown when it is read.
        raise BadAnswer(f"the list shows no column {strange[0]!r}, so nobody can tell")
    rows = [dict(zip(headers, row, strict=False)) for row in page["data"]]
    return {
        row["_contact_id_"]: {"id": row["_contact_id_"], "contact_id": row["_contact_id_"]}
        for row in rows
        if (moments.read(row.get("__created_date")) or 0) >= since
        and all(_same(row.get(name), value) for name, value in record.items())
    }


def _same(shown: Any, given: Any) -> bool:
    """Whether a cell holds a value; what is absent is shown as empty text."""
    return _plain(shown) == _plain(given)


def _plain(value: Any) -> str:
    return "" if value is None else str(value).strip().casefold()
