"""Opportunities: made, changed, deleted.

A contact can be in a pipeline once, unless the location allows more; the refusal of a second
opportunity was seen by several callers, with the id of the first one in it.
"""

from typing import Any

from dragoman.kernel.jsons import Json
from dragoman.simulator.exchange import Answer, Refusal
from dragoman.simulator.highlevel import answers
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.fields import FLAG, NUMBER, OBJECTS, TEXT, TEXTS, Kind, one_of
from dragoman.simulator.highlevel.opportunities import followers, views, webhooks
from dragoman.simulator.highlevel.opportunities.records import STATUSES, Opportunity
from dragoman.simulator.routes import Route

_CHANGED: dict[str, Kind] = {
    **dict.fromkeys(("pipelineId", "pipelineStageId", "name", "assignedTo"), TEXT),
    "status": one_of(*STATUSES, "all"),
    "monetaryValue": NUMBER,
}
UPDATE_FIELDS: dict[str, Kind] = {**_CHANGED, "customFields": OBJECTS}
CREATE_FIELDS: dict[str, Kind] = {**UPDATE_FIELDS, "locationId": TEXT, "contactId": TEXT}
UPSERT_FIELDS: dict[str, Kind] = {
    **_CHANGED,
    **dict.fromkeys(("id", "locationId", "contactId", "lostReasonId"), TEXT),
    "followers": TEXTS,
    "followersActionType": one_of("add", "remove"),
    "isRemoveAllFollowers": FLAG,
}
STATUS_FIELDS: dict[str, Kind] = {"status": one_of(*STATUSES, "all"), "lostReasonId": TEXT}


def get(call: Call) -> Answer:
    return _answer(call, 200, find(call))


def create(call: Call) -> Answer:
    required = ("pipelineId", "locationId", "name", "status", "contactId")
    body = call.body(CREATE_FIELDS, required)
    call.check_location(body["locationId"])
    call.contact(body["contactId"])
    return _answer(call, call.world.settings.creates_answer, _add(call, body))


def update(call: Call) -> Answer:
    one = find(call)
    _change(call, one, call.body(UPDATE_FIELDS))
    return _answer(call, 200, one)


def set_status(call: Call) -> Answer:
    one = find(call)
    _change(call, one, call.body(STATUS_FIELDS, ("status",)))
    return call.answer(200, answers.succeeded())


def delete(call: Call) -> Answer:
    one = find(call)
    del call.state.opportunities.known[one.id]
    call.record("opportunity.deleted", one.subject(), {})
    webhooks.tell(call.world, "OpportunityDelete", one)
    return call.answer(200, answers.succeeded())


def upsert(call: Call) -> Answer:
    """Of two ways to name it, the id counts; else the contact's one in the pipeline is meant.

    The schema of today asks for followers and forgets the contact; callers send the contact.
    """
    body = call.body(UPSERT_FIELDS, ("pipelineId", "locationId", "contactId"))
    call.check_location(body["locationId"])
    call.contact(body["contactId"])
    following = {name: body.pop(name) for name in followers.FIELDS if name in body}
    one = call.state.opportunities.of_contact(body["contactId"], body["pipelineId"])
    if body.get("id"):
        one = find(call, body["id"])
    new = one is None
    if one is None:
        one = _add(call, {"name": call.state.contacts[body["contactId"]].name, **body})
    else:
        kept = {name: value for name, value in body.items() if name in _CHANGED}
        _change(call, one, kept | {n: body[n] for n in ("lostReasonId",) if n in body})
    followers.follow(call, one, following)
    return call.answer(200, {"opportunity": views.opportunity(call.state, one), "new": new})


def add_followers(call: Call) -> Answer:
    return followers.add(call, find(call))


def remove_followers(call: Call) -> Answer:
    return followers.remove(call, find(call))


def find(call: Call, opportunity_id: str = "") -> Opportunity:
    """The opportunity of that id or of the path's, if this token reaches it."""
    wanted = opportunity_id or call.params["id"]
    one = call.state.opportunities.known.get(wanted)
    if one is None:
        raise answers.not_found("Opportunity", wanted)
    call.check_location(one.location_id)
    return one


