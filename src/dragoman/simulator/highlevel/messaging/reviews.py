"""Replies to reviews, which everybody can read."""

from dragoman.simulator.exchange import Answer
from dragoman.simulator.highlevel import answers, events, schedule
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.conversations import find
from dragoman.simulator.highlevel.fields import TEXT
from dragoman.simulator.highlevel.records import Message

FIELDS = dict.fromkeys(("conversationId", "locationId", "message"), TEXT)


def reply(call: Call) -> Answer:
    """Only where the conversation has a review."""
    body = call.body(FIELDS, required=tuple(FIELDS))
    call.check_location(body["locationId"])
    there = find(call, body["conversationId"])
    if not any(one.channel == "Review" for one in there.messages):
        raise answers.refusal(400, "Conversation does not have a review")
    message = Message(
        id=call.world.mint.word("message"),
        conversation_id=there.id,
        contact_id=there.contact_id,
        location_id=there.location_id,
        channel="Review",
        direction="outbound",
        body=body["message"],
        added=call.now,
        searchable=call.now + call.world.search_lag(),
        client=call.client,
    )
    call.state.add_message(there, message)
    call.record("review.replied", schedule.subject(call, message), schedule.content(message))
    events.message(call.world, message)
    return call.answer(200, {"conversationId": there.id, "messageId": message.id})
