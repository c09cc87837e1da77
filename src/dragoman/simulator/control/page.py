"""One page for people: add a contact, forbid sending, break things and watch. No script."""

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from dragoman.simulator.control import acton, highlevel, view
from dragoman.simulator.control.bodies import Handler, Wrong, fitted
from dragoman.simulator.control.faults import start
from dragoman.simulator.control.presets import PRESETS
from dragoman.simulator.exchange import form_fields
from dragoman.simulator.faults import BreakRequest
from dragoman.simulator.world import World

DONE = {
    "rows": "The contact is on the list.",
    "people": "Do-not-disturb was changed.",
    "broken": "It is broken now.",
    "mended": "Mended.",
}


async def show(world: World, request: Request) -> Response:
    said = DONE.get(request.query_params.get("done", ""), "")
    return HTMLResponse(view.render(world, said), headers=view.HEADERS)


async def add_contact(world: World, request: Request) -> Response:
    form = form_fields(await request.body())
    one = acton.find_list(world, form.pop("list_id", ""))
    given = {name: text.strip() for name, text in form.items()}
    acton.add_contact(world, one, fitted(given, acton.NewContact))
    return _back("rows", "rows")


async def forbid(world: World, request: Request) -> Response:
    form = form_fields(await request.body())
    contact = highlevel.find_contact(world, form.pop("contact_id", ""))
    highlevel.disturb_not(world, contact, fitted(form, highlevel.DoNotDisturb))
    return _back("people", "people")


async def break_it(world: World, request: Request) -> Response:
    form = form_fields(await request.body())
    preset = PRESETS.get(form.get("fault", ""))
    if preset is None:
        raise Wrong("no such fault")
    asked = {
        "vendor": form.get("vendor") or None,
        "path": form.get("path") or None,
        "times": int(form["times"]) if form.get("times", "").isdigit() else None,
        "fault": preset.fault,
    }
    start(world, fitted(asked, BreakRequest))
    return _back("broken", "break")


async def mend(world: World, request: Request) -> Response:
    break_id = form_fields(await request.body()).get("break_id", "")
    if break_id:
        world.breaks.mend(break_id)
    else:
        world.breaks.mend_all()
    return _back("mended", "break")


def _back(done: str, section: str) -> Response:
    """To the page again, so that reloading it does nothing twice."""
    return RedirectResponse(f"/?done={done}#{section}", 303)


ROUTES: dict[tuple[str, str], Handler] = {
    ("GET", "/"): show,
    ("POST", "/page/contacts"): add_contact,
    ("POST", "/page/dnd"): forbid,
    ("POST", "/page/break"): break_it,
    ("POST", "/page/mend"): mend,
}
