"""The custom fields of contacts and opportunities."""

from dragoman.kernel.clock import iso
from dragoman.kernel.jsons import Json
from dragoman.simulator.exchange import Answer
from dragoman.simulator.highlevel import answers
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.fields import FLAG, NUMBER, OBJECTS, TEXT, TEXTS, Kind, one_of
from dragoman.simulator.highlevel.locations import finding
from dragoman.simulator.highlevel.locations.holdings import Holdings, Thing
from dragoman.simulator.highlevel.locations.values import slug
from dragoman.simulator.highlevel.objects.fields import TYPES
from dragoman.simulator.routes import Route

_MODELS = ("contact", "opportunity")
_UPDATE: dict[str, Kind] = {
    **dict.fromkeys(("name", "placeholder"), TEXT),
    "acceptedFormat": TEXTS,
    "isMultipleFile": FLAG,
    "maxNumberOfFiles": NUMBER,
    "textBoxListOptions": OBJECTS,
    "position": NUMBER,
    "model": one_of(*_MODELS),
}
_CREATE: dict[str, Kind] = {**_UPDATE, "dataType": one_of(*TYPES)}
_RENAMED = {"isMultipleFile": "isMultiFileAllowed", "maxNumberOfFiles": "maxFileLimit"}
"""Answers call these by other names than requests do."""


def every(call: Call) -> Answer:
    """Of contacts and opportunities, where no `model` narrows it: a guess at what is usual."""
    own, model = finding.own(call), call.request.query.get("model", "all")
    if model not in (*_MODELS, "all"):
        words = ", ".join((*_MODELS, "all"))
        raise answers.unprocessable([f"model must be one of the following values: {words}"])
    shown = [
        _shown(call, one)
        for one in own.custom_fields.values()
        if model in ("all", one.fields["model"])
    ]
    return call.answer(200, {"customFields": shown})


def create(call: Call) -> Answer:
    """The key is made of the name; that a second one of it gets a number is a guess."""
    own = finding.own(call)
    body = call.body(_CREATE, required=("name", "dataType"))
    model = body.get("model", "contact")
    fields = {"model": model, "position": 0, **_renamed(body), "fieldKey": _key(own, model, body)}
    one = call.state.estate.add(own.custom_fields, "custom field", fields)
    call.record("custom_field.created", {"custom_field_id": one.id}, body)
    return call.created({"customField": _shown(call, one)})


def get(call: Call) -> Answer:
    """By its id or its key."""
    return call.answer(200, {"customField": _shown(call, _find(call, call.params["id"]))})


def update(call: Call) -> Answer:
    one = _find(call, call.params["id"])
    body = call.body(_UPDATE, required=("name",))
    one.fields, one.updated = {**one.fields, **_renamed(body)}, call.now
    call.record("custom_field.updated", {"custom_field_id": one.id}, body)
    return call.answer(200, {"customField": _shown(call, one)})


def delete(call: Call) -> Answer:
    """What contacts have in it goes along."""
    one = _find(call, call.params["id"])
    del finding.own(call).custom_fields[one.id]
    for contact in call.state.contacts.values():
        if contact.location_id == call.account:
            for name in (one.id, one.fields["fieldKey"]):
                contact.custom_fields.pop(name, None)
    call.record("custom_field.deleted", {"custom_field_id": one.id}, {})
    return call.answer(200, {"succeded": True})


def _find(call: Call, wanted: str) -> Thing:
    own = finding.own(call).custom_fields
    by_key = {one.fields["fieldKey"]: one for one in own.values()}
    return finding.one({**own, **by_key}, "Custom field", wanted)


def _key(own: Holdings, model: str, body: dict[str, Json]) -> str:
    key = f"{model}.{slug(body['name'])}"
    taken = {one.fields["fieldKey"] for one in own.custom_fields.values()}
    number, free = 1, key
    while free in taken:
        number += 1
        free = f"{key}_{number}"
    return free


def _renamed(body: dict[str, Json]) -> dict[str, Json]:
    fields = {_RENAMED.get(name, name): value for name, value in body.items()}
    fields.pop("acceptedFormat", None)
    boxes = fields.pop("textBoxListOptions", None)
    if boxes is not None:
        fields["picklistOptions"] = [box.get("label", "") for box in boxes]
    return fields


def _shown(call: Call, one: Thing) -> Json:
    """As recorded, with more fields than the description has."""
    return {
        "id": one.id,
        **one.fields,
        "documentType": "field",
        "locationId": call.account,
        "standard": False,
        "dateAdded": iso(one.added),
    }


_READ, _WRITE = "locations/customFields.readonly", "locations/customFields.write"
ROUTES = (
    Route("GET", "/locations/{location}/customFields", every, _READ),
    Route("POST", "/locations/{location}/customFields", create, _WRITE),
    Route("GET", "/locations/{location}/customFields/{id}", get, _READ),
    Route("PUT", "/locations/{location}/customFields/{id}", update, _WRITE),
    Route("DELETE", "/locations/{location}/customFields/{id}", delete, _WRITE),
)
