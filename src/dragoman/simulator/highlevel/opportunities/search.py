"""Both searches for opportunities: by pages and simple criteria, and by filters with a cursor.

New opportunities are found only after a while, as their page says. Both show `sort` in each hit.
"""

from datetime import UTC, datetime
from functools import partial
from typing import Any

from dragoman.kernel.clock import DAY, Millis
from dragoman.kernel.jsons import Json
from dragoman.simulator.exchange import Answer
from dragoman.simulator.highlevel import answers
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.conditions import DATE, FACT, IDENTITY, NUMBER, TEXT, Filters
from dragoman.simulator.highlevel.cursors import Order
from dragoman.simulator.highlevel.fields import ARRAY, OBJECT, OBJECTS, Kind
from dragoman.simulator.highlevel.fields import NUMBER as A_NUMBER
from dragoman.simulator.highlevel.fields import TEXT as A_TEXT
from dragoman.simulator.highlevel.opportunities import views
from dragoman.simulator.highlevel.opportunities.records import Opportunity
from dragoman.simulator.highlevel.records import Contact
from dragoman.simulator.routes import Route

BODY: dict[str, Kind] = {
    **dict.fromkeys(("locationId", "query"), A_TEXT),
    **dict.fromkeys(("limit", "page"), A_NUMBER),
    **dict.fromkeys(("filters", "sort"), OBJECTS),
    "searchAfter": ARRAY,
    "additionalDetails": OBJECT,
}
MOST, MOST_BY_PAGE = 500, 100
REACH = 10_000
"""How many records pages by number reach; beyond, only `searchAfter`."""
LONGEST_QUERY = 75
USUAL_SORT = ({"field": "date_added", "direction": "desc"},)
SEEN = 201
"""What the search by filters answers, where 200 is declared."""

_PLAIN = {
    "name": "name",
    "monetary_value": "monetaryValue",
    "pipeline_id": "pipelineId",
    "pipeline_stage_id": "pipelineStageId",
    "status": "status",
    "lost_reason_id": "lostReasonId",
    "source": "source",
    "assigned_to": "assignedTo",
}
OPERATORS: dict[str, frozenset[str]] = {
    "id": IDENTITY,
    **dict.fromkeys(("name", "followers", "contact_name", "company_name", "email", "phone"), TEXT),
    **dict.fromkeys(_PLAIN.keys() - {"name", "monetary_value"}, FACT),
    "contact_id": FACT,
    "monetary_value": NUMBER,
    "date_added": DATE,
    "date_updated": DATE,
    "last_status_change_date": DATE,
    "last_stage_change_date": DATE,
}
"""The published table; custom fields come as text."""
SORTABLE = frozenset(
    {"date_added", "date_updated", "name", "monetary_value"}
    | {"last_status_change_date", "last_stage_change_date"}
)


def by_pages(call: Call) -> Answer:
    """`meta` counts, and names the last hit for whoever goes on from there."""
    query = call.request.query
    call.check_location(query.get("location_id") or query.get("locationId"))
    size, page = call.number("limit", 20, MOST_BY_PAGE), call.number("page", 1)
    order = _order(call, _sorts(query.get("order", "added_desc")))
    found = order.sorted([one for one in _seen(call, query.get("q", "")) if _meets(call, one)])
    if query.get("startAfter") and query.get("startAfterId"):
        rest = order.after(found, [call.number("startAfter"), query["startAfterId"]])
    else:
        rest = found[(max(page, 1) - 1) * size :]
    hits = rest[:size]
    asked = {
        "notes": query.get("getNotes") == "true",
        "tasks": query.get("getTasks") == "true",
        "appointments": query.get("getCalendarEvents") == "true",
    }
    more = len(rest) > size
    meta: dict[str, Json] = {
        "total": len(found),
        "currentPage": page,
        "nextPage": page + 1 if more else None,
        "prevPage": page - 1 if page > 1 else None,
    }
    if hits:
        meta |= {"startAfter": order.cursor(hits[-1])[0], "startAfterId": hits[-1].id}
    shown = [_shown(call, one, order, asked) for one in hits]
    known = {name: value for name, value in meta.items() if value is not None}
    return call.answer(200, {"opportunities": shown, "meta": known, "aggregations": {}})


def by_filters(call: Call) -> Answer:
    body = call.body(BODY, ("locationId", "limit"))
    call.check_location(body["locationId"])
    _check(body)
    order = _order(call, body.get("sort") or USUAL_SORT)
    filters: Filters[Opportunity] = Filters(_operators, partial(_value, call))
    wanted = filters.condition(body.get("filters", []))
    found = order.sorted([one for one in _seen(call, body.get("query") or "") if wanted(one)])
    size = int(body["limit"])
    if body.get("searchAfter"):
        hits = order.after(found, body["searchAfter"])[:size]
    else:
        start = (max(int(body.get("page", 1)), 1) - 1) * size
        hits = found[start : start + size]
    details = body.get("additionalDetails", {})
    asked = {
        "notes": details.get("notes") is True,
        "tasks": details.get("tasks") is True,
        "appointments": details.get("calendarEvents") is True,
    }
    shown = [_shown(call, one, order, asked) for one in hits]
    return call.answer(SEEN, {"opportunities": shown, "total": len(found), "aggregations": {}})


