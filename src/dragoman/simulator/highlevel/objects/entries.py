"""Records of custom objects, and businesses, which are records as well."""

from dragoman.kernel.clock import iso
from dragoman.kernel.jsons import Json
from dragoman.simulator.exchange import Answer
from dragoman.simulator.highlevel import answers
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.fields import OBJECT, TEXT, TEXTS
from dragoman.simulator.highlevel.fields import Kind as Check
from dragoman.simulator.highlevel.objects import finding, values, webhooks
from dragoman.simulator.highlevel.objects.records import HEX, Kind, Record
from dragoman.simulator.routes import Route

_UPDATE: dict[str, Check] = {"properties": OBJECT, "owner": TEXTS, "followers": TEXTS}
_CREATE: dict[str, Check] = {**_UPDATE, "locationId": TEXT}
_MOST = {"owner": 1, "followers": 10}


def create(call: Call) -> Answer:
    body = call.body(_CREATE, required=("locationId", "properties"))
    one = finding.kept(finding.model(call, body.pop("locationId")), call.params["key"])
    _check(call, one, body)
    record = add(call, one, body["properties"])
    record.owner, record.followers = body.get("owner", []), body.get("followers", [])
    told(call, "created", one, record, body)
    return call.created({"record": _shown(call, one, record)})


def get(call: Call) -> Answer:
    one, record = _find(call)
    return call.answer(200, {"record": _shown(call, one, record)})


def update(call: Call) -> Answer:
    """What is not given stays; a property that is null is emptied."""
    call.check_location(call.request.query.get("locationId"))
    one, record = _find(call)
    body = call.body(_UPDATE)
    _check(call, one, body)
    change(call, record, body.get("properties", {}))
    record.owner = body.get("owner", record.owner)
    record.followers = body.get("followers", record.followers)
    told(call, "updated", one, record, body)
    return call.answer(200, {"record": _shown(call, one, record)})


def delete(call: Call) -> Answer:
    one, record = _find(call)
    remove(call, one, record)
    return call.answer(200, {"id": record.id, "success": True})


def add(call: Call, one: Kind, properties: dict[str, Json]) -> Record:
    """Make a record; telling of it is the caller's."""
    now = call.now
    record = Record(
        call.world.mint.hexadecimal("record", HEX),
        properties,
        added=now,
        updated=now,
        searchable=now + call.world.search_lag(),
        created_by=call.client,
        updated_by=call.client,
    )
    one.records[record.id] = record
    return record


def change(call: Call, record: Record, properties: dict[str, Json]) -> None:
    merged = {**record.properties, **properties}
    record.properties = {name: value for name, value in merged.items() if value is not None}
    record.updated, record.updated_by = call.now, call.client


def remove(call: Call, one: Kind, record: Record) -> None:
    """Its relations go along."""
    del one.records[record.id]
    told(call, "deleted", one, record, {})
    for relation in finding.own(call).untie(record.id):
        webhooks.of_relation(call.world, "RelationDelete", call.account, relation)


def told(call: Call, what: str, one: Kind, record: Record, content: Json) -> None:
    """Write it down, and tell whoever listens."""
    call.record(f"record.{what}", {"object_key": one.key, "record_id": record.id}, content)
    kind = {"created": "RecordCreate", "updated": "RecordUpdate", "deleted": "RecordDelete"}[what]
    webhooks.of_record(call.world, kind, call.account, record)


def _check(call: Call, one: Kind, body: dict[str, Json]) -> None:
    """One owner, ten followers, all of them users; a business has no owner."""
    wrong = [
        f"{name} must contain no more than {most} elements"
        for name, most in _MOST.items()
        if len(body.get(name, ())) > most
    ]
    if one.standard and body.get("owner"):
        wrong.append("owner should not exist")
    if wrong:
        raise answers.unprocessable(wrong)
    for user in [*body.get("owner", ()), *body.get("followers", ())]:
        if user not in call.location.users:
            raise answers.not_found("User", user)
    values.check(one, body.get("properties", {}))


def _find(call: Call) -> tuple[Kind, Record]:
    one = finding.kept(finding.own(call), call.params["key"])
    return one, finding.record(one, call.params["id"])


def _shown(call: Call, one: Kind, record: Record) -> Json:
    return {
        "id": record.id,
        "owner": record.owner,
        "followers": record.followers,
        "properties": record.properties,
        "locationId": call.account,
        "objectKey": one.key,
        "dateAdded": iso(record.added),
        "dateUpdated": iso(record.updated),
    }


_READ, _WRITE = "objects/record.readonly", "objects/record.write"
ROUTES = (
    Route("POST", "/objects/{key}/records", create, _WRITE),
    Route("GET", "/objects/{key}/records/{id}", get, _READ),
    Route("PUT", "/objects/{key}/records/{id}", update, _WRITE),
    Route("DELETE", "/objects/{key}/records/{id}", delete, _WRITE),
)
