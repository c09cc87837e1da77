"""The search of contacts: filters, order, and two ways through the pages. It lags behind."""

from typing import Any

from dragoman.kernel.jsons import Json
from dragoman.simulator.exchange import Answer
from dragoman.simulator.highlevel import answers, filters, views
from dragoman.simulator.highlevel.call import Call
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
    sorts = body.get("sort") or list(USUAL_SORT)
    found.sort(key=lambda one: one.id)
    for one in reversed(sorts):
        field, falling = one["field"], one.get("direction") == "desc"
        found.sort(key=lambda contact: _rank(contact, field), reverse=falling)
    page = _page(found, body, sorts)
    shown = [_shown(one, sorts) for one in page]
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


def _page(found: list[Contact], body: dict[str, Json], sorts: list[Json]) -> list[Contact]:
    size = int(body["pageLimit"])
    if "searchAfter" not in body:
        start = (int(body.get("page", 1)) - 1) * size
        return found[start : start + size]
    cursors = [_cursor(one, sorts) for one in found]
    try:
        start = cursors.index(body["searchAfter"]) + 1
    except ValueError:
        start = _past(found, body["searchAfter"], sorts)
    return found[start : start + size]


def _past(found: list[Contact], cursor: list[Json], sorts: list[Json]) -> int:
    """Where a cursor leads whose contact has moved or is gone: to the first one behind it."""
    if len(cursor) != len(sorts) + 1:
        raise answers.refusal(400, "searchAfter must be that of a contact found with this sort")
    for place, one in enumerate(found):
        if _behind(_cursor(one, sorts), cursor, sorts):
            return place
    return len(found)


def _behind(mine: list[Json], cursor: list[Json], sorts: list[Json]) -> bool:
    for here, there, one in zip(mine, cursor, [*sorts, {}], strict=True):
        if here != there:
            return bool(here < there if one.get("direction") == "desc" else here > there)
    return False


def _cursor(one: Contact, sorts: list[Json]) -> list[Json]:
    return [*(_rank(one, sort["field"]) for sort in sorts), one.id]


def _rank(one: Contact, field: str) -> Any:
    """Dates as milliseconds, else text."""
    if field in {"dateAdded", "dateUpdated"}:
        return one.added if field == "dateAdded" else one.updated
    return str(filters.value(one, field) or "").casefold()


def _shown(one: Contact, sorts: list[Json]) -> Json:
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
        "searchAfter": _cursor(one, sorts),
    }


ROUTES = (Route("POST", "/contacts/search", search, "contacts.readonly"),)
