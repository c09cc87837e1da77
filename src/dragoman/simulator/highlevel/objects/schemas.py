"""Objects: how a kind of record is called and keyed. Only an agency may define one."""

import re

from dragoman.kernel.clock import iso
from dragoman.kernel.jsons import Json
from dragoman.simulator.exchange import Answer
from dragoman.simulator.highlevel import agency, answers
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.fields import OBJECT, TEXT, TEXTS, Kind, one_of, problems
from dragoman.simulator.highlevel.objects import fields, finding, webhooks
from dragoman.simulator.highlevel.objects.records import CUSTOM, HEX
from dragoman.simulator.highlevel.objects.records import Kind as Thing
from dragoman.simulator.routes import AGENCY, Route

_CREATE: dict[str, Kind] = {
    **dict.fromkeys(("key", "description", "locationId"), TEXT),
    "labels": OBJECT,
    "primaryDisplayPropertyDetails": OBJECT,
}
_UPDATE: dict[str, Kind] = {
    **dict.fromkeys(("description", "locationId"), TEXT),
    "labels": OBJECT,
    "searchableProperties": TEXTS,
}
_LABELS: dict[str, Kind] = dict.fromkeys(("singular", "plural"), TEXT)
_PRIMARY: dict[str, Kind] = {"key": TEXT, "name": TEXT, "dataType": one_of("TEXT", "NUMERICAL")}
_KEY = re.compile(r"[a-z0-9_]+")


def every(call: Call) -> Answer:
    found = finding.model(call, call.request.query.get("locationId"))
    return call.answer(200, {"objects": [_shown(call, one) for one in found.kinds.values()]})


def get(call: Call) -> Answer:
    query = call.request.query
    one = finding.kind(finding.model(call, query.get("locationId")), call.params["key"])
    body: dict[str, Json] = {"object": _shown(call, one), "cache": False}
    if query.get("fetchProperties") == "true":
        body["fields"] = [fields.shown(call, one, field) for field in one.fields.values()]
    return call.answer(200, body)


def create(call: Call) -> Answer:
    """The key gets its prefix where it lacks it; how a key that is taken is refused is a guess."""
    body = call.body(_CREATE, required=tuple(name for name in _CREATE if name != "description"))
    details = body["primaryDisplayPropertyDetails"]
    wrong = _inner("labels", body["labels"], _LABELS, tuple(_LABELS))
    wrong += _inner("primaryDisplayPropertyDetails", details, _PRIMARY, tuple(_PRIMARY))
    short = body["key"].removeprefix(CUSTOM)
    if not _KEY.fullmatch(short):
        wrong.append("key must be in lowercase and separated by underscores")
    if wrong:
        raise answers.unprocessable(wrong)
    location = agency.reached(call, body["locationId"])
    model = call.state.models.of(location.id)
    key = CUSTOM + short
    if key in model.kinds:
        raise answers.refusal(400, f"Object with key {key} already exists")
    now, mint = call.now, call.world.mint
    field_key = f"{key}.{details['key'].removeprefix(f'{key}.')}"
    one = Thing(mint.hexadecimal("object", HEX), key, body["labels"], field_key, now, now)
    one.description, one.searchable = body.get("description"), [field_key]
    one.add_folder(mint, now, f"{body['labels']['singular']} info")
    facts = {"name": details["name"], "dataType": details["dataType"], "showInForms": True}
    one.add_field(mint, now, field_key, facts)
    model.kinds[key] = one
    call.record("object.created", {"object_key": key}, body)
    webhooks.of_schema(call.world, "ObjectSchemaCreate", location.id, one)
    return call.created({"object": _shown(call, one, location.id)})


def update(call: Call) -> Answer:
    """Of the vendor's own objects only the searchable fields can be set."""
    body = call.body(_UPDATE, required=("locationId", "searchableProperties"))
    one = finding.kind(finding.model(call, body["locationId"]), call.params["key"])
    wrong = _inner("labels", body.get("labels", {}), _LABELS, ())
    if wrong:
        raise answers.unprocessable(wrong)
    if one.standard and body.keys() & {"labels", "description"}:
        raise answers.refusal(400, "Only searchable properties of a standard object can change")
    known = {field.key for field in one.fields.values()}
    unknown = [key for key in body["searchableProperties"] if key not in known]
    if unknown:
        raise answers.refusal(400, f"No such properties: {', '.join(unknown)}")
    one.labels = {**one.labels, **body.get("labels", {})}
    one.description = body.get("description", one.description)
    one.searchable, one.updated = list(body["searchableProperties"]), call.now
    call.record("object.updated", {"object_key": one.key}, body)
    webhooks.of_schema(call.world, "ObjectSchemaUpdate", call.account, one)
    return call.answer(200, {"object": _shown(call, one)})


def _inner(
    name: str, value: dict[str, Json], known: dict[str, Kind], required: tuple[str, ...]
) -> list[str]:
    return [f"{name}.{problem}" for problem in problems(value, known, required)]


def _shown(call: Call, one: Thing, location_id: str = "") -> Json:
    shown = {
        "id": one.id,
        "standard": one.standard,
        "key": one.key,
        "labels": one.labels,
        "locationId": location_id or call.account,
        "primaryDisplayProperty": one.primary,
        "searchableProperties": one.searchable,
        "type": "SYSTEM_DEFINED" if one.standard else "USER_DEFINED",
        "dateAdded": iso(one.added),
        "dateUpdated": iso(one.updated),
    }
    return shown if one.description is None else {**shown, "description": one.description}


ROUTES = (
    Route("GET", "/objects/", every, "objects/schema.readonly"),
    Route("POST", "/objects/", create, "objects/schema.write", callers=AGENCY),
    Route("GET", "/objects/{key}", get, "objects/schema.readonly"),
    Route("PUT", "/objects/{key}", update, "objects/schema.write"),
)
