"""Workflows at HighLevel, which only people make."""

from typing import Literal

from starlette.requests import Request
from starlette.responses import Response

from dragoman.kernel.jsons import Json
from dragoman.simulator.control.bodies import Body, Handler, Wrong, answer, read
from dragoman.simulator.control.highlevel import find_contact
from dragoman.simulator.highlevel import events, staff
from dragoman.simulator.highlevel.records import Workflow
from dragoman.simulator.world import World


class NewWorkflow(Body):
    name: str
    status: Literal["published", "draft"] = "published"
    location_id: str = ""


class Finished(Body):
    contact_id: str


async def every(world: World, _: Request) -> Response:
    shown = [
        {**_shown(one), "location_id": location.id}
        for location in world.highlevel.locations.values()
        for one in location.workflows.values()
    ]
    return answer({"workflows": shown})


async def add(world: World, request: Request) -> Response:
    asked = await read(request, NewWorkflow)
    state = world.highlevel
    location = state.location(asked.location_id or state.default_location.id)
    made = staff.add_workflow(location, world.mint, world.clock.now(), asked.name, asked.status)
    return answer({"workflow": {**_shown(made), "location_id": location.id}}, 201)


async def finish(world: World, request: Request) -> Response:
    """The contact has come to the workflow's end."""
    asked = await read(request, Finished)
    contact, workflow_id = find_contact(world, asked.contact_id), request.path_params["workflow_id"]
    if workflow_id not in contact.active_workflows:
        raise Wrong("the contact is not in this workflow", 404)
    contact.active_workflows.remove(workflow_id)
    contact.finished_workflows.append(workflow_id)
    events.index(world, contact)
    return answer({"finished": workflow_id})


def _shown(one: Workflow) -> dict[str, Json]:
    return {"id": one.id, "name": one.name, "status": one.status}


ROUTES: dict[tuple[str, str], Handler] = {
    ("GET", "/control/highlevel/workflows"): every,
    ("POST", "/control/highlevel/workflows"): add,
    ("POST", "/control/highlevel/workflows/{workflow_id}/finish"): finish,
}
