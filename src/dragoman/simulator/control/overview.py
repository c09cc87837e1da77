"""What there is: state, settings, ledger, calls."""

from collections.abc import Iterable

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from dragoman.kernel.jsons import Json
from dragoman.simulator.control.bodies import Handler, Wrong, answer, number, read_object
from dragoman.simulator.highlevel.records import Campaign, User, Workflow
from dragoman.simulator.world import World


async def state(world: World, _: Request) -> Response:
    """Where everything is and how much of it there is."""
    highlevel, acton, addresses = world.highlevel, world.acton, world.addresses
    shown = {
        "now": world.clock.now(),
        "highlevel": {
            "url": addresses.highlevel,
            "company_id": highlevel.company_id,
            "location_id": highlevel.default_location.id,
            "locations": list(highlevel.locations),
            "users": _named(highlevel.default_location.users.values()),
            "workflows": _named(highlevel.default_location.workflows.values()),
            "campaigns": _named(highlevel.default_location.campaigns.values()),
            "provider_id": highlevel.default_location.provider,
        },
        "acton": {
            "url": addresses.acton,
            "account_id": acton.default_account.id,
            "list_id": acton.default_list.id,
            "lists": list(acton.lists),
            "segment_id": acton.default_account.contacts.segments.first.id,
        },
        "control": {"url": addresses.control},
        "counts": {
            "contacts": len(highlevel.contacts),
            "conversations": len(highlevel.conversations),
            "messages": len(highlevel.messages),
            "records": sum(len(one.records) for one in acton.lists.values()),
            "optouts": len(acton.default_account.consent.suppressed("optout")),
            "acton_contacts": len(acton.default_account.contacts.contacts),
            "touchpoints": len(acton.default_account.touchpoints()),
            "ledger": len(world.ledger.entries),
            "breaks": len(world.breaks.active),
            "calls": world.calls.counts(),
        },
    }
    return answer(shown)


def _named(things: Iterable[User | Workflow | Campaign]) -> list[Json]:
    return [{"id": one.id, "name": one.name} for one in things]


async def settings(world: World, _: Request) -> Response:
    return answer(msgspec.to_builtins(world.settings))


async def change_settings(world: World, request: Request) -> Response:
    try:
        world.settings = world.settings.changed(await read_object(request))
    except msgspec.ValidationError as error:
        raise Wrong(str(error)) from None
    return await settings(world, request)


async def ledger(world: World, request: Request) -> Response:
    return answer({"entries": world.ledger.since(number(request, "since"))})


async def calls(world: World, request: Request) -> Response:
    since = number(request, "since")
    recent = [entry for entry in world.calls.entries if entry["number"] > since]
    return answer({"calls": recent, "counts": world.calls.counts()})


ROUTES: dict[tuple[str, str], Handler] = {
    ("GET", "/control/state"): state,
    ("GET", "/control/settings"): settings,
    ("POST", "/control/settings"): change_settings,
    ("GET", "/control/ledger"): ledger,
    ("GET", "/control/calls"): calls,
}
