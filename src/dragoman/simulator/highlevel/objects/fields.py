"""The fields of custom objects and of businesses, and the folders in which they lie."""

from dragoman.kernel.clock import iso
from dragoman.kernel.jsons import Json
from dragoman.simulator.exchange import Answer
from dragoman.simulator.highlevel import answers
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.fields import FLAG, NUMBER, OBJECTS, TEXT, one_of
from dragoman.simulator.highlevel.fields import Kind as Check
from dragoman.simulator.highlevel.objects import finding
from dragoman.simulator.highlevel.objects.records import Field, Folder, Kind
from dragoman.simulator.routes import Route

TYPES = (
    *("TEXT", "LARGE_TEXT", "NUMERICAL", "PHONE", "MONETORY", "CHECKBOX", "SINGLE_OPTIONS"),
    *("MULTIPLE_OPTIONS", "DATE", "TEXTBOX_LIST", "FILE_UPLOAD", "RADIO", "EMAIL"),
)
CHOICES = frozenset({"SINGLE_OPTIONS", "MULTIPLE_OPTIONS", "RADIO", "CHECKBOX", "TEXTBOX_LIST"})
_FORMATS = (
    *(".pdf", ".docx", ".doc", ".jpg", ".jpeg", ".png", ".gif", ".csv", ".xlsx", ".xls", "all"),
)
_UPDATE: dict[str, Check] = {
    **dict.fromkeys(("locationId", "name", "description", "placeholder"), TEXT),
    "showInForms": FLAG,
    "options": OBJECTS,
    "acceptedFormats": one_of(*_FORMATS),
    "maxFileLimit": NUMBER,
}
_CREATE: dict[str, Check] = {
    **_UPDATE,
    **dict.fromkeys(("fieldKey", "objectKey", "parentId"), TEXT),
    "dataType": one_of(*TYPES),
    "allowCustomOption": FLAG,
}
_NEEDED = ("locationId", "showInForms", "dataType", "fieldKey", "objectKey", "parentId")


def of_object(call: Call) -> Answer:
    model = finding.model(call, call.request.query.get("locationId"))
    one = finding.kept(model, call.params["key"])
    folders = [_folder_as_field(call, one, folder) for folder in one.folders.values()]
    fields = [shown(call, one, field) for field in one.fields.values()]
    return call.answer(200, {"fields": fields, "folders": folders})


def create(call: Call) -> Answer:
    """How a key that is taken, or that is not the object's, is refused is a guess."""
    body = call.body(_CREATE, required=_NEEDED)
    one = finding.kept(finding.model(call, body["locationId"]), body["objectKey"])
    if body["parentId"] not in one.folders:
        raise answers.not_found("Folder", body["parentId"])
    key = body["fieldKey"]
    if not key.startswith(f"{one.key}."):
        raise answers.refusal(400, f"fieldKey must begin with {one.key}.")
    if any(field.key == key for field in one.fields.values()):
        raise answers.refusal(400, f"Field with key {key} already exists")
    _check_options(body, body["dataType"])
    apart = {"locationId", "objectKey", "fieldKey", "parentId"}
    facts = {name: value for name, value in body.items() if name not in apart}
    field = one.add_field(call.world.mint, call.now, key, facts, body["parentId"])
    call.record("object_field.created", {"object_key": one.key, "field_key": key}, body)
    return call.created({"field": shown(call, one, field)})


def get(call: Call) -> Answer:
    """A field, or a folder in the form of one."""
    wanted = call.params["id"]
    for one in finding.own(call).kinds.values():
        if one.kept and wanted in one.fields:
            return call.answer(200, {"field": shown(call, one, one.fields[wanted])})
        if one.kept and wanted in one.folders:
            folder = _folder_as_field(call, one, one.folders[wanted])
            return call.answer(200, {"field": folder})
    raise answers.not_found("Field", wanted)


def update(call: Call) -> Answer:
    """Options replace all options, and none of those that are there may be missing."""
    body = call.body(_UPDATE, required=("locationId", "showInForms"))
    call.check_location(body.pop("locationId"))
    one, field = _find(call)
    if "options" in body:
        _check_options(body, field.facts["dataType"])
        left = {option["key"] for option in body["options"]}
        if not {option["key"] for option in field.facts.get("options", [])} <= left:
            raise answers.refusal(400, "Removal of options is not supported")
    field.facts, field.updated = {**field.facts, **body}, call.now
    call.record("object_field.updated", {"field_key": field.key}, body)
    return call.answer(200, {"field": shown(call, one, field)})


def delete(call: Call) -> Answer:
    """The field by which records are shown must stay: a guess, for they need a name."""
    one, field = _find(call)
    if field.key == one.primary:
        raise answers.refusal(400, "The primary display property cannot be deleted")
    del one.fields[field.id]
    one.searchable = [key for key in one.searchable if key != field.key]
    for record in one.records.values():
        record.properties.pop(field.name, None)
    call.record("object_field.deleted", {"field_key": field.key}, {})
    return call.answer(200, {"succeded": True, "id": field.id, "key": field.key})


def shown(call: Call, one: Kind, field: Field) -> Json:
    return {
        "id": field.id,
        "locationId": call.account,
        "objectKey": one.key,
        "fieldKey": field.key,
        **field.facts,
        "dateAdded": iso(field.added),
        "dateUpdated": iso(field.updated),
    }


def _folder_as_field(call: Call, one: Kind, folder: Folder) -> Json:
    return {
        "id": folder.id,
        "name": folder.name,
        "locationId": call.account,
        "objectKey": one.key,
        "dateAdded": iso(folder.added),
        "dateUpdated": iso(folder.updated),
    }


def _find(call: Call) -> tuple[Kind, Field]:
    for one in finding.own(call).kinds.values():
        if one.kept and call.params["id"] in one.fields:
            return one, one.fields[call.params["id"]]
    raise answers.not_found("Field", call.params["id"])


def _check_options(body: dict[str, Json], data_type: str) -> None:
    wrong = [
        f"options.{place}.{name} should not be empty"
        for place, option in enumerate(body.get("options", ()))
        for name in ("key", "label")
        if not option.get(name)
    ]
    if body.get("options") and data_type not in CHOICES:
        wrong.append(f"options should not exist for {data_type}")
    if wrong:
        raise answers.unprocessable(wrong)


_READ, _WRITE = "locations/customFields.readonly", "locations/customFields.write"
ROUTES = (
    Route("GET", "/custom-fields/object-key/{key}", of_object, _READ),
    Route("POST", "/custom-fields/", create, _WRITE),
    Route("GET", "/custom-fields/{id}", get, _READ),
    Route("PUT", "/custom-fields/{id}", update, _WRITE),
    Route("DELETE", "/custom-fields/{id}", delete, _WRITE),
)
