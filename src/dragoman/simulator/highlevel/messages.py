"""HighLevel's messages: sent once a call, without any key against doubles."""

from dragoman.kernel.clock import SECOND
from dragoman.kernel.jsons import Json
from dragoman.simulator.exchange import Answer
from dragoman.simulator.highlevel import answers, channels, events, people, schedule, views
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.conversations import find
from dragoman.simulator.highlevel.fields import ANY, FLAG, NUMBER, OBJECT, TEXT, TEXTS, Kind
from dragoman.simulator.highlevel.messaging import preferences
from dragoman.simulator.highlevel.records import Contact, Conversation, Message
from dragoman.simulator.routes import Route

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

_KEPT = (
    *("subject", "html", "attachments", "emailFrom", "emailTo", "emailCc", "emailBcc"),
    *("threadId", "conversationProviderId"),
)


def send(call: Call) -> Answer:
    """Send one message. The answer has no `status`, though the schema requires it."""
    body = call.body(SEND_FIELDS, required=("type", "contactId"))
    if body["type"] not in channels.CHANNELS:
        known = ", ".join(channels.CHANNELS)
        raise answers.unprocessable([f"type must be one of the following values: {known}"])
    contact = call.contact(body["contactId"])
    _check_content(body)
    people.check_consent(contact, body["type"])
    preferences.check(call, contact, body)
    _check_address(contact, body["type"])
    conversation = _conversation(call, contact)
    message = _message(call, conversation, body)
    call.state.add_message(conversation, message)
    if message.scheduled:
        schedule.put(call, message)
    else:
        call.record("message.sent", schedule.subject(call, message), schedule.content(message))
        events.message(call.world, message)
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
    return call.answer(200, {"message": views.message(call.world.settings, message, call.now)})


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
        "messages": [views.message(call.world.settings, message, call.now) for message in page],
    }
    return call.answer(200, {"messages": listed})


def _check_content(body: dict[str, Json]) -> None:
    """An e-mail needs `html`; `message` alone is no content there."""
    text = body.get("html") if body["type"] == "Email" else body.get("message")
    if not (text or body.get("attachments") or body.get("templateId")):
        raise answers.unprocessable(
            ["There is no message or attachments for this message. Skip sending."]
        )


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
    """A time that has passed already is no schedule."""
    mail = body["type"] == "Email"
    scheduled = round(body.get("scheduledTimestamp") or 0) * SECOND
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
        scheduled=scheduled if scheduled > call.now else 0,
        client=call.client,
        email_message_id=call.world.mint.word("email message") if mail else "",
    )


def _after(messages: list[Message], last_id: str | None) -> list[Message]:
    ids = [message.id for message in messages]
    return messages[ids.index(last_id) + 1 :] if last_id in ids else messages


ROUTES = (
    Route("POST", "/conversations/messages", send, "conversations/message.write"),
    Route("GET", "/conversations/messages/{id}", get, "conversations/message.readonly"),
    Route("GET", "/conversations/{id}/messages", of_conversation, "conversations/message.readonly"),
)
