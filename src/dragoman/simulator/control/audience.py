"""What people do with Act-On's e-mails, links and forms; and a person who looks after programs.

All of it is of the default account.
"""

from typing import Literal

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from dragoman.kernel.jsons import Json
from dragoman.simulator.acton.assets import Program, View
from dragoman.simulator.acton.consent import Kind
from dragoman.simulator.acton.forms import is_address
from dragoman.simulator.acton.mail import Message, Trace
from dragoman.simulator.acton.site_forms import submitted
from dragoman.simulator.control.bodies import Body, Handler, Wrong, answer, read
from dragoman.simulator.control.consent import Suppression, suppress
from dragoman.simulator.world import World

Reaction = Literal["OPENED", "CLICKED", "BOUNCED", "OPT_OUT", "SPAM"]
SUPPRESSES: dict[Reaction, Kind] = {
    "BOUNCED": "hardbounce",
    "OPT_OUT": "optout",
    "SPAM": "spamcomplaint",
}


class NewReaction(Body):
    email: str
    action: Reaction
    link: str = ""
    """Where a click led."""


class NewVisitor(Body):
    cookie: str
    email: str


class NewView(Body):
    email: str = ""
    """Empty where nobody knows who it is."""
    message_id: str = ""


class NewSubmission(Body):
    values: dict[str, str]
    """By heading of the form's list."""
    source: str = "Direct"


class NewProgram(Body):
    name: str
    kind: Literal["TRACK", "EVENT", "LIST_MAINT"] = "TRACK"
    lists: tuple[str, ...] = ()


class ProgramChange(Body):
    state: Literal["draft", "running", "stopped"] = "running"
    entered: int = 0
    """How many people are in it from now on."""


async def messages(world: World, _: Request) -> Response:
    every = world.acton.default_account.mailing.messages.values()
    return answer({"messages": [show_message(one) for one in every]})


async def react(world: World, request: Request) -> Response:
    """Somebody whom the message reached opens it, follows a link, or wants no more of it."""
    one, asked = _message(world, request), await read(request, NewReaction)
    who = one.sent_to(asked.email)
    if who is None:
        raise Wrong(f"{one.id} was not sent to {asked.email}", 404)
    trace = Trace(asked.action, who, world.clock.now(), asked.link)
    one.traces.append(trace)
    if asked.action in SUPPRESSES:
        entry = Suppression(email=who.email, origin=f"Message: {one.title}")
        suppress(world, SUPPRESSES[asked.action], entry)
    return answer({"message_id": one.id, "email": who.email, "at": trace.at}, 201)


async def release(world: World, request: Request) -> Response:
    """Mark a template as available to API calls."""
    one = _message(world, request)
    one.released = True
    return answer(show_message(one))


async def add_visitor(world: World, request: Request) -> Response:
    asked = await read(request, NewVisitor)
    if not (asked.cookie and is_address(asked.email)):
        raise Wrong("a visitor needs a cookie and an address")
    world.acton.default_account.visitors[asked.cookie] = asked.email
    return answer({"cookie": asked.cookie, "email": asked.email}, 201)


async def look(world: World, request: Request) -> Response:
    """Somebody loads a document or follows a tracked link."""
    found = world.acton.default_account.assets.media.get(request.path_params["media_id"])
    if found is None:
        raise Wrong("no such medium", 404)
    asked = await read(request, NewView)
    found.views.append(View(world.clock.now(), asked.email, asked.message_id))
    return answer({"media_id": found.id, "views": len(found.views)}, 201)


async def submit(world: World, request: Request) -> Response:
    """Somebody fills in a form; a row is added to the list of its submissions."""
    account = world.acton.default_account
    found = account.assets.forms.get(request.path_params["form_id"])
    if found is None:
        raise Wrong("no such form", 404)
    asked = await read(request, NewSubmission)
    record = submitted(world, account.id, found, asked.values, asked.source)
    list_id = record.id.partition(":")[0]
    return answer({"form_id": found.id, "list_id": list_id, "record_id": record.id}, 201)


async def add_program(world: World, request: Request) -> Response:
    asked = await read(request, NewProgram)
    assets = world.acton.default_account.assets
    made = assets.add_program(asked.name, asked.kind, asked.lists)
    made.made = world.clock.now()
    return answer(show_program(made), 201)


async def change_program(world: World, request: Request) -> Response:
    """Start a program or stop it, and say how many people are in it."""
    found = world.acton.default_account.assets.programs.get(request.path_params["program_id"])
    if found is None:
        raise Wrong("no such program", 404)
    asked = await read(request, ProgramChange)
    found.state, found.entered = asked.state, asked.entered
    return answer(show_program(found))


def show_message(one: Message) -> dict[str, Json]:
    shown = {"id": one.id, "kind": one.kind, "title": one.title, "at": one.at}
    return {**shown, "traces": [msgspec.to_builtins(trace) for trace in one.traces]}


def show_program(one: Program) -> dict[str, Json]:
    shown = {"id": one.id, "name": one.name, "kind": one.kind, "lists": one.sources}
    return {**shown, "state": one.state, "entered": one.entered}


def _message(world: World, request: Request) -> Message:
    found = world.acton.default_account.mailing.messages.get(request.path_params["message_id"])
    if found is None:
        raise Wrong("no such message", 404)
    return found


ROUTES: dict[tuple[str, str], Handler] = {
    ("GET", "/control/acton/messages"): messages,
    ("POST", "/control/acton/messages/{message_id}/reactions"): react,
    ("POST", "/control/acton/messages/{message_id}/release"): release,
    ("POST", "/control/acton/visitors"): add_visitor,
    ("POST", "/control/acton/media/{media_id}/views"): look,
    ("POST", "/control/acton/forms/{form_id}/submissions"): submit,
    ("POST", "/control/acton/programs"): add_program,
    ("POST", "/control/acton/programs/{program_id}"): change_program,
}
