"""Workflows: which there are, and who is in them. What they do, the API does not tell."""

from dragoman.kernel.clock import iso
from dragoman.kernel.jsons import Json
from dragoman.simulator.exchange import Answer
from dragoman.simulator.highlevel import answers, events
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.fields import MOMENT
from dragoman.simulator.highlevel.records import Contact, Workflow
from dragoman.simulator.routes import Route


def every(call: Call) -> Answer:
    call.check_location(call.request.query.get("locationId"))
    shown = [_shown(call, one) for one in call.location.workflows.values()]
    return call.answer(200, {"workflows": shown})


def add(call: Call) -> Answer:
    """Adding somebody who is in it starts it once more, as far as the ledger is concerned."""
    contact, workflow, body = _read(call)
    if workflow.id not in contact.active_workflows:
        contact.active_workflows.append(workflow.id)
    return _done(call, "workflow.contact_added", contact, workflow, body)


def remove(call: Call) -> Answer:
    """Removing somebody who is not in it succeeds as well."""
    contact, workflow, body = _read(call)
    contact.active_workflows = [one for one in contact.active_workflows if one != workflow.id]
    return _done(call, "workflow.contact_removed", contact, workflow, body)


def _read(call: Call) -> tuple[Contact, Workflow, dict[str, Json]]:
    """The body is optional, and so is the one field in it."""
    contact = call.contact(call.params["id"])
    body = call.body({"eventStartTime": MOMENT})
    workflow = call.location.workflows.get(call.params["workflow"])
    if workflow is None:
        raise answers.not_found("Workflow", call.params["workflow"])
    return contact, workflow, body


def _done(
    call: Call, effect: str, contact: Contact, workflow: Workflow, body: dict[str, Json]
) -> Answer:
    content = {"workflow_id": workflow.id, "name": workflow.name, **body}
    call.record(effect, contact.subject(), content)
    events.index(call.world, contact)
    return call.answer(200, answers.succeeded())


def _shown(call: Call, one: Workflow) -> Json:
    return {
        "id": one.id,
        "name": one.name,
        "status": one.status,
        "version": 1,
        "createdAt": iso(one.added),
        "updatedAt": iso(one.added),
        "locationId": call.account,
    }


ROUTES = (
    Route("GET", "/workflows/", every, "workflows.readonly"),
    Route("POST", "/contacts/{id}/workflow/{workflow}", add, "contacts.write"),
    Route("DELETE", "/contacts/{id}/workflow/{workflow}", remove, "contacts.write"),
)
