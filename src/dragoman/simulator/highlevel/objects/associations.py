"""Associations: which kinds of record may be tied to one another, and how each side is called."""

from dragoman.kernel.jsons import Json
from dragoman.simulator.exchange import Answer
from dragoman.simulator.highlevel import answers
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.fields import TEXT
from dragoman.simulator.highlevel.objects import finding, webhooks
from dragoman.simulator.highlevel.objects.records import HEX, Association
from dragoman.simulator.routes import Route

_LABELS = dict.fromkeys(("firstObjectLabel", "secondObjectLabel"), TEXT)
_CREATE = {
    **_LABELS,
    **dict.fromkeys(("locationId", "key", "firstObjectKey", "secondObjectKey"), TEXT),
}
_TIED = ("contact", "custom_objects.")
"""What the vendor lets people tie by now: contacts and custom objects."""


def every(call: Call) -> Answer:
    """The description shows a single one; this form is that which relations were seen to have."""
    model = finding.model(call, call.request.query.get("locationId"))
    skip, limit = call.number("skip"), call.number("limit")
    listed = list(model.associations.values())
    shown = [_shown(call, one) for one in listed[skip : skip + limit]]
    return call.answer(200, {"associations": shown, "total": len(listed)})


def of_object(call: Call) -> Answer:
    call.check_location(call.request.query.get("locationId", call.account))
    key = call.params["key"]
    listed = finding.own(call).associations.values()
    shown = [_shown(call, one) for one in listed if key in (one.first, one.second)]
    return call.answer(200, {"associations": shown, "total": len(shown)})


def by_key(call: Call) -> Answer:
    model = finding.model(call, call.request.query.get("locationId"))
    found = [one for one in model.associations.values() if one.key == call.params["key"]]
    if not found:
        raise answers.not_found("Association", call.params["key"])
    return call.answer(200, _shown(call, found[0]))


def get(call: Call) -> Answer:
    return call.answer(200, _shown(call, finding.association(finding.own(call), call.params["id"])))


def create(call: Call) -> Answer:
    body = call.body(_CREATE, required=tuple(_CREATE))
    model = finding.model(call, body["locationId"])
    first, second, key = body["firstObjectKey"], body["secondObjectKey"], body["key"]
    for object_key in (first, second):
        finding.kind(model, object_key)
        if not object_key.startswith(_TIED):
            raise answers.refusal(400, f"{object_key} cannot be associated yet")
    if any(one.key == key for one in model.associations.values()):
        raise answers.refusal(400, f"Association with key {key} already exists")
    labels = (body["firstObjectLabel"], body["secondObjectLabel"])
    one = Association(call.world.mint.hexadecimal("association", HEX), key, first, second, labels)
    model.associations[one.id] = one
    _told(call, "created", one, body)
    return call.created(_shown(call, one))


def update(call: Call) -> Answer:
    """Only the labels change."""
    one = _theirs(call)
    body = call.body(_LABELS, required=tuple(_LABELS))
    one.labels = (body["firstObjectLabel"], body["secondObjectLabel"])
    _told(call, "updated", one, body)
    return call.answer(200, _shown(call, one))


def delete(call: Call) -> Answer:
    """All its relations go along, as documented."""
    one, model = _theirs(call), finding.own(call)
    del model.associations[one.id]
    _told(call, "deleted", one, {})
    for relation in [each for each in model.relations.values() if each.association is one]:
        del model.relations[relation.id]
        webhooks.of_relation(call.world, "RelationDelete", call.account, relation)
    done = {"deleted": True, "id": one.id, "message": "Association deleted successfully"}
    return call.answer(200, done)


def _theirs(call: Call) -> Association:
    """One that people have defined: the vendor's own stay as they are."""
    one = finding.association(finding.own(call), call.params["id"])
    if one.system:
        raise answers.refusal(400, "SYSTEM_DEFINED associations cannot be changed")
    return one


def _told(call: Call, what: str, one: Association, content: Json) -> None:
    call.record(f"association.{what}", {"association_id": one.id}, content)
    kinds = {"created": "Create", "updated": "Update", "deleted": "Delete"}
    webhooks.of_association(call.world, f"Association{kinds[what]}", call.account, one)


def _shown(call: Call, one: Association) -> dict[str, Json]:
    return {"locationId": call.account, **webhooks.association(one)}


_READ, _WRITE = "associations.readonly", "associations.write"
ROUTES = (
    Route("GET", "/associations/", every, _READ),
    Route("POST", "/associations/", create, _WRITE),
    Route("GET", "/associations/key/{key}", by_key, _READ),
    Route("GET", "/associations/objectKey/{key}", of_object, _READ),
    Route("GET", "/associations/{id}", get, _READ),
    Route("PUT", "/associations/{id}", update, _WRITE),
    Route("DELETE", "/associations/{id}", delete, _WRITE),
)
