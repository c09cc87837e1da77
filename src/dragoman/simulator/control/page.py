"""One page for people: make things happen, break things, and watch. No script."""

from contextlib import suppress

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from dragoman.kernel.clock import MINUTE, SECOND
from dragoman.simulator.control import acton, consent, conversations, highlevel, view, webhooks
from dragoman.simulator.control.bodies import Handler, Wrong, fitted
from dragoman.simulator.control.faults import start
from dragoman.simulator.control.presets import FAULTS
from dragoman.simulator.exchange import form_fields
from dragoman.simulator.faults import BreakRequest
from dragoman.simulator.webhooks.faults import WebhookFaults
from dragoman.simulator.world import World

DONE = {
    "contact": "The contact is on the list.",
    "reply": "The reply has come in.",
    "call": "The call has ended. Its transcript comes later.",
    "optout": "The address is opted out.",
    "dnd": "Do-not-disturb was changed.",
    "broken": "It is broken now.",
    "mended": "Mended.",
    "subscribed": "Webhooks go there from now on.",
    "unsubscribed": "Webhooks go nowhere from now on.",
    "faults": "Webhooks are sent so from now on.",
    "resent": "The webhook is on its way once more.",
    "emitted": "The webhook is on its way.",
}


async def show(world: World, request: Request) -> Response:
    said = DONE.get(request.query_params.get("done", ""), "")
    return HTMLResponse(view.render(world, said), headers=view.HEADERS)


async def add_contact(world: World, request: Request) -> Response:
    form = await _form(request)
    one = acton.find_list(world, form.pop("list_id", ""))
    acton.add_contact(world, one, fitted(form, acton.NewContact))
    return _back("contact", "rows")


async def reply(world: World, request: Request) -> Response:
    form = await _form(request)
    asked = fitted(form, highlevel.Inbound)
    contact = highlevel.find_contact(world, asked.contact_id)
    highlevel.write_in(world, contact, asked.channel, asked.text)
    return _back("reply", "messages")


async def call(world: World, request: Request) -> Response:
    form = await _form(request)
    minutes, words = form.pop("minutes", ""), form.pop("words", "")
    chosen = form.pop("conversation", "")
    if form.get("status") != "completed":
        chosen = conversations.SILENCE
    asked = {
        **form,
        "seconds": round(_number(minutes) * MINUTE / SECOND) if minutes else None,
        "turns": conversations.turns(chosen, words),
    }
    highlevel.place_call(world, fitted(asked, highlevel.PlacedCall))
    return _back("call", "messages")


async def opt_out(world: World, request: Request) -> Response:
    form = await _form(request)
    consent.suppress(world, "optout", fitted(form, consent.Suppression))
    return _back("optout", "suppressed")


async def forbid(world: World, request: Request) -> Response:
    form = await _form(request)
    contact = highlevel.find_contact(world, form.pop("contact_id", ""))
    highlevel.disturb_not(world, contact, fitted(form, highlevel.DoNotDisturb))
    return _back("dnd", "people")


async def break_it(world: World, request: Request) -> Response:
    form = await _form(request)
    preset = FAULTS.get(form.get("fault", ""))
    if preset is None:
        raise Wrong("no such fault")
    asked = {
        "vendor": form.get("vendor") or None,
        "path": form.get("path") or None,
        "times": int(form["times"]) if form.get("times", "").isdigit() else None,
        "fault": preset.fault,
    }
    start(world, fitted(asked, BreakRequest))
    return _back("broken", "broken")


async def mend(world: World, request: Request) -> Response:
    break_id = (await _form(request)).get("break_id", "")
    if break_id:
        world.breaks.mend(break_id)
    else:
        world.breaks.mend_all()
    return _back("mended", "break")


async def subscribe(world: World, request: Request) -> Response:
    webhooks.put(world, fitted(await _form(request), webhooks.Subscribed))
    return _back("subscribed", "subscription")


async def unsubscribe(world: World, _: Request) -> Response:
    world.webhooks.subscriptions.clear()
    return _back("unsubscribed", "subscription")


async def strike_webhooks(world: World, request: Request) -> Response:
    form = {name: _number(text) for name, text in (await _form(request)).items()}
    late = form.pop("late", 0.0)
    asked = {
        "double": form.get("double", 0.0),
        "drop": form.get("drop", 0.0),
        "shuffle_seconds": form.get("shuffle", 0.0),
    }
    if late:
        asked |= {"late": 1.0, "late_seconds": late}
    world.webhooks.faults = fitted(asked, WebhookFaults)
    return _back("faults", "hooks")


async def resend(world: World, request: Request) -> Response:
    webhooks.resend_one(world, (await _form(request)).get("webhook_id", ""))
    return _back("resent", "deliveries")


async def emit(world: World, request: Request) -> Response:
    webhooks.emit_one(world, fitted(await _form(request), webhooks.Emitted))
    return _back("emitted", "deliveries")


async def _form(request: Request) -> dict[str, str]:
    return {name: text.strip() for name, text in form_fields(await request.body()).items()}


def _number(text: str) -> float:
    """A figure of a form; what is none is refused.

    Raises:
        Wrong: it is no number.
    """
    with suppress(ValueError):
        return float(text or "0")
    raise Wrong(f"{text} is no number")


def _back(done: str, section: str) -> Response:
    """To the page again, so that reloading it does nothing twice."""
    return RedirectResponse(f"/?done={done}#{section}", 303)


ROUTES: dict[tuple[str, str], Handler] = {
    ("GET", "/"): show,
    ("POST", "/page/contacts"): add_contact,
    ("POST", "/page/replies"): reply,
    ("POST", "/page/calls"): call,
    ("POST", "/page/optouts"): opt_out,
    ("POST", "/page/dnd"): forbid,
    ("POST", "/page/break"): break_it,
    ("POST", "/page/mend"): mend,
    ("POST", "/page/webhooks"): subscribe,
    ("POST", "/page/unsubscribe"): unsubscribe,
    ("POST", "/page/webhook-faults"): strike_webhooks,
    ("POST", "/page/resend"): resend,
    ("POST", "/page/emit"): emit,
}
