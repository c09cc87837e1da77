"""A person at HighLevel's screens: contacts, do-not-disturb, messages that come in."""

from typing import Literal

from starlette.requests import Request
from starlette.responses import Response

from dragoman.kernel.clock import iso
from dragoman.kernel.jsons import Json
from dragoman.simulator.control.bodies import Body, Handler, Wrong, answer, read, read_object
from dragoman.simulator.highlevel import channels, messages, people, views
from dragoman.simulator.highlevel.fields import problems
from dragoman.simulator.highlevel.state import Contact, Message
from dragoman.simulator.world import World


class DoNotDisturb(Body):
    channel: Literal["all", "Call", "Email", "SMS", "WhatsApp", "GMB", "FB"] = "all"
    status: Literal["active", "inactive", "permanent"] = "active"


class Inbound(Body):
    contact_id: str
    text: str
    channel: str = "SMS"


class LocationChange(Body):
    active: bool


async def contacts(world: World, request: Request) -> Response:
    email = request.query_params.get("email", "").casefold()
    found = [
        show_contact(world, one)
        for one in world.highlevel.contacts.values()
        if email in ("", one.email.casefold())
    ]
    return answer({"contacts": found})


async def add_contact(world: World, request: Request) -> Response:
    body = await read_object(request)
    return answer({"contact": show_contact(world, make_contact(world, body))}, 201)


async def do_not_disturb(world: World, request: Request) -> Response:
    asked = await read(request, DoNotDisturb)
    contact = find_contact(world, request.path_params["contact_id"])
    disturb_not(world, contact, asked)
    return answer({"contact": show_contact(world, contact)})


async def sent(world: World, request: Request) -> Response:
    """Every message, oldest first, whatever search sees by now."""
    contact_id = request.query_params.get("contact_id")
    found = [
        show_message(world, one)
        for one in world.highlevel.messages.values()
        if contact_id in (None, one.contact_id)
    ]
    return answer({"messages": found})


async def receive(world: World, request: Request) -> Response:
    """A message from the contact."""
    asked = await read(request, Inbound)
    if asked.channel not in channels.CHANNELS:
        raise Wrong(f"no channel {asked.channel}")
    message = write_in(world, find_contact(world, asked.contact_id), asked.channel, asked.text)
    return answer({"message": show_message(world, message)}, 201)


async def change_location(world: World, request: Request) -> Response:
    asked = await read(request, LocationChange)
    location = world.highlevel.locations.get(request.path_params["location_id"])
    if location is None:
        raise Wrong("no such location", 404)
    location.active = asked.active
    return answer({"location_id": location.id, "active": location.active})


def make_contact(world: World, body: dict[str, Json]) -> Contact:
    """Make a contact with the API's own field names; the default location if none is named.

    Raises:
        Wrong: a field is unknown or does not fit.
    """
    wrong = problems(body, people.CREATE_FIELDS, ())
    if wrong:
        raise Wrong("; ".join(wrong))
    people.check(body)
    state = world.highlevel
    location = state.location(body.get("locationId") or state.default_location.id)
    contact, _ = state.add_contact(location, people.split(body), "", world.search_lag())
    people.apply(contact, body)
    state.define_tags(location, contact.tags)
    return contact


def disturb_not(world: World, contact: Contact, asked: DoNotDisturb) -> None:
    """Turn do-not-disturb on or off, for one channel or all; `active` means it is on."""
    if asked.channel == "all":
        contact.fields["dnd"] = asked.status != "inactive"
    else:
        contact.dnd_settings[asked.channel] = {"status": asked.status, "message": "", "code": ""}
    contact.updated, contact.updated_by = world.clock.now(), ""


def write_in(world: World, contact: Contact, channel: str, text: str) -> Message:
    state, now = world.highlevel, world.clock.now()
    conversation = state.conversation_of(contact.id)
    if conversation is None:
        conversation = state.open_conversation(contact, world.search_lag())
    message = Message(
        id=world.mint.word("message"),
        conversation_id=conversation.id,
        contact_id=contact.id,
        location_id=contact.location_id,
        channel=channel,
        direction="inbound",
        body=text,
        added=now,
        searchable=now + world.search_lag(),
    )
    state.add_message(conversation, message)
    return message


def find_contact(world: World, contact_id: str) -> Contact:
    contact = world.highlevel.contacts.get(contact_id)
    if contact is None:
        raise Wrong(f"no contact {contact_id}", 404)
    return contact


def show_contact(world: World, contact: Contact) -> dict[str, Json]:
    """The API's view, with do-not-disturb always there, and the conversation's id."""
    conversation = world.highlevel.conversation_of(contact.id)
    return {
        **views.contact(contact),
        "dnd": contact.fields.get("dnd") is True,
        "dndSettings": contact.dnd_settings,
        "conversationId": conversation.id if conversation else None,
    }


def show_message(world: World, message: Message) -> dict[str, Json]:
    return {
        "id": message.id,
        "contact_id": message.contact_id,
        "conversation_id": message.conversation_id,
        "location_id": message.location_id,
        "channel": message.channel,
        "direction": message.direction,
        "text": message.body,
        "subject": message.fields.get("subject", ""),
        "status": messages.status(world.settings, message, world.clock.now()),
        "client_id": message.client,
        "at": message.added,
        "time": iso(message.added),
    }


ROUTES: dict[tuple[str, str], Handler] = {
    ("GET", "/control/highlevel/contacts"): contacts,
    ("POST", "/control/highlevel/contacts"): add_contact,
    ("POST", "/control/highlevel/contacts/{contact_id}/dnd"): do_not_disturb,
    ("GET", "/control/highlevel/messages"): sent,
    ("POST", "/control/highlevel/messages"): receive,
    ("POST", "/control/highlevel/locations/{location_id}"): change_location,
}
