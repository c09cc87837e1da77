"""What people do, not clients: a message that comes in, a call that has ended."""

from dragoman.kernel.clock import SECOND
from dragoman.simulator.highlevel import channels, events, transcripts
from dragoman.simulator.highlevel.records import CallDetail, Contact, Message, Turn
from dragoman.simulator.world import World

SILENT_CALL_SECONDS = 30
"""How long a call was that was taken and of which nothing else is told."""


def receive(world: World, contact: Contact, channel: str, text: str, subject: str = "") -> Message:
    """A message from the contact."""
    message = _message(world, contact, channel, "inbound")
    message.body = text
    if channel == "Email":
        message.email_message_id = world.mint.word("email message")
        message.fields = {"subject": subject}
    return arrive(world, message)


def end_call(
    world: World,
    contact: Contact,
    direction: str,
    call: CallDetail,
    user_id: str,
) -> Message:
    """A call between the contact and the location's staff."""
    message = _message(world, contact, channels.CALL, direction)
    message.call, message.user_id = call, user_id
    return arrive(world, message)


def call_detail(
    world: World,
    status: str,
    turns: tuple[Turn, ...] = (),
    seconds: int | None = None,
    transcript_after: float | None = None,
) -> CallDetail:
    """Fill in what is not told: the time it takes to say the turns, the transcript's usual time."""
    if transcript_after is None:
        transcript_after = world.settings.transcript_after_seconds
    transcribed = world.clock.now() + round(transcript_after * SECOND)
    call = CallDetail(status, seconds or 0, turns, transcribed)
    if seconds is None and call.recorded:
        call.seconds = transcripts.spoken_seconds(turns) if turns else SILENT_CALL_SECONDS
    return call


def _message(world: World, contact: Contact, channel: str, direction: str) -> Message:
    state, now = world.highlevel, world.clock.now()
    conversation = state.conversation_of(contact.id)
    if conversation is None:
        conversation = state.open_conversation(contact, world.search_lag())
    return Message(
        id=world.mint.word("message"),
        conversation_id=conversation.id,
        contact_id=contact.id,
        location_id=contact.location_id,
        channel=channel,
        direction=direction,
        body="",
        added=now,
        searchable=now + world.search_lag(),
    )


def arrive(world: World, message: Message) -> Message:
    """Told by two events where it raises the number of the unread."""
    conversation = world.highlevel.conversations[message.conversation_id]
    before = conversation.unread
    world.highlevel.add_message(conversation, message)
    events.message(world, message)
    if conversation.unread != before:
        events.unread(world, conversation)
    return message
