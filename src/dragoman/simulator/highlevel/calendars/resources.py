"""Rooms and equipment, which service calendars book along with a time."""

from dragoman.kernel.jsons import Json
from dragoman.simulator.exchange import Answer, as_json
from dragoman.simulator.highlevel import answers
from dragoman.simulator.highlevel.calendars import calendars, views
from dragoman.simulator.highlevel.calendars.records import Record, of_location
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.fields import FLAG, NUMBER, TEXT, TEXTS, Kind
from dragoman.simulator.routes import Route

TYPES = ("equipments", "rooms")
CREATE_FIELDS: dict[str, Kind] = {
    **dict.fromkeys(("locationId", "name", "description"), TEXT),
    **dict.fromkeys(("quantity", "outOfService", "capacity"), NUMBER),
    "calendarIds": TEXTS,
}
UPDATE_FIELDS: dict[str, Kind] = {**CREATE_FIELDS, "isActive": FLAG}
NEEDED = ("locationId", "name", "quantity", "outOfService", "capacity")
"""The description asks for all of them; an empty description and no calendars count as given."""


def every(call: Call) -> Answer:
    """A bare list, which has no room for a `traceId`."""
    kind = _kind(call)
    call.check_location(call.request.query.get("locationId"))
    limit, skip = call.number("limit"), call.number("skip")
    found = [
        one
        for one in of_location(call.state.calendars.resources.values(), call.account)
        if one.fields["resourceType"] == kind
    ]
    return as_json(200, [views.record(one) for one in found[skip : skip + limit]])


def get(call: Call) -> Answer:
    return call.answer(200, views.record(_find(call)))


def create(call: Call) -> Answer:
    kind = _kind(call)
    body = call.body(CREATE_FIELDS, NEEDED)
    missing = [
        f"{name} must be given" for name in ("description", "calendarIds") if name not in body
    ]
    if missing:
        raise answers.unprocessable(missing)
    call.check_location(body.pop("locationId"))
    fields = {"resourceType": kind, "isActive": True, **body}
    resource = Record(call.world.mint.hexadecimal("resource", 24), call.account, fields)
    _check(call, resource)
    call.state.calendars.resources[resource.id] = resource
    call.record("calendar_resource.created", _subject(resource), body)
    return call.created(views.record(resource))


def update(call: Call) -> Answer:
    """The answer leaves the calendars out."""
    resource = _find(call)
    body = call.body(UPDATE_FIELDS)
    call.check_location(body.pop("locationId", call.account))
    _check(call, Record(resource.id, resource.location_id, {**resource.fields, **body}))
    resource.fields |= body
    call.record("calendar_resource.updated", _subject(resource), body)
    shown = views.record(resource)
    del shown["calendarIds"]
    return call.answer(200, shown)


def delete(call: Call) -> Answer:
    resource = _find(call)
    del call.state.calendars.resources[resource.id]
    call.record("calendar_resource.deleted", _subject(resource), {})
    return call.answer(200, {"success": True})


def _check(call: Call, resource: Record) -> None:
    """Only service calendars book them; a kind of equipment belongs to one at most.

    Raises:
        Refusal: 400 otherwise.
    """
    wanted = resource.fields["calendarIds"]
    for calendar_id in wanted:
        if calendars.find(call, calendar_id).kind != "service_booking":
            raise answers.refusal(400, "Resources can only be mapped with service calendars")
    if resource.fields["resourceType"] == "rooms":
        return
    others = [
        one
        for one in of_location(call.state.calendars.resources.values(), call.account)
        if one.id != resource.id and one.fields["resourceType"] == "equipments"
    ]
    shared = any(set(wanted) & set(one.fields["calendarIds"]) for one in others)
    if len(wanted) > 1 or shared:
        raise answers.refusal(400, "One equipment can only be mapped with one service calendar")


def _kind(call: Call) -> str:
    kind = call.params["kind"]
    if kind not in TYPES:
        raise answers.unprocessable([f"resourceType must be one of {', '.join(TYPES)}"])
    return kind


def _find(call: Call) -> Record:
    kind = _kind(call)
    resource = call.state.calendars.resources.get(call.params["id"])
    if resource is None or resource.fields["resourceType"] != kind:
        raise answers.not_found("Resource", call.params["id"])
    call.check_location(resource.location_id)
    return resource


def _subject(resource: Record) -> Json:
    return {"resource_id": resource.id, "location_id": resource.location_id}


_HERE = "/calendars/resources/{kind}"
ROUTES = (
    Route("GET", _HERE, every, "calendars/resources.readonly"),
    Route("POST", _HERE, create, "calendars/resources.write"),
    Route("GET", f"{_HERE}/{{id}}", get, "calendars/resources.readonly"),
    Route("PUT", f"{_HERE}/{{id}}", update, "calendars/resources.write"),
    Route("DELETE", f"{_HERE}/{{id}}", delete, "calendars/resources.write"),
)
