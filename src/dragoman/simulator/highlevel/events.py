"""What HighLevel tells its subscribers, with the fields its webhook pages list.

Nothing is told of a message's later statuses: no webhook exists for that.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from dragoman.kernel import jsons
from dragoman.kernel.clock import iso
from dragoman.kernel.jsons import Json
from dragoman.simulator.highlevel import channels, views
from dragoman.simulator.highlevel.records import Contact, Conversation, Message, Note, Task
from dragoman.simulator.world import World

_CONTACT = """
    address1 city companyName country source dateOfBirth email firstName lastName phone postalCode
    state website assignedTo
"""


def publish(world: World, kind: str, location_id: str, fields: dict[str, Json]) -> None:
    """Leave out what is not there, as live events do."""
    there = {name: value for name, value in fields.items() if value is not None}
    world.webhooks.publish(kind, location_id, world.highlevel.company_id, there)


@contextmanager
def changing(world: World, contact: Contact, by: str) -> Iterator[None]:
    """Stamp what is changed of a contact meanwhile; tell it, one event for each kind of change.

    `by` is the client id of the app that changes it; empty for a person at the screen.
    """
    before = _aspects(contact)
    yield
    contact.updated, contact.updated_by = world.clock.now(), by
    index(world, contact)
    after = _aspects(contact)
    for kind in before:
        if before[kind] != after[kind]:
            of_contact(world, kind, contact)


def index(world: World, contact: Contact) -> None:
    """Let search see a contact as it is now, after its lag."""
    world.highlevel.index.put(contact, world.clock.now(), world.search_lag())


def contact_created(world: World, contact: Contact) -> None:
    index(world, contact)
    of_contact(world, "ContactCreate", contact)


def of_contact(world: World, kind: str, contact: Contact) -> None:
    fields: dict[str, Json] = {name: contact.fields.get(name) for name in _CONTACT.split()}
    fields.update(
        id=contact.id,
        name=contact.name or None,
        dateAdded=iso(contact.added),
        dnd=contact.fields.get("dnd") is True,
        tags=list(contact.tags),
        customFields=views.custom_fields(contact),
        attachments=[],
    )
    if kind == "ContactDndUpdate":
        fields["dndSettings"] = contact.dnd_settings
    publish(world, kind, contact.location_id, fields)


def of_note(world: World, kind: str, contact: Contact, note: Note) -> None:
    fields = {
        "id": note.id,
        "body": note.fields["body"],
        "contactId": note.contact_id,
        "dateAdded": iso(note.added),
    }
    publish(world, kind, contact.location_id, fields)


def of_task(world: World, kind: str, contact: Contact, task: Task) -> None:
    fields = {
        "id": task.id,
        **{name: task.fields.get(name) for name in ("assignedTo", "body", "title", "dueDate")},
        "contactId": task.contact_id,
        "dateAdded": iso(task.added),
    }
    publish(world, kind, contact.location_id, fields)


def unread(world: World, conversation: Conversation) -> None:
    """Its page calls it ConversationUnreadWebhook; what is sent says ConversationUnreadUpdate."""
    fields = {
        "id": conversation.id,
        "contactId": conversation.contact_id,
        "unreadCount": conversation.unread,
        "inbox": conversation.unread > 0,
        "starred": conversation.starred,
        "deleted": False,
    }
    publish(world, "ConversationUnreadUpdate", conversation.location_id, fields)


def message(world: World, one: Message) -> None:
    kind = "InboundMessage" if one.direction == "inbound" else "OutboundMessage"
    contact = world.highlevel.contacts[one.contact_id]
    location = world.highlevel.locations[one.location_id]
    theirs = contact.email if channels.needs(one.channel) == "email" else contact.phone
    ours = location.email if channels.needs(one.channel) == "email" else location.phone
    inbound = one.direction == "inbound"
    fields: dict[str, Json] = {
        "attachments": one.fields.get("attachments", []),
        "contactId": one.contact_id,
        "conversationId": one.conversation_id,
        "dateAdded": iso(one.added),
        "direction": one.direction,
        "messageType": channels.in_webhooks(one.channel),
        "messageTypeId": channels.number(one.channel),
        "messageTypeString": channels.message_type(one.channel),
        "messageId": one.id,
        "status": views.status(world.settings, one, world.clock.now()),
        "userId": one.user_id or None,
        "conversationProviderId": one.fields.get("conversationProviderId"),
        "from": (theirs if inbound else ours) or None,
        "to": (ours if inbound else theirs) or None,
        "source": None if inbound else views.source(one),
    }
    publish(world, kind, one.location_id, fields | _kind_of_message(one))


def _kind_of_message(one: Message) -> dict[str, Json]:
    if one.call is not None:
        return {"callDuration": one.call.seconds, "callStatus": one.call.status}
    text = {"body": one.body, "contentType": "text/plain"}
    if one.channel != "Email":
        return text
    cc, bcc = one.fields.get("emailCc", []), one.fields.get("emailBcc", [])
    return {
        **text,
        "contentType": "text/html",
        "emailMessageId": one.email_message_id,
        "threadId": one.fields.get("threadId") or one.email_message_id,
        "provider": "LeadConnector",
        "subject": one.fields.get("subject", ""),
        "cc": cc[0] if cc else None,
        "bcc": bcc[0] if bcc else None,
        "ccList": cc,
        "bccList": bcc,
    }


def _aspects(contact: Contact) -> dict[str, bytes]:
    """What each kind of event looks at."""
    fields = {name: value for name, value in contact.fields.items() if name != "dnd"}
    dnd = (contact.fields.get("dnd") is True, contact.dnd_settings, contact.inbound_dnd_settings)
    return {
        "ContactUpdate": jsons.canonical((fields, contact.custom_fields)),
        "ContactTagUpdate": jsons.canonical(contact.tags),
        "ContactDndUpdate": jsons.canonical(dnd),
    }
