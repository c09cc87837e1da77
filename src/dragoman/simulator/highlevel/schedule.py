"""Messages that are to be sent later, and the calls that take them back before."""

from dragoman.kernel.clock import SECOND
from dragoman.kernel.jsons import Json
from dragoman.simulator.exchange import Answer, Refusal
from dragoman.simulator.highlevel import events, people
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.records import Message
from dragoman.simulator.routes import Route

FAILED = "Failed cancel the scheduled message"
"""The words of the schema's own sample."""


def put(call: Call, message: Message) -> None:
    """Send it when its time comes, unless it is gone by then."""
    call.record("message.scheduled", subject(call, message), content(message))
    call.world.background.start(_send_later(call, message))


def cancel(call: Call) -> Answer:
    """By the message's id; an e-mail has another one for this."""
    message = call.state.messages.get(call.params["id"])
    return _cancel(call, None if message is None or message.email_message_id else message)


def cancel_email(call: Call) -> Answer:
    wanted = call.params["id"]
    mails = (one for one in call.state.messages.values() if one.email_message_id == wanted)
    return _cancel(call, next(mails, None))


def subject(call: Call, message: Message) -> Json:
    """How the ledger names a message and its person."""
    contact = call.state.contacts[message.contact_id]
    of_message = {"message_id": message.id, "conversation_id": message.conversation_id}
    return {**of_message, **contact.subject()}


def content(message: Message) -> Json:
    """What the ledger keeps of a message."""
    kept: dict[str, Json] = {"type": message.channel, "text": message.body}
    kept |= {n: v for n, v in message.fields.items() if n in ("subject", "attachments")}
    if message.scheduled:
        kept["scheduled"] = message.scheduled
    return kept


async def _send_later(call: Call, message: Message) -> None:
    """What do-not-disturb forbids when the time has come is not sent."""
    while call.now < message.scheduled:
        await call.world.clock.sleep((message.scheduled - call.now) / SECOND)
    if message.id not in call.state.messages:
        return
    try:
        people.check_consent(call.state.contacts[message.contact_id], message.channel)
    except Refusal as refusal:
        message.refused = refusal.body["message"]
        call.record("message.refused", subject(call, message), {"because": message.refused})
        return
    call.record("message.sent", subject(call, message), content(message))
    events.message(call.world, message)


def _cancel(call: Call, message: Message | None) -> Answer:
    """Success and failure have the same shape, and a failure may come with HTTP 200."""
    if message is not None:
        call.check_location(message.location_id)
    if message is None or message.scheduled <= call.now:
        status = 200 if call.world.settings.cancel_failures_answer_200 else 404
        return call.answer(status, {"status": 404, "message": FAILED})
    call.record("message.schedule_cancelled", subject(call, message), content(message))
    call.state.take_back(message)
    return call.answer(200, {"status": 200, "message": "Scheduled message cancelled successfully"})


ROUTES = (
    Route(
        "DELETE",
        "/conversations/messages/{id}/schedule",
        cancel,
        "conversations/message.write",
    ),
    Route(
        "DELETE",
        "/conversations/messages/email/{id}/schedule",
        cancel_email,
        "conversations/message.write",
    ),
)
