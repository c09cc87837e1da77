"""Custom values: names that all texts of the location can use."""

import re

from dragoman.kernel.jsons import Json
from dragoman.simulator.exchange import Answer
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.fields import TEXT
from dragoman.simulator.highlevel.locations import finding
from dragoman.simulator.highlevel.locations.holdings import Thing
from dragoman.simulator.routes import Route

_FIELDS = dict.fromkeys(("name", "value"), TEXT)


def every(call: Call) -> Answer:
    shown = [_shown(call, one) for one in finding.own(call).custom_values.values()]
    return call.answer(200, {"customValues": shown})


def create(call: Call) -> Answer:
    """The key is made of the name, and stays whatever becomes of the name."""
    own = finding.own(call)
    body = call.body(_FIELDS, required=tuple(_FIELDS))
    key = f"{{{{ custom_values.{slug(body['name'])} }}}}"
    one = call.state.estate.add(own.custom_values, "custom value", {**body, "fieldKey": key})
    call.record("custom_value.created", {"custom_value_id": one.id}, body)
    return call.created({"customValue": _shown(call, one)})


def get(call: Call) -> Answer:
    return call.answer(200, {"customValue": _shown(call, _find(call))})


def update(call: Call) -> Answer:
    one = _find(call)
    body = call.body(_FIELDS, required=tuple(_FIELDS))
    one.fields, one.updated = {**one.fields, **body}, call.now
    call.record("custom_value.updated", {"custom_value_id": one.id}, body)
    return call.answer(200, {"customValue": _shown(call, one)})


def delete(call: Call) -> Answer:
    one = _find(call)
    del finding.own(call).custom_values[one.id]
    call.record("custom_value.deleted", {"custom_value_id": one.id}, {})
    return call.answer(200, {"succeded": True})


def slug(name: str) -> str:
    """What a key makes of a name: `Opening hours` is `opening_hours`."""
    return re.sub(r"\W+", "_", name.strip().lower())


def _find(call: Call) -> Thing:
    return finding.one(finding.own(call).custom_values, "Custom value", call.params["id"])


def _shown(call: Call, one: Thing) -> Json:
    return {"id": one.id, **one.fields, "locationId": call.account}


_READ, _WRITE = "locations/customValues.readonly", "locations/customValues.write"
ROUTES = (
    Route("GET", "/locations/{location}/customValues", every, _READ),
    Route("POST", "/locations/{location}/customValues", create, _WRITE),
    Route("GET", "/locations/{location}/customValues/{id}", get, _READ),
    Route("PUT", "/locations/{location}/customValues/{id}", update, _WRITE),
    Route("DELETE", "/locations/{location}/customValues/{id}", delete, _WRITE),
)
