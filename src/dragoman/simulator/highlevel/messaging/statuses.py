"""What a conversation provider tells of the messages that went over it."""

from dragoman.kernel.clock import SECOND
from dragoman.simulator.exchange import Answer
from dragoman.simulator.highlevel import answers, schedule
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.fields import OBJECT, TEXT, TEXTS, one_of
from dragoman.simulator.highlevel.records import Message

FIELDS = {
    "status": one_of("delivered", "failed", "pending", "read"),
    "error": OBJECT,
    "emailMessageId": TEXT,
    "recipients": TEXTS,
}


def update(call: Call) -> Answer:
    message = call.state.messages.get(call.params["id"])
    if message is None:
        raise answers.not_found("Message", call.params["id"])
    call.check_location(message.location_id)
    body = call.body(FIELDS, required=("status",))
    missing = [
        f"error.{name} should not be empty"
        for name in ("code", "type", "message")
        if "error" in body and not body["error"].get(name)
    ]
    if missing:
        raise answers.unprocessable(missing)
    _check_provider(call, message)
    message.told, message.updated = body["status"], call.now
    message.error = body.get("error", {}).get("message", "")
    call.record("message.status_told", schedule.subject(call, message), body)
    shown = {
        "conversationId": message.conversation_id,
        "messageId": message.id,
        "status": message.told,
    }
    return call.answer(200, shown)


def _check_provider(call: Call, message: Message) -> None:
    """For some seconds the provider of a new message is not found, of another app's never."""
    mine = message.fields.get("conversationProviderId") == call.location.provider
    after = round(call.world.settings.provider_after_seconds * SECOND)
    if not mine or call.now < message.added + after:
        raise answers.refusal(403, "No conversation provider found for this message")
