"""The search of records: by a text, or a field and a text. Like every search it lags behind."""

from dragoman.kernel import jsons
from dragoman.kernel.clock import Millis, iso
from dragoman.kernel.jsons import Json
from dragoman.simulator.exchange import Answer
from dragoman.simulator.highlevel import answers
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.cursors import Order
from dragoman.simulator.highlevel.fields import ARRAY, NUMBER, TEXT
from dragoman.simulator.highlevel.fields import Kind as Check
from dragoman.simulator.highlevel.objects import finding
from dragoman.simulator.highlevel.objects.records import Kind, Record
from dragoman.simulator.routes import Route

_FIELDS: dict[str, Check] = {
    **dict.fromkeys(("locationId", "query"), TEXT),
    **dict.fromkeys(("page", "pageLimit"), NUMBER),
    "searchAfter": ARRAY,
}
_ORDER: Order[Record] = Order(
    ({"field": "createdAt", "direction": "desc"},), lambda one, _: one.added, "searchAfter"
)
"""Newest first: a guess, for the order is documented nowhere."""


def search(call: Call) -> Answer:
    """`query` and `searchAfter` are described as required; calls without them are let through."""
    body = call.body(_FIELDS, required=("locationId", "page", "pageLimit"))
    one = finding.kept(finding.model(call, body["locationId"]), call.params["key"])
    size, most = int(body["pageLimit"]), call.world.settings.highlevel_page_maximum
    if not 1 <= size <= most:
        raise answers.refusal(400, f"pageLimit must be between 1 and {most}")
    found = [
        record
        for record in one.records.values()
        if record.searchable <= call.now and _wanted(one, record, body.get("query") or "")
    ]
    ordered = _ORDER.sorted(found)
    if body.get("searchAfter"):
        page = _ORDER.after(ordered, body["searchAfter"])[:size]
    else:
        start = (int(body["page"]) - 1) * size
        page = ordered[start : start + size]
    shown = [_shown(call, one, record) for record in page]
    return call.answer(200, {"records": shown, "total": len(found)})


def _wanted(one: Kind, record: Record, query: str) -> bool:
    """`name:Buddy` looks into one field, a mere text into all that are searchable."""
    names = {key.rpartition(".")[2] for key in one.searchable}
    field, colon, text = query.partition(":")
    if colon and field in names:
        names, query = {field}, text
    wanted = query.casefold()
    return not wanted or any(wanted in _text(record, name).casefold() for name in names)


def _text(record: Record, name: str) -> str:
    value = record.properties.get(name, "")
    return value if isinstance(value, str) else jsons.text(value)


def _shown(call: Call, one: Kind, record: Record) -> Json:
    """A hit names the dates in another way than a get, and tells more."""
    return {
        "id": record.id,
        "owner": record.owner,
        "followers": record.followers,
        "properties": record.properties,
        "createdAt": iso(record.added),
        "updatedAt": iso(record.updated),
        "locationId": call.account,
        "objectId": one.id,
        "objectKey": one.key,
        "createdBy": _author(record.created_by, record.added),
        "lastUpdatedBy": _author(record.updated_by, record.updated),
        "searchAfter": _ORDER.cursor(record),
    }


def _author(client: str, at: Millis) -> Json:
    return {
        "channel": "OAUTH",
        "source": "INTEGRATION",
        "sourceId": client,
        "createdAt": iso(at),
    }


ROUTES = (Route("POST", "/objects/{key}/records/search", search, "objects/record.readonly"),)
