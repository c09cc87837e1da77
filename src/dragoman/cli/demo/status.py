"""The fourth story: Bo opts out in Act-On, and HighLevel falls silent.

Bo's conversation is unread and starred, and a message to Bo is scheduled. After the opt-out it is
read and not starred, the message is cancelled, and whoever tries to write to Bo is refused.
"""

from dragoman.cli.demo.scripts import Script, ended
from dragoman.cli.demo.stage import Stage
from dragoman.cli.demo.verdict import Expected
from dragoman.cli.demo.welcome import BO
from dragoman.kernel.clock import DAY, SECOND

FLOW = "archive-on-status"
REMINDER = "See you tomorrow!"


def expected(_: Stage) -> list[Expected]:
    return [
        Expected("message.scheduled", BO, {"text": REMINDER}),
        Expected("contact.dnd_set", BO),
        Expected("conversation.updated", BO, {"unreadCount": 0, "starred": False}),
        Expected("contact.tags_added", BO, {"tags": ["archived"]}),
        Expected("message.schedule_cancelled", BO, {"text": REMINDER}),
    ]


async def scenes(stage: Stage) -> None:
    contact = await stage.vendors.contact(BO)
    found = await stage.call("highlevel.conversations.search", contactId=contact)
    conversation = found.output["conversations"][0]["id"]
    await stage.call("highlevel.conversations.update", conversationId=conversation, starred=True)
    stage.narration.say("You", "star Bo's conversation, with `dragoman call`")
    later = (stage.clock.now() + DAY) // SECOND
    message = {"type": "SMS", "contactId": contact, "message": REMINDER}
    await stage.call("highlevel.messages.send", **message, scheduledTimestamp=later)
    await stage.until(lambda: stage.vendors.happened("message.scheduled", BO) == 1, "the reminder")
    stage.narration.say("You", "schedule a reminder to Bo for tomorrow, the same way")

    await stage.vendors.ask("POST", "/control/acton/optouts", {"email": BO})
    stage.narration.say("Bo", "opts out in Act-On")
    await stage.told(FLOW, 1)

    stage.narration.say("You", "try to write to Bo, the same way")
    await stage.call("highlevel.messages.send", **message | {"message": "One more thing"})
    (_, (_, refused)) = await stage.finished("call-highlevel-messages-send", 2)
    stage.narration.say("Dragoman", refused)


async def wrong(stage: Stage) -> str:
    if stage.vendors.happened("message.sent", BO) != 1:
        return "a message was sent to Bo after the opt-out"
    return await ended(stage, FLOW, "done")


SCRIPT = Script(
    "status",
    "An opt-out in Act-On silences HighLevel and archives a conversation",
    expected,
    scenes,
    wrong,
)
