"""A person at HighLevel's screens: contacts, do-not-disturb, messages that come in, calls."""

from collections.abc import Mapping
from typing import Literal

from starlette.requests import Request
from starlette.responses import Response

from dragoman.kernel.clock import iso
from dragoman.kernel.jsons import Json
from dragoman.simulator.control.bodies import Body, Handler, Wrong, answer, read, read_object
from dragoman.simulator.highlevel import arrivals, channels, events, people, views
from dragoman.simulator.highlevel.fields import Kind, problems
from dragoman.simulator.highlevel.records import Contact, Message, Turn
from dragoman.simulator.world import World


class DoNotDisturb(Body):
    channel: Literal["all", "Call", "Email", "SMS", "WhatsApp", "GMB", "FB"] = "all"
    status: Literal["active", "inactive", "permanent"] = "active"


class Inbound(Body):
    contact_id: str
    text: str
    channel: str = "SMS"
    subject: str = ""
    """Of an e-mail."""


class Spoken(Body):
    speaker: Literal["agent", "caller"]
    text: str


class PlacedCall(Body):
    """A call that has ended."""

    contact_id: str
    direction: Literal["inbound", "outbound"] = "inbound"
    status: Literal["completed", "voicemail", "no-answer", "busy", "failed", "canceled"] = (
        "completed"
    )
    seconds: int | None = None
    """None is as long as the turns take to say."""
    turns: tuple[Spoken, ...] = ()
    transcript_after_seconds: float | None = None
    """None is the setting's figure."""
    user_id: str = ""
    """Who of the staff was on the phone; left out, the first for outbound calls, else nobody."""


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


async def edit_contact(world: World, request: Request) -> Response:
    """Change fields or tags, with the API's own names."""
    contact = find_contact(world, request.path_params["contact_id"])
    body = await read_object(request)
    _check(body, people.UPDATE_FIELDS)
    with events.changing(world, contact, ""):
        world.highlevel.change_contact(contact, people.split(body), "")
        people.apply(contact, body)
    return answer({"contact": show_contact(world, contact)})


async def remove_contact(world: World, request: Request) -> Response:
    contact = find_contact(world, request.path_params["contact_id"])
    world.highlevel.forget_contact(contact)
    events.of_contact(world, "ContactDelete", contact)
    return answer({"removed": contact.id})


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
    contact = find_contact(world, asked.contact_id)
    message = write_in(world, contact, asked.channel, asked.text, asked.subject)
    return answer({"message": show_message(world, message)}, 201)


async def ring(world: World, request: Request) -> Response:
    message = place_call(world, await read(request, PlacedCall))
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
    _check(body, people.CREATE_FIELDS)
    state = world.highlevel
    location = state.location(body.get("locationId") or state.default_location.id)
    contact, _ = state.add_contact(location, people.split(body), "", world.search_lag())
    people.apply(contact, body)
    state.define_tags(location, contact.tags)
    events.contact_created(world, contact)
    return contact


def disturb_not(world: World, contact: Contact, asked: DoNotDisturb) -> None:
    """Turn do-not-disturb on or off, for one channel or all; `active` means it is on."""
    with events.changing(world, contact, ""):
        if asked.channel == "all":
            contact.fields["dnd"] = asked.status != "inactive"
        else:
            setting = {"status": asked.status, "message": "", "code": ""}
            contact.dnd_settings[asked.channel] = setting


def write_in(world: World, contact: Contact, channel: str, text: str, subject: str = "") -> Message:
    """A message from the contact: one unread more.

    Raises:
        Wrong: there is no such channel.
    """
    if channel not in channels.CHANNELS:
        raise Wrong(f"no channel {channel}, known are {', '.join(channels.CHANNELS)}")
    return arrivals.receive(world, contact, channel, text, subject)


def place_call(world: World, asked: PlacedCall) -> Message:
    """A call that has ended: its recording is there, its transcript comes later.

    Raises:
        Wrong: no such contact or user, or words in a call that nobody took.
    """
    contact = find_contact(world, asked.contact_id)
    turns = tuple(Turn(one.speaker, one.text) for one in asked.turns)
    after = asked.transcript_after_seconds
    call = arrivals.call_detail(world, asked.status, turns, asked.seconds, after)
    if turns and not call.recorded:
        raise Wrong(f"nothing is said in a call that ends as {asked.status}: leave out the turns")
    users = world.highlevel.locations[contact.location_id].users
    if asked.user_id and asked.user_id not in users:
        raise Wrong(f"no user {asked.user_id}, known are {', '.join(users)}", 404)
    # Seen live: calls that come in may lack the user.
    user_id = asked.user_id or (next(iter(users)) if asked.direction == "outbound" else "")
    return arrivals.end_call(world, contact, asked.direction, call, user_id)


def _check(body: dict[str, Json], known: Mapping[str, Kind]) -> None:
    wrong = problems(body, known, ())
    if wrong:
        raise Wrong("; ".join(wrong))
    people.check(body)


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
    call = message.call
    return {
        "id": message.id,
        "contact_id": message.contact_id,
        "conversation_id": message.conversation_id,
        "location_id": message.location_id,
        "channel": message.channel,
        "direction": message.direction,
        "text": message.body,
        "subject": message.fields.get("subject", ""),
        "status": views.status(world.settings, message, world.clock.now()),
        "client_id": message.client,
        "call": {"status": call.status, "seconds": call.seconds} if call else None,
        "at": message.added,
        "time": iso(message.added),
    }


ROUTES: dict[tuple[str, str], Handler] = {
    ("GET", "/control/highlevel/contacts"): contacts,
    ("POST", "/control/highlevel/contacts"): add_contact,
    ("PUT", "/control/highlevel/contacts/{contact_id}"): edit_contact,
    ("DELETE", "/control/highlevel/contacts/{contact_id}"): remove_contact,
    ("POST", "/control/highlevel/contacts/{contact_id}/dnd"): do_not_disturb,
    ("POST", "/control/highlevel/calls"): ring,
    ("GET", "/control/highlevel/messages"): sent,
    ("POST", "/control/highlevel/messages"): receive,
    ("POST", "/control/highlevel/locations/{location_id}"): change_location,
}
