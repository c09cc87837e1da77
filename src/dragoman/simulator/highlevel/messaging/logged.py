"""Messages and calls that happened elsewhere and are only written down."""

from dragoman.kernel.clock import Millis, iso, millis
from dragoman.kernel.jsons import Json
from dragoman.simulator.exchange import Answer, Refusal
from dragoman.simulator.highlevel import answers, arrivals, schedule
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.conversations import find
from dragoman.simulator.highlevel.fields import ANY, MOMENT, OBJECT, TEXT, TEXTS, Kind, one_of
from dragoman.simulator.highlevel.records import CallDetail, Conversation, Message

CALLS = ("Call", "IVR_Call", "Campaign_Call", "Campaign_VoiceMail")
INBOUND = (
    *("SMS", "RCS", "Email", "WhatsApp", "GMB", "IG", "FB", "Custom", "WebChat", "Live_Chat"),
    *(*CALLS, "TIKTOK", "ALL_IN_ONE_CHAT", "FORM_SUBMISSION"),
)
CALL_STATUSES = (
    *("pending", "completed", "answered", "busy", "no-answer", "failed", "canceled", "voicemail"),
)
MOST_ATTACHMENTS = 5

_COMMON: dict[str, Kind] = {
    **dict.fromkeys(("conversationId", "conversationProviderId", "altId"), TEXT),
    "attachments": TEXTS,
    "date": MOMENT,
    "call": OBJECT,
}
OUTBOUND_FIELDS: dict[str, Kind] = {**_COMMON, "type": one_of("Call")}
INBOUND_FIELDS: dict[str, Kind] = {
    **_COMMON,
    **dict.fromkeys(("contactId", "message", "html", "subject"), TEXT),
    **dict.fromkeys(("emailFrom", "emailTo", "emailMessageId"), TEXT),
    **dict.fromkeys(("emailCc", "emailBcc"), TEXTS),
    "type": one_of(*INBOUND),
    "direction": ANY,
}
_KEPT = (
    *("subject", "attachments", "emailFrom", "emailTo", "emailCc", "emailBcc", "altId"),
    "conversationProviderId",
)


def inbound(call: Call) -> Answer:
    """A channel of one's own without its provider is a 201 with nothing in it, as was reported."""
    body = call.body(INBOUND_FIELDS, required=("type",))
    _check_provider(call, body)
    if body["type"] == "Custom" and not body.get("conversationProviderId"):
        return Answer(201)
    return _answered(call, _log(call, _conversation(call, body), body, "inbound"))


def outbound(call: Call) -> Answer:
    """Calls only; whoever sends a text sends it."""
    needed = ("type", "conversationId", "conversationProviderId")
    body = call.body(OUTBOUND_FIELDS, required=needed)
    _check_provider(call, body)
    return _answered(call, _log(call, find(call, body["conversationId"]), body, "outbound"))


def replace_attachments(call: Call) -> Answer:
    """Of calls that were logged; all other messages keep what they have."""
    message = call.state.messages.get(call.params["id"])
    if message is None:
        raise answers.refusal(404, "Message not found")
    call.check_location(message.location_id)
    given = call.body({"attachments": TEXTS}, required=("attachments",))["attachments"]
    if len(given) > MOST_ATTACHMENTS:
        raise answers.unprocessable(
            [f"attachments must contain no more than {MOST_ATTACHMENTS} elements"]
        )
    if message.call is None or not message.call.external:
        raise answers.refusal(403, "Message type does not support attachment updates")
    message.fields = {**message.fields, "attachments": given}
    message.updated = call.now
    subject = schedule.subject(call, message)
    call.record("message.attachments_replaced", subject, {"attachments": given})
    return call.answer(200, {"success": True})


def _check_provider(call: Call, body: dict[str, Json]) -> None:
    """A provider of somebody else's is a 500, as was reported."""
    provider = body.get("conversationProviderId")
    if provider and provider != call.location.provider:
        raise Refusal(500, answers.plain(500, "Internal server error"))


def _conversation(call: Call, body: dict[str, Json]) -> Conversation:
    """One of conversation and contact is enough; where both are told they belong together."""
    if body.get("conversationId"):
        there = find(call, body["conversationId"])
        if body.get("contactId") not in (None, there.contact_id):
            raise answers.refusal(400, "The conversation is not of this contact")
        return there
    if not body.get("contactId"):
        raise answers.unprocessable(["conversationId should not be empty"])
    contact = call.contact(body["contactId"])
    known = call.state.conversation_of(contact.id)
    if known is not None:
        return known
    return call.state.open_conversation(contact, call.world.search_lag())


def _log(call: Call, there: Conversation, body: dict[str, Json], direction: str) -> Message:
    mail, mint = body["type"] == "Email", call.world.mint
    fields = {name: body[name] for name in _KEPT if body.get(name)}
    if mail and body.get("emailMessageId"):
        fields["threadId"] = body["emailMessageId"]
    message = Message(
        id=mint.word("message"),
        conversation_id=there.id,
        contact_id=there.contact_id,
        location_id=there.location_id,
        channel="Custom_Call" if body["type"] == "Call" else body["type"],
        direction=direction,
        body=(body.get("html") if mail else body.get("message")) or "",
        added=min(_date(body, call.now), call.now),
        searchable=call.now + call.world.search_lag(),
        fields=fields,
        client=call.client,
        email_message_id=mint.word("email message") if mail else "",
        call=_detail(call, body) if body["type"] in CALLS else None,
    )
    call.record("message.logged", schedule.subject(call, message), schedule.content(message))
    return arrivals.arrive(call.world, message)


def _date(body: dict[str, Json], otherwise: Millis) -> Millis:
    return millis(body["date"]) if body.get("date") else otherwise


def _detail(call: Call, body: dict[str, Json]) -> CallDetail:
    told = body.get("call", {})
    wrong = [
        f"call.property {name} should not exist" for name in told.keys() - {"to", "from", "status"}
    ]
    status = told.get("status", "completed")
    if status not in CALL_STATUSES:
        wrong += [f"call.status must be one of the following values: {', '.join(CALL_STATUSES)}"]
    if wrong:
        raise answers.unprocessable(wrong)
    return CallDetail(status, 0, (), call.now, external=True)


def _answered(call: Call, one: Message) -> Answer:
    shown = {
        "success": True,
        "conversationId": one.conversation_id,
        "messageId": one.id,
        "message": one.body,
        "contactId": one.contact_id,
        "dateAdded": iso(one.added),
    }
    if one.email_message_id:
        shown["emailMessageId"] = one.email_message_id
    return call.answer(200, shown)