def _add(call: Call, body: dict[str, Json]) -> Opportunity:
    known, now = call.state.opportunities, call.now
    fields = {"status": "open", "monetaryValue": 0, **_settled(call, body, {})}
    other = known.of_contact(body["contactId"], fields["pipelineId"])
    if other is not None and not call.world.settings.allow_duplicate_opportunities:
        raise _duplicate(other)
    one = Opportunity(
        id=call.world.mint.word("opportunity"),
        location_id=call.account,
        contact_id=body["contactId"],
        fields=fields,
        added=now,
        updated=now,
        searchable=now + call.world.search_lag(),
        status_changed=now,
        stage_changed=now,
        custom_fields=_custom(body),
    )
    known.known[one.id] = one
    call.record("opportunity.created", one.subject(), fields)
    webhooks.tell(call.world, "OpportunityCreate", one)
    return one


def _change(call: Call, one: Opportunity, body: dict[str, Json]) -> None:
    settled, custom = _settled(call, body, one.fields), _custom(body)
    pipeline_id = str(settled.get("pipelineId", one.fields["pipelineId"]))
    other = call.state.opportunities.of_contact(one.contact_id, pipeline_id)
    if other not in (None, one) and not call.world.settings.allow_duplicate_opportunities:
        raise _duplicate(other)
    changed = {name: value for name, value in settled.items() if one.fields.get(name) != value}
    with webhooks.changing(call.world, one):
        one.fields |= changed
        one.custom_fields |= custom
    call.record("opportunity.updated", one.subject(), changed | custom)


def _settled(call: Call, body: dict[str, Json], now: dict[str, Any]) -> dict[str, Json]:
    """The plain fields of a body, with the stage that follows from them.

    Raises:
        Refusal: 400 for a pipeline, stage, owner or reason that is not the location's.
    """
    apart = {"customFields", "locationId", "contactId", "id"}
    fields = {name: value for name, value in body.items() if name not in apart}
    known = call.state.opportunities
    pipeline_id = fields.get("pipelineId", now.get("pipelineId", ""))
    pipeline = known.pipeline(call.account, pipeline_id)
    if pipeline is None:
        raise answers.not_found("Pipeline", pipeline_id)
    moved = pipeline_id != now.get("pipelineId")
    stage_id = fields.get("pipelineStageId")
    if stage_id is not None and pipeline.stage(stage_id) is None:
        raise answers.not_found("Stage", stage_id)
    if stage_id is None and moved:
        fields["pipelineStageId"] = pipeline.stages[0].id
    if fields.get("assignedTo") and fields["assignedTo"] not in call.location.users:
        raise answers.not_found("User", fields["assignedTo"])
    reasons = {one.id for one in known.lost_reasons(call.account)}
    if fields.get("lostReasonId") and fields["lostReasonId"] not in reasons:
        raise answers.not_found("Lost reason", fields["lostReasonId"])
    return fields


def _custom(body: dict[str, Json]) -> dict[str, Json]:
    return {
        str(item.get("id") or item.get("key")): item.get("field_value", item.get("fieldValue"))
        for item in body.get("customFields", ())
    }


def _duplicate(other: Opportunity | None) -> Refusal:
    body = answers.plain(400, "Can not create duplicate opportunity for the contact.")
    meta = {"existingId": other.id if other else ""}
    return Refusal(400, {**body, "code": "OPPORTUNITY_NO_DUPLICATE", "meta": meta})


def _answer(call: Call, status: int, one: Opportunity) -> Answer:
    return call.answer(status, {"opportunity": views.opportunity(call.state, one)})


ROUTES = (
    Route("POST", "/opportunities/", create, "opportunities.write"),
    Route("POST", "/opportunities/upsert", upsert, "opportunities.write"),
    Route("GET", "/opportunities/{id}", get, "opportunities.readonly"),
    Route("PUT", "/opportunities/{id}", update, "opportunities.write"),
    Route("DELETE", "/opportunities/{id}", delete, "opportunities.write"),
    Route("PUT", "/opportunities/{id}/status", set_status, "opportunities.write"),
    Route("POST", "/opportunities/{id}/followers", add_followers, "opportunities.write"),
    Route("DELETE", "/opportunities/{id}/followers", remove_followers, "opportunities.write"),
)
