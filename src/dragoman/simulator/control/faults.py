"""Breaking things on purpose, and mending them."""

import re

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from dragoman.kernel.jsons import Json
from dragoman.simulator.control.bodies import Handler, Wrong, answer, read
from dragoman.simulator.faults import Break, BreakRequest
from dragoman.simulator.world import World


async def add(world: World, request: Request) -> Response:
    return answer(show(start(world, await read(request, BreakRequest))), 201)


async def active(world: World, _: Request) -> Response:
    return answer({"breaks": [show(one) for one in world.breaks.active.values()]})


async def mend_all(world: World, _: Request) -> Response:
    return answer({"mended": world.breaks.mend_all()})


async def mend(world: World, request: Request) -> Response:
    if not world.breaks.mend(request.path_params["break_id"]):
        raise Wrong("no such break, or it is spent", 404)
    return answer({"mended": 1})


def start(world: World, asked: BreakRequest) -> Break:
    """Put a fault in force.

    Raises:
        Wrong: its path is not a regular expression.
    """
    try:
        return world.breaks.add(asked)
    except re.error as error:
        raise Wrong(f"path is not a regular expression: {error}") from None


def show(one: Break) -> Json:
    asked = msgspec.to_builtins(one.asked)
    return {"id": one.id, **asked, "seen": one.seen, "struck": one.struck}


ROUTES: dict[tuple[str, str], Handler] = {
    ("GET", "/control/break"): active,
    ("POST", "/control/break"): add,
    ("DELETE", "/control/break"): mend_all,
    ("DELETE", "/control/break/{break_id}"): mend,
}
