"""What people send by HighLevel's forms and surveys."""

from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from dragoman.kernel.jsons import Json
from dragoman.simulator.control.bodies import Body, Handler, Wrong, answer, read
from dragoman.simulator.control.highlevel import find_contact
from dragoman.simulator.highlevel.locations.holdings import Submission
from dragoman.simulator.world import World


class NewSubmission(Body):
    paper_id: str
    """A form or a survey."""
    contact_id: str
    answers: dict[str, Any] = msgspec.field(default_factory=dict)
    """By the name of a field, or the id of a custom field."""


async def papers(world: World, request: Request) -> Response:
    """The forms and surveys of a location, or of the default one."""
    location = request.query_params.get("location_id") or world.highlevel.default_location.id
    own = world.highlevel.estate.of(location)
    shown: dict[str, Json] = {
        kind: [{"id": one.id, "name": one.fields["name"]} for one in things.values()]
        for kind, things in (("forms", own.forms), ("surveys", own.surveys))
    }
    return answer(shown)


async def add(world: World, request: Request) -> Response:
    asked = await read(request, NewSubmission)
    contact = find_contact(world, asked.contact_id)
    own = world.highlevel.estate.of(contact.location_id)
    if asked.paper_id not in {**own.forms, **own.surveys}:
        raise Wrong(f"no form and no survey {asked.paper_id}", 404)
    one = Submission(
        id=world.mint.uuid("submission"),
        paper_id=asked.paper_id,
        contact_id=contact.id,
        name=contact.name,
        email=contact.email,
        answers=asked.answers,
        added=world.clock.now(),
    )
    own.submissions.append(one)
    return answer({"submission": one.id}, 201)


ROUTES: dict[tuple[str, str], Handler] = {
    ("GET", "/control/highlevel/papers"): papers,
    ("POST", "/control/highlevel/submissions"): add,
}
