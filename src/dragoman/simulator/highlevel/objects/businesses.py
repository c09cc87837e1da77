"""Businesses: records of the vendor's own object, with an older API of their own."""

from dragoman.kernel.clock import iso
from dragoman.kernel.jsons import Json
from dragoman.simulator.exchange import Answer
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.fields import TEXT
from dragoman.simulator.highlevel.objects import entries, finding
from dragoman.simulator.highlevel.objects.records import BUSINESS, Kind, Record
from dragoman.simulator.routes import Route

_FIELDS = (
    *("name", "phone", "email", "website", "address", "city", "state", "postalCode"),
    *("country", "description"),
)
_UPDATE = dict.fromkeys(_FIELDS, TEXT)
_CREATE = {**_UPDATE, "locationId": TEXT}


def every(call: Call) -> Answer:
    """Oldest first: a guess, for the order is documented nowhere."""
    call.check_location(call.request.query.get("locationId"))
    skip, limit = call.number("skip", 0), call.number("limit", 100)
    found = list(_kind(call).records.values())[skip : skip + limit]
    return call.answer(200, {"businesses": [_shown(call, one) for one in found]})


def create(call: Call) -> Answer:
    """`buiseness` is how the description spells it."""
    body = call.body(_CREATE, required=("name", "locationId"))
    call.check_location(body.pop("locationId"))
    one = entries.add(call, _kind(call), body)
    entries.told(call, "created", _kind(call), one, body)
    return call.created({"success": True, "buiseness": _shown(call, one)})


def get(call: Call) -> Answer:
    return call.answer(200, {"business": _shown(call, _find(call))})


def update(call: Call) -> Answer:
    one = _find(call)
    body = call.body(_UPDATE)
    entries.change(call, one, body)
    entries.told(call, "updated", _kind(call), one, body)
    return call.answer(200, {"success": True, "buiseness": _shown(call, one)})


def delete(call: Call) -> Answer:
    """Its contacts stay, and belong to none from then on."""
    one = _find(call)
    entries.remove(call, _kind(call), one)
    for contact in call.state.contacts.values():
        if contact.fields.get("businessId") == one.id:
            contact.fields["businessId"] = None
    return call.answer(200, {"success": True})


def _kind(call: Call) -> Kind:
    return finding.own(call).kinds[BUSINESS]


def _find(call: Call) -> Record:
    return finding.record(_kind(call), call.params["id"])


def _shown(call: Call, one: Record) -> Json:
    return {
        "id": one.id,
        **one.properties,
        "locationId": call.account,
        "createdBy": {"source": "INTEGRATION", "sourceId": one.created_by},
        "updatedBy": {"source": "INTEGRATION", "sourceId": one.updated_by},
        "createdAt": iso(one.added),
        "updatedAt": iso(one.updated),
    }


_READ, _WRITE = "businesses.readonly", "businesses.write"
ROUTES = (
    Route("GET", "/businesses/", every, _READ),
    Route("POST", "/businesses/", create, _WRITE),
    Route("GET", "/businesses/{id}", get, _READ),
    Route("PUT", "/businesses/{id}", update, _WRITE),
    Route("DELETE", "/businesses/{id}", delete, _WRITE),
)
