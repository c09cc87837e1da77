"""Kinds of e-mail or text that people can unsubscribe from one by one."""

from dragoman.kernel.jsons import Json
from dragoman.simulator.exchange import Answer
from dragoman.simulator.highlevel import answers
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.fields import FLAG, TEXT, Kind, one_of
from dragoman.simulator.highlevel.messaging.records import Subtype

LONGEST = 100
UPDATE_FIELDS: dict[str, Kind] = {
    **dict.fromkeys(("name", "description", "resubscription_legal_form_id"), TEXT),
    "archived": FLAG,
}
CREATE_FIELDS: dict[str, Kind] = {
    **dict.fromkeys(("name", "description", "language"), TEXT),
    "channel": one_of("email", "sms"),
}


def every(call: Call) -> Answer:
    call.check_location(call.request.query.get("locationId"))
    return call.answer(200, {"subtypes": [shown(one) for one in of_location(call)]})


def create(call: Call) -> Answer:
    call.check_location(call.request.query.get("locationId"))
    body = call.body(CREATE_FIELDS, required=("name", "channel", "language"))
    _check(body)
    one = Subtype(
        id=call.world.mint.word("subtype"),
        location_id=call.account,
        name=body["name"],
        channel=body["channel"],
        language=body["language"],
        description=body.get("description", ""),
    )
    call.state.messaging.subtypes[one.id] = one
    call.record("subtype.created", {"subtype_id": one.id}, body)
    return call.created(shown(one))


def update(call: Call) -> Answer:
    call.check_location(call.request.query.get("locationId"))
    body = call.body(UPDATE_FIELDS)
    _check(body)
    one = call.state.messaging.subtypes.get(call.params["id"])
    if one is None or one.location_id != call.account:
        raise answers.not_found("Custom subtype", call.params["id"])
    one.name = body.get("name", one.name)
    one.description = body.get("description", one.description)
    one.archived = body.get("archived", one.archived)
    one.legal_form = body.get("resubscription_legal_form_id", one.legal_form)
    call.record("subtype.updated", {"subtype_id": one.id}, body)
    return call.answer(200, shown(one))


def of_location(call: Call) -> list[Subtype]:
    subtypes = call.state.messaging.subtypes.values()
    return [one for one in subtypes if one.location_id == call.account]


def shown(one: Subtype) -> dict[str, Json]:
    """No description tells the answers; these are the fields that are written."""
    return {
        "id": one.id,
        "locationId": one.location_id,
        "name": one.name,
        "description": one.description,
        "channel": one.channel,
        "language": one.language,
        "archived": one.archived,
    }


def _check(body: dict[str, Json]) -> None:
    wrong = [
        f"{name} must be shorter than or equal to {LONGEST} characters"
        for name in ("name", "description")
        if len(body.get(name) or "") > LONGEST
    ]
    if wrong:
        raise answers.unprocessable(wrong)
