"""Where HighLevel's webhooks go, what goes wrong on the way, and what became of each."""

from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from dragoman.kernel.jsons import Json
from dragoman.simulator.control.bodies import Body, Handler, Wrong, answer, number, read
from dragoman.simulator.webhooks import samples
from dragoman.simulator.webhooks.deliveries import Delivery
from dragoman.simulator.webhooks.faults import WebhookFaults
from dragoman.simulator.webhooks.subscriptions import NotLoopback, Subscription
from dragoman.simulator.world import World


class Subscribed(Body):
    url: str
    location_id: str | None = None
    """None is every location without a subscription of its own."""
    types: list[str] | None = None
    """None is every type."""


class Resent(Body):
    webhook_id: str


class Emitted(Body):
    type: str
    """As HighLevel's pages call it."""
    fields: dict[str, Any] = msgspec.field(default_factory=dict)
    """In place of those of the sample; null leaves one out, `type` and `webhookId` as well."""
    location_id: str = ""
    """Empty is the default location."""


async def show(world: World, request: Request) -> Response:
    """Keys, subscriptions, faults, counts, and every delivery after number `since`."""
    hooks = world.webhooks
    shown = {
        "public_keys": {"ed25519": hooks.signer.public_key},
        "app_id": hooks.app_id,
        "subscriptions": [_subscription(one) for one in hooks.subscriptions.all()],
        "faults": msgspec.to_builtins(hooks.faults),
        "counts": hooks.deliveries.counts(),
        "deliveries": [
            show_delivery(one) for one in hooks.deliveries.since(number(request, "since"))
        ],
    }
    return answer(shown)


async def subscribe(world: World, request: Request) -> Response:
    one = put(world, await read(request, Subscribed))
    key = {"ed25519": world.webhooks.signer.public_key}
    return answer({"subscription": _subscription(one), "public_keys": key}, 201)


async def unsubscribe(world: World, _: Request) -> Response:
    return answer({"removed": world.webhooks.subscriptions.clear()})


async def disturb(world: World, request: Request) -> Response:
    """Put these faults in place of those before; nothing in the body mends all."""
    world.webhooks.faults = await read(request, WebhookFaults)
    return answer({"faults": msgspec.to_builtins(world.webhooks.faults)})


async def emit(world: World, request: Request) -> Response:
    """Send a webhook of any type that HighLevel documents, though nothing has happened."""
    delivery = emit_one(world, await read(request, Emitted))
    return answer({"delivery": show_delivery(delivery)}, 201)


async def resend(world: World, request: Request) -> Response:
    """The same bytes once more."""
    delivery = resend_one(world, (await read(request, Resent)).webhook_id)
    return answer({"delivery": show_delivery(delivery)})


def put(world: World, asked: Subscribed) -> Subscription:
    """Subscribe, in place of what there was for that location.

    Raises:
        Wrong: the URL leads away from this machine.
    """
    types = None if asked.types is None else frozenset(asked.types)
    one = Subscription(asked.url, asked.location_id, types)
    try:
        world.webhooks.subscriptions.put(one)
    except NotLoopback as error:
        raise Wrong(str(error)) from None
    return one


def emit_one(world: World, asked: Emitted) -> Delivery:
    """Send the sample of a type, with other fields where they are given.

    Raises:
        Wrong: there is no such type or location, or nobody is subscribed to it.
    """
    if asked.type not in samples.every():
        raise Wrong(f"no type {asked.type}; one of {', '.join(samples.every())}", 404)
    location = world.highlevel.locations.get(
        asked.location_id or world.highlevel.default_location.id
    )
    if location is None:
        raise Wrong(f"no location {asked.location_id}", 404)
    fields = samples.every()[asked.type] | asked.fields
    company = world.highlevel.company_id
    delivery = world.webhooks.publish(asked.type, location.id, company, fields)
    if delivery is None:
        raise Wrong("nobody is subscribed to this: POST /control/webhooks first", 409)
    return delivery


def resend_one(world: World, webhook_id: str) -> Delivery:
    """Send a delivery again by hand, with the id it had.

    Raises:
        Wrong: there is none of that id.
    """
    delivery = world.webhooks.deliveries.find(webhook_id)
    if delivery is None:
        raise Wrong(f"no delivery {webhook_id}", 404)
    world.webhooks.resend(delivery)
    return delivery


def show_delivery(one: Delivery) -> dict[str, Json]:
    """Its state is pending, delivered, failed or dropped; `body` is what was signed, as text."""
    return {
        "number": one.number,
        "webhook_id": one.webhook_id,
        "type": one.type,
        "location_id": one.location_id,
        "made": one.made,
        "state": one.state,
        "copies": one.copies,
        "attempts": [
            {"copy": tried.copy, "at": tried.at, "status": tried.status} for tried in one.attempts
        ],
        "body": one.body.decode(),
    }


def _subscription(one: Subscription) -> Json:
    types = None if one.types is None else sorted(one.types)
    return {"url": one.url, "location_id": one.location_id, "types": types}


ROUTES: dict[tuple[str, str], Handler] = {
    ("GET", "/control/webhooks"): show,
    ("POST", "/control/webhooks"): subscribe,
    ("DELETE", "/control/webhooks"): unsubscribe,
    ("POST", "/control/webhooks/faults"): disturb,
    ("POST", "/control/webhooks/resend"): resend,
    ("POST", "/control/webhooks/emit"): emit,
}
