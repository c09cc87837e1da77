"""Templates for messages, which only people write."""

from dragoman.kernel.clock import iso
from dragoman.kernel.jsons import Json
from dragoman.simulator.exchange import Answer
from dragoman.simulator.highlevel import answers
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.locations import finding
from dragoman.simulator.highlevel.locations.holdings import Thing
from dragoman.simulator.routes import Route

_KINDS = ("sms", "email", "whatsapp")


def every(call: Call) -> Answer:
    """Deleted ones are kept, and listed where they are asked for."""
    own, query = finding.own(call), call.request.query
    if not query.get("originId"):
        raise answers.unprocessable(["originId should not be empty"])
    kind = query.get("type")
    if kind not in (None, *_KINDS):
        words = ", ".join(_KINDS)
        raise answers.unprocessable([f"type must be one of the following values: {words}"])
    deleted = query.get("deleted") == "true"
    found = [
        one
        for one in own.templates.values()
        if kind in (None, one.fields["type"]) and one.fields.get("deleted", False) is deleted
    ]
    skip, limit = call.number("skip", 0), call.number("limit", 25)
    shown = [_shown(call, one) for one in found[skip : skip + limit]]
    return call.answer(200, {"templates": shown, "totalCount": len(found)})


def delete(call: Call) -> Answer:
    """What a success says is not described; this is what the calls beside it say."""
    one = finding.one(finding.own(call).templates, "Template", call.params["id"])
    one.fields["deleted"], one.updated = True, call.now
    call.record("template.deleted", {"template_id": one.id}, {})
    return call.answer(200, {"succeded": True})


def _shown(call: Call, one: Thing) -> Json:
    shown = {name: value for name, value in one.fields.items() if name != "deleted"}
    if one.fields["type"] == "sms":
        shown["urlAttachments"] = []
    return {"id": one.id, **shown, "locationId": call.account, "dateAdded": iso(one.added)}


ROUTES = (
    Route("GET", "/locations/{location}/templates", every, "locations/templates.readonly"),
    Route("DELETE", "/locations/{location}/templates/{id}", delete),
)
"""The scope of the deleting is named nowhere."""