def _check(body: dict[str, Json]) -> None:
    if not 1 <= body["limit"] <= MOST:
        raise answers.refusal(400, f"limit must be between 1 and {MOST}")
    if body.get("searchAfter") and "page" in body:
        raise answers.refusal(400, "page and searchAfter cannot be used together")
    if body.get("page", 1) * body["limit"] > REACH:
        raise answers.refusal(400, f"page reaches {REACH} records, use searchAfter beyond")
    if len(body.get("query") or "") > LONGEST_QUERY:
        raise answers.refusal(400, f"query must not be longer than {LONGEST_QUERY} characters")
    if any(one.get("field") not in SORTABLE for one in body.get("sort", [])):
        raise answers.refusal(400, f"sort takes {', '.join(sorted(SORTABLE))}")


def _seen(call: Call, text: str) -> list[Opportunity]:
    """Those of the location that search sees by now and that hold a text."""
    return [
        one
        for one in call.state.opportunities.known.values()
        if one.location_id == call.account
        and one.searchable <= call.now
        and text.casefold() in _words(call, one)
    ]


def _words(call: Call, one: Opportunity) -> str:
    contact = call.state.contacts.get(one.contact_id)
    person = f"{contact.name} {contact.email} {contact.phone}" if contact else ""
    return f"{one.fields['name']} {person}".casefold()


def _meets(call: Call, one: Opportunity) -> bool:
    """The names of the query are in snake case, in version v3 in camel case."""
    query = call.request.query
    wanted = {
        "pipelineId": query.get("pipeline_id") or query.get("pipelineId"),
        "pipelineStageId": query.get("pipeline_stage_id") or query.get("pipelineStageId"),
        "assignedTo": query.get("assigned_to") or query.get("assignedTo"),
        "status": query.get("status") if query.get("status") != "all" else None,
    }
    contact = query.get("contact_id") or query.get("contactId")
    return (
        all(one.fields.get(name) == value for name, value in wanted.items() if value)
        and contact in (None, "", one.contact_id)
        and query.get("id") in (None, "", one.id)
        and _day(query.get("date"), 0) <= one.added < _day(query.get("endDate"), DAY)
    )


def _day(text: str | None, longer: Millis) -> float:
    """The beginning of a day, or its end; without one, the beginning or the end of time."""
    if not text:
        return float("inf") if longer else 0
    try:
        day = datetime.strptime(text, "%m-%d-%Y").replace(tzinfo=UTC)
    except ValueError:
        raise answers.refusal(400, "a date is mm-dd-yyyy") from None
    return day.timestamp() * 1000 + longer


def _sorts(order: str) -> tuple[Json, ...]:
    """`added_asc` and `added_desc` are what is known of the order."""
    if order not in {"added_asc", "added_desc"}:
        raise answers.refusal(400, "order is added_asc or added_desc")
    return ({"field": "date_added", "direction": order.removeprefix("added_")},)


def _order(call: Call, sorts: Any) -> Order[Opportunity]:
    def rank(one: Opportunity, field: str) -> Any:
        found = _value(call, one, field)
        return found.casefold() if isinstance(found, str) else found or 0

    return Order(sorts, rank, "searchAfter")


def _operators(field: str) -> frozenset[str] | None:
    return TEXT if field.startswith("custom_fields.") else OPERATORS.get(field)


def _value(call: Call, one: Opportunity, field: str) -> Any:
    """What an opportunity has under the search's name of a field."""
    if field in _PLAIN:
        return one.fields.get(_PLAIN[field])
    if field.startswith("custom_fields."):
        return one.custom_fields.get(field.partition(".")[2])
    own = {
        "id": one.id,
        "contact_id": one.contact_id,
        "followers": one.followers,
        "date_added": one.added,
        "date_updated": one.updated,
        "last_status_change_date": one.status_changed,
        "last_stage_change_date": one.stage_changed,
    }
    return (
        own[field] if field in own else _of_contact(call.state.contacts.get(one.contact_id), field)
    )


def _of_contact(contact: Contact | None, field: str) -> Any:
    if contact is None:
        return None
    return {
        "contact_name": contact.name,
        "company_name": contact.fields.get("companyName"),
        "email": contact.email,
        "phone": contact.phone,
    }[field]


def _shown(call: Call, one: Opportunity, order: Order[Opportunity], asked: dict[str, bool]) -> Json:
    return {**views.opportunity(call.state, one, **asked), "sort": order.cursor(one)}


ROUTES = (
    Route("GET", "/opportunities/search", by_pages, "opportunities.readonly"),
    Route("POST", "/opportunities/search", by_filters, "opportunities.readonly"),
)
