"""HighLevel's messages: sent once a call, without any key against doubles."""

from dragoman.kernel.clock import SECOND, Millis, iso
from dragoman.kernel.jsons import Json
from dragoman.simulator.exchange import Answer
from dragoman.simulator.highlevel import answers, channels, people
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.conversations import find
from dragoman.simulator.highlevel.fields import ANY, FLAG, NUMBER, OBJECT, TEXT, TEXTS, Kind
from dragoman.simulator.highlevel.state import Contact, Conversation, Message
from dragoman.simulator.routes import Route
from dragoman.simulator.settings import SimulatorSettings

_TEXTS = """
    type contactId appointmentId emailFrom html message subject replyMessageId templateId threadId
    conversationProviderId emailTo customSubtypeId emailReplyMode fromNumber toNumber status
    optimizationPeriod userId
"""
SEND_FIELDS: dict[str, Kind] = {
    **dict.fromkeys(_TEXTS.split(), TEXT),
    **dict.fromkeys(("attachments", "emailCc", "emailBcc", "mentions"), TEXTS),
    "subType": ANY,
    "scheduledTimestamp": NUMBER,
    "forward": OBJECT,
    "usesNativeSchedulingAi": FLAG,
}
"""`locationId` is not among them: the location comes from the token, and sending it is a 422."""

_KEPT = ("subject", "html", "attachments", "emailFrom", "emailTo", "conversationProviderId")
_SHOWN = ("attachments", "conversationProviderId")


def send(call: Call) -> Answer:
    """Send one message. The answer has no `status`, though the schema requires it."""
    body = call.body(SEND_FIELDS, required=("type", "contactId"))
    if body["type"] not in channels.CHANNELS:
        known = ", ".join(channels.CHANNELS)
        raise answers.unprocessable([f"type must be one of the following values: {known}"])
    contact = call.contact(body["contactId"])
    _check_content(body)
    _check_consent(contact, body["type"])
    _check_address(contact, body["type"])
    conversation = _conversation(call, contact)
    message = _message(call, conversation, body)
    call.state.add_message(conversation, message)
    subject = {"message_id": message.id, "conversation_id": conversation.id, **contact.subject()}
    effect = "message.scheduled" if message.scheduled else "message.sent"
    call.record(effect, subject, _content(message))
    shown = {"conversationId": conversation.id, "messageId": message.id}
    if message.email_message_id:
        shown["emailMessageId"] = message.email_message_id
    return call.answer(200, shown)


def get(call: Call) -> Answer:
    """Wrapped in `message`, though the schema shows it flat."""
    message = call.state.messages.get(call.params["id"])
    if message is None:
        raise answers.not_found("Message", call.params["id"])
    call.check_location(message.location_id)
    return call.answer(200, {"message": shown(call.world.settings, message, call.now)})


def of_conversation(call: Call) -> Answer:
    """Newest first, and wrapped; the next page starts after this page's `lastMessageId`."""
    conversation = find(call, call.params["id"])
    limit = call.limit()
    types = {kind for kind in call.request.query.get("type", "").split(",") if kind}
    found = [
        message
        for message in reversed(conversation.messages)
        if not types or channels.message_type(message.channel) in types
    ]
    rest = _after(found, call.request.query.get("lastMessageId"))
    page = rest[:limit]
    listed = {
        "lastMessageId": page[-1].id if page else None,
        "nextPage": len(rest) > limit,
        "messages": [shown(call.world.settings, message, call.now) for message in page],
    }
    return call.answer(200, {"messages": listed})


def shown(settings: SimulatorSettings, message: Message, now: Millis) -> dict[str, Json]:
    """How the API shows a message; the text of an e-mail is elsewhere."""
    view: dict[str, Json] = {
        "id": message.id,
        "direction": message.direction,
        "locationId": message.location_id,
        "contactId": message.contact_id,
        "conversationId": message.conversation_id,
        "dateAdded": iso(message.added),
        "dateUpdated": iso(message.added),
        "messageType": channels.message_type(message.channel),
        "contentType": "text/plain",
        "status": status(settings, message, now),
        "source": "api" if message.client else "app",
    }
    number = channels.number(message.channel)
    if number is not None:
        view["type"] = number
    if message.channel == "Email":
        view["meta"] = {"email": {"messageIds": [message.email_message_id]}}
    else:
        view["body"] = message.body
    view.update({name: message.fields[name] for name in _SHOWN if name in message.fields})
    return view


def status(settings: SimulatorSettings, message: Message, now: Millis) -> str:
    """A message walks from pending to sent to delivered, by the clock."""
    if now < message.scheduled:
        return "scheduled"
    age = now - max(message.scheduled, message.added)
    if message.direction == "inbound" or age >= settings.delivered_after_seconds * SECOND:
        return "delivered"
    return "sent" if age >= settings.sent_after_seconds * SECOND else "pending"


def _check_content(body: dict[str, Json]) -> None:
    """An e-mail needs `html`; `message` alone is no content there."""
    text = body.get("html") if body["type"] == "Email" else body.get("message")
    if not (text or body.get("attachments") or body.get("templateId")):
        raise answers.unprocessable(
            ["There is no message or attachments for this message. Skip sending."]
        )


def _check_consent(contact: Contact, channel: str) -> None:
    if people.blocked(contact, channels.CHANNELS[channel].dnd):
        raise answers.refusal(400, f"Cannot send message as DND is active for {channel}")


def _check_address(contact: Contact, channel: str) -> None:
    needs = channels.CHANNELS[channel].needs
    if needs == "phone" and not contact.phone:
        raise answers.refusal(400, "Missing phone number")
    if needs == "email" and "@" not in contact.email:
        raise answers.refusal(400, "Unable to send e-mail, contact's e-mail is invalid")


def _conversation(call: Call, contact: Contact) -> Conversation:
    """Sending makes the conversation where there is none."""
    there = call.state.conversation_of(contact.id)
    if there is not None:
        return there
    new = call.state.open_conversation(contact, call.world.search_lag())
    subject = {"conversation_id": new.id, **contact.subject()}
    call.record("conversation.created", subject, {"because": "message.sent"})
    return new


def _message(call: Call, conversation: Conversation, body: dict[str, Json]) -> Message:
    mail = body["type"] == "Email"
    return Message(
        id=call.world.mint.word("message"),
        conversation_id=conversation.id,
        contact_id=conversation.contact_id,
        location_id=conversation.location_id,
        channel=body["type"],
        direction="outbound",
        body=(body.get("html") if mail else body.get("message")) or "",
        added=call.now,
        searchable=call.now + call.world.search_lag(),
        fields={name: body[name] for name in _KEPT if body.get(name)},
        scheduled=round(body.get("scheduledTimestamp") or 0) * SECOND,
        client=call.client,
        email_message_id=call.world.mint.word("email message") if mail else "",
    )


def _content(message: Message) -> Json:
    content: dict[str, Json] = {"type": message.channel, "text": message.body}
    content |= {n: v for n, v in message.fields.items() if n in ("subject", "attachments")}
    if message.scheduled:
        content["scheduled"] = message.scheduled
    return content


def _after(messages: list[Message], last_id: str | None) -> list[Message]:
    ids = [message.id for message in messages]
    return messages[ids.index(last_id) + 1 :] if last_id in ids else messages


ROUTES = (
    Route("POST", "/conversations/messages", send, "conversations/message.write"),
    Route("GET", "/conversations/messages/{id}", get, "conversations/message.readonly"),
    Route("GET", "/conversations/{id}/messages", of_conversation, "conversations/message.readonly"),
)
