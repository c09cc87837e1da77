"""Groups of calendars, each with a page of its own under its slug."""

from dragoman.kernel.jsons import Json
from dragoman.simulator.exchange import Answer
from dragoman.simulator.highlevel import answers
from dragoman.simulator.highlevel.calendars import views
from dragoman.simulator.highlevel.calendars.calendars import taken
from dragoman.simulator.highlevel.calendars.records import Record, of_location
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.fields import FLAG, TEXT, Kind
from dragoman.simulator.routes import Route

NEEDED = ("name", "description", "slug")
UPDATE_FIELDS: dict[str, Kind] = dict.fromkeys(NEEDED, TEXT)
CREATE_FIELDS: dict[str, Kind] = {**UPDATE_FIELDS, "locationId": TEXT, "isActive": FLAG}


def every(call: Call) -> Answer:
    call.check_location(call.request.query.get("locationId"))
    found = of_location(call.state.calendars.groups.values(), call.account)
    return call.answer(200, {"groups": [views.record(one) for one in found]})


def create(call: Call) -> Answer:
    body = call.body(CREATE_FIELDS, ("locationId", *NEEDED))
    call.check_location(body.pop("locationId"))
    group = Record(call.world.mint.word("calendar group"), call.account, {"isActive": True, **body})
    _check_slug(call, group, body["slug"])
    call.state.calendars.groups[group.id] = group
    call.record("calendar_group.created", _subject(group), body)
    return call.created({"group": views.record(group)})


def check_slug(call: Call) -> Answer:
    body = call.body({"locationId": TEXT, "slug": TEXT}, ("locationId", "slug"))
    call.check_location(body["locationId"])
    mine = Record("", call.account, {})
    used = taken(call.state.calendars.groups.values(), mine, body["slug"])
    return call.answer(200, {"available": not used})


def update(call: Call) -> Answer:
    group = _find(call)
    body = call.body(UPDATE_FIELDS, NEEDED)
    _check_slug(call, group, body["slug"])
    return call.answer(200, {"group": views.record(_change(call, group, body))})


def set_status(call: Call) -> Answer:
    _change(call, _find(call), call.body({"isActive": FLAG}, ("isActive",)))
    return call.answer(200, {"success": True})


def delete(call: Call) -> Answer:
    """Its calendars stay, and belong to no group."""
    group = _find(call)
    del call.state.calendars.groups[group.id]
    for calendar in call.state.calendars.calendars.values():
        if calendar.fields.get("groupId") == group.id:
            del calendar.fields["groupId"]
    call.record("calendar_group.deleted", _subject(group), {})
    return call.answer(200, {"success": True})


def _change(call: Call, group: Record, body: dict[str, Json]) -> Record:
    group.fields |= body
    call.record("calendar_group.updated", _subject(group), body)
    return group


def _find(call: Call) -> Record:
    group = call.state.calendars.groups.get(call.params["group"])
    if group is None:
        raise answers.not_found("Group", call.params["group"])
    call.check_location(group.location_id)
    return group


def _check_slug(call: Call, group: Record, slug: Json) -> None:
    if taken(call.state.calendars.groups.values(), group, slug):
        raise answers.refusal(400, "Slug is already taken")


def _subject(group: Record) -> Json:
    return {"group_id": group.id, "location_id": group.location_id}


ROUTES = (
    Route("GET", "/calendars/groups", every, "calendars/groups.readonly"),
    Route("POST", "/calendars/groups", create, "calendars/groups.write"),
    Route("POST", "/calendars/groups/validate-slug", check_slug, "calendars/groups.write"),
    Route("PUT", "/calendars/groups/{group}", update, "calendars/groups.write"),
    Route("DELETE", "/calendars/groups/{group}", delete, "calendars/groups.write"),
    Route("PUT", "/calendars/groups/{group}/status", set_status, "calendars/groups.write"),
)
