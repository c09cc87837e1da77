"""The search of contacts: filters, order, and two ways through the pages. It lags behind."""

from typing import Any

from dragoman.kernel.jsons import Json
from dragoman.simulator.exchange import Answer
from dragoman.simulator.highlevel import answers, filters, versions, views
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.cursors import Order
from dragoman.simulator.highlevel.fields import ARRAY, NUMBER, OBJECTS, TEXT, Kind
from dragoman.simulator.highlevel.records import Contact
from dragoman.simulator.routes import Route

FIELDS: dict[str, Kind] = {
    "locationId": TEXT,
    "pageLimit": NUMBER,
    "page": NUMBER,
    "searchAfter": ARRAY,
    "query": TEXT,
    "filters": OBJECTS,
    "sort": OBJECTS,
}
REACH = 10_000
"""How many records pages by number reach; beyond, only `searchAfter`."""
LONGEST_QUERY = 75
MOST_SORTS = 2
USUAL_SORT = ({"field": "dateAdded", "direction": "desc"},)

SORTABLE = frozenset(
    {"firstNameLowerCase", "lastNameLowerCase", "businessName", "dateAdded", "dateUpdated"}
    | {"email", "dnd", "source"}
)


def search(call: Call) -> Answer:
    """Found contacts with `searchAfter`, the cursor of each."""
    body = call.body(FIELDS, required=("locationId", "pageLimit"))
    call.check_location(body["locationId"])
    _check(call, body)
    wanted = filters.condition(body.get("filters", []))
    text = (body.get("query") or "").casefold()
    found = [
        one
        for one in call.state.index.of_location(call.account, call.now)
        if text in f"{one.name} {one.email} {one.phone}".casefold() and wanted(one)
    ]
    order = Order(body.get("sort") or USUAL_SORT, _rank, "searchAfter")
    page = _page(order.sorted(found), body, order)
    shown = [versions.shown(call, _shown(one, order)) for one in page]
    return call.answer(200, {"contacts": shown, "total": len(found)})


def _check(call: Call, body: dict[str, Json]) -> None:
    size, most = body["pageLimit"], call.world.settings.highlevel_search_maximum
    if not 1 <= size <= most:
        raise answers.refusal(400, f"pageLimit must be between 1 and {most}")
    if "page" in body and "searchAfter" in body:
        raise answers.refusal(400, "page and searchAfter cannot be used together")
    if body.get("page", 1) * size > REACH:
        raise answers.refusal(400, f"page reaches {REACH} records, use searchAfter beyond")
    if len(body.get("query") or "") > LONGEST_QUERY:
        raise answers.refusal(400, f"query must not be longer than {LONGEST_QUERY} characters")
    sorts = body.get("sort", [])
    if len(sorts) > MOST_SORTS or any(one.get("field") not in SORTABLE for one in sorts):
        raise answers.refusal(
            400, f"sort takes up to {MOST_SORTS} of {', '.join(sorted(SORTABLE))}"
        )


def _page(found: list[Contact], body: dict[str, Json], order: Order[Contact]) -> list[Contact]:
    size = int(body["pageLimit"])
    if "searchAfter" in body:
        return order.after(found, body["searchAfter"])[:size]
    start = (int(body.get("page", 1)) - 1) * size
    return found[start : start + size]


def _rank(one: Contact, field: str) -> Any:
    """Dates as milliseconds, else text."""
    if field in {"dateAdded", "dateUpdated"}:
        return one.added if field == "dateAdded" else one.updated
    return str(filters.value(one, field) or "").casefold()


def _shown(one: Contact, order: Order[Contact]) -> Json:
    """A search hit differs from a get, as recorded."""
    return {
        **views.contact(one),
        "contactName": one.name or None,
        "businessName": one.fields.get("companyName"),
        "phoneLabel": None,
        "validEmail": None,
        "dnd": one.fields.get("dnd") is True,
        "dndSettings": one.dnd_settings,
        "inboundDndSettings": one.inbound_dnd_settings,
        "opportunities": [],
        "searchAfter": order.cursor(one),
    }


ROUTES = (Route("POST", "/contacts/search", search, "contacts.readonly"),)
