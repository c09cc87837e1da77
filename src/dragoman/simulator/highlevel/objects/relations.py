"""Relations: two records tied by an association."""

from dragoman.kernel.jsons import Json
from dragoman.simulator.exchange import Answer
from dragoman.simulator.highlevel import answers
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.fields import TEXT
from dragoman.simulator.highlevel.objects import finding, webhooks
from dragoman.simulator.highlevel.objects.records import HEX, Model, Relation
from dragoman.simulator.routes import Route

_CREATE = dict.fromkeys(("locationId", "associationId", "firstRecordId", "secondRecordId"), TEXT)


def create(call: Call) -> Answer:
    """The description shows an association as the answer; a relation was seen in lists."""
    body = call.body(_CREATE, required=tuple(_CREATE))
    model = finding.model(call, body["locationId"])
    association = finding.association(model, body["associationId"])
    first, second = body["firstRecordId"], body["secondRecordId"]
    _check(call, model, association.first, first)
    _check(call, model, association.second, second)
    for known in model.relations.values():
        if (known.association, known.first, known.second) == (association, first, second):
            raise answers.refusal(400, "Relation already exists")
    one = Relation(call.world.mint.hexadecimal("relation", HEX), association, first, second)
    model.relations[one.id] = one
    call.record("relation.created", {"relation_id": one.id}, body)
    webhooks.of_relation(call.world, "RelationCreate", call.account, one)
    return call.created(_shown(call, one))


def of_record(call: Call) -> Answer:
    """`{relations, total}`, as was seen; the description shows an association."""
    model = finding.model(call, call.request.query.get("locationId"))
    skip, limit = call.number("skip"), call.number("limit")
    wanted, record_id = set(call.request.several("associationIds")), call.params["id"]
    found = [
        one
        for one in model.relations.values()
        if record_id in (one.first, one.second) and (not wanted or one.association.id in wanted)
    ]
    shown = [_shown(call, one) for one in found[skip : skip + limit]]
    return call.answer(200, {"relations": shown, "total": len(found)})


def delete(call: Call) -> Answer:
    model = finding.model(call, call.request.query.get("locationId"))
    one = model.relations.pop(call.params["id"], None)
    if one is None:
        raise answers.not_found("Relation", call.params["id"])
    call.record("relation.deleted", {"relation_id": one.id}, {})
    webhooks.of_relation(call.world, "RelationDelete", call.account, one)
    return call.answer(200, _shown(call, one))


def _check(call: Call, model: Model, object_key: str, record_id: str) -> None:
    """A side must be a record of the object that the association names for it."""
    if object_key == "contact":
        call.contact(record_id)
    else:
        finding.record(finding.kind(model, object_key), record_id)


def _shown(call: Call, one: Relation) -> dict[str, Json]:
    return {"locationId": call.account, **webhooks.relation(one)}


_READ, _WRITE = "associations/relation.readonly", "associations/relation.write"
ROUTES = (
    Route("POST", "/associations/relations", create, _WRITE),
    Route("GET", "/associations/relations/{id}", of_record, _READ),
    Route("DELETE", "/associations/relations/{id}", delete, _WRITE),
)
