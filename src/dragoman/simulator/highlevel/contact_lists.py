"""Lists of contacts besides the search: the old one, and those of a business."""

from collections.abc import Iterable
from typing import Any

from dragoman.kernel.jsons import Json
from dragoman.simulator.exchange import Answer
from dragoman.simulator.figures import whole
from dragoman.simulator.highlevel import answers, versions, views
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.records import Contact
from dragoman.simulator.routes import Route

USUAL_OF_BUSINESS = 25
_RAW = ("firstName", "lastName")
_UNLISTED = frozenset({"createdBy", "lastUpdatedBy"})


def every(call: Call) -> Answer:
    """The old list, newest first. Its cursor has two halves, and half of it is no cursor."""
    query = call.request.query
    call.check_location(query.get("locationId"))
    limit = call.limit()
    found = sorted(_found(call), key=_rank, reverse=True)
    rest = found
    if query.get("startAfter") or query.get("startAfterId"):
        after = whole(query.get("startAfter"))
        if after is None or not query.get("startAfterId"):
            raise answers.refusal(400, "startAfter and startAfterId must be given together")
        last = (after, query["startAfterId"])
        rest = [one for one in found if _rank(one) < last]
    page = rest[:limit]
    shown = [_lowered(call, one) for one in page]
    more = len(rest) > limit
    meta = _meta(call, page[-1] if page else None, len(found), more=more)
    return call.answer(200, {"contacts": shown, "count": len(page), "meta": meta})


def of_business(call: Call) -> Answer:
    query = call.request.query
    call.check_location(query.get("locationId"))
    skip, limit = call.number("skip", 0), call.number("limit", USUAL_OF_BUSINESS)
    business = call.params["business"]
    found = [one for one in _found(call) if one.fields.get("businessId") == business]
    shown = [_listed(call, one) for one in found[skip : skip + limit]]
    return call.answer(200, {"contacts": shown, "count": len(found)})


def _found(call: Call) -> Iterable[Contact]:
    """Those of the location in which the text of the query stands, as far as search sees them."""
    text = call.request.query.get("query", "").casefold()
    for one in call.state.index.of_location(call.account, call.now):
        if text in f"{one.name} {one.email} {one.phone}".casefold():
            yield one


def _rank(one: Contact) -> tuple[int, str]:
    return one.added, one.id


def _listed(call: Call, one: Contact) -> dict[str, Any]:
    shown = versions.shown(call, views.contact(one))
    return {name: value for name, value in shown.items() if name not in _UNLISTED}


def _lowered(call: Call, one: Contact) -> Json:
    """Names in small letters, as recorded, with what was written beside them."""
    shown = _listed(call, one)
    shown["contactName"] = one.name.lower() or None
    for name in _RAW:
        if one.fields.get(name):
            shown[f"{name}Raw"] = one.fields[name]
            shown[name] = one.fields[name].lower()
    return shown


def _meta(call: Call, last: Contact | None, total: int, *, more: bool) -> dict[str, Json]:
    page = 1 if not call.request.query.get("startAfterId") else None
    shown: dict[str, Json] = {
        "total": total,
        "currentPage": page,
        "nextPage": None,
        "prevPage": None,
    }
    if last is not None:
        shown |= {"startAfter": last.added, "startAfterId": last.id}
    if last is not None and more:
        cursor = f"startAfter={last.added}&startAfterId={last.id}"
        shown["nextPageUrl"] = f"/contacts/?locationId={call.account}&{cursor}"
        shown["nextPage"] = 2 if page else None
    return shown


ROUTES = (
    Route("GET", "/contacts/", every, "contacts.readonly"),
    Route("GET", "/contacts/business/{business}", of_business, "contacts.readonly"),
)
