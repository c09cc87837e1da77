"""The folders in which the fields of an object lie."""

from dragoman.kernel.jsons import Json
from dragoman.simulator.exchange import Answer
from dragoman.simulator.highlevel import answers
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.fields import TEXT
from dragoman.simulator.highlevel.objects import finding
from dragoman.simulator.highlevel.objects.records import Folder, Kind
from dragoman.simulator.routes import Route

_UPDATE = dict.fromkeys(("name", "locationId"), TEXT)
_CREATE = {**_UPDATE, "objectKey": TEXT}


def create(call: Call) -> Answer:
    body = call.body(_CREATE, required=tuple(_CREATE))
    one = finding.kept(finding.model(call, body["locationId"]), body["objectKey"])
    folder = one.add_folder(call.world.mint, call.now, body["name"])
    call.record("folder.created", {"folder_id": folder.id}, body)
    return call.created(_shown(call, one, folder))


def update(call: Call) -> Answer:
    body = call.body(_UPDATE, required=tuple(_UPDATE))
    call.check_location(body["locationId"])
    one, folder = _find(call)
    folder.name, folder.updated = body["name"], call.now
    call.record("folder.updated", {"folder_id": folder.id}, body)
    return call.answer(200, _shown(call, one, folder))


def delete(call: Call) -> Answer:
    """One with fields in it is refused: what would become of them is documented nowhere."""
    call.check_location(call.request.query.get("locationId"))
    one, folder = _find(call)
    if any(field.facts["parentId"] == folder.id for field in one.fields.values()):
        raise answers.refusal(400, "The folder has fields in it")
    del one.folders[folder.id]
    call.record("folder.deleted", {"folder_id": folder.id}, {})
    return call.answer(200, {"succeded": True, "id": folder.id, "key": one.key})


def _find(call: Call) -> tuple[Kind, Folder]:
    for one in finding.own(call).kinds.values():
        if one.kept and call.params["id"] in one.folders:
            return one, one.folders[call.params["id"]]
    raise answers.not_found("Folder", call.params["id"])


def _shown(call: Call, one: Kind, folder: Folder) -> dict[str, Json]:
    return {
        "id": folder.id,
        "name": folder.name,
        "objectKey": one.key,
        "locationId": call.account,
    }


_WRITE = "locations/customFields.write"
ROUTES = (
    Route("POST", "/custom-fields/folder", create, _WRITE),
    Route("PUT", "/custom-fields/folder/{id}", update, _WRITE),
    Route("DELETE", "/custom-fields/folder/{id}", delete, _WRITE),
)
