"""The first story: contacts added in Act-On are welcomed in HighLevel, and a crash changes nothing.

Bo is new and gets the message. Ann does not want text messages, Lee has no phone: neither is sent
to. While Bo's message is on its way the service is killed, after HighLevel has sent the message and
before Dragoman can know of it.
"""

from collections.abc import Callable

from dragoman.cli.demo.scripts import Script, ended
from dragoman.cli.demo.stage import Stage
from dragoman.cli.demo.verdict import Expected

FLOW = "welcome-new-contact"
LIST = "l-0042"
PEOPLE = BO, ANN, LEE = "bo@example.com", "ann@example.com", "lee@example.com"
TEXT = "Hi Bo, thanks for joining us."


def expected(_: Stage) -> list[Expected]:
    return [
        Expected("contact.created", BO, {"firstName": "Bo"}),
        Expected("message.sent", BO, {"type": "SMS", "text": TEXT}),
        Expected("contact.tags_added", BO, {"tags": ["welcomed"]}),
    ]


async def scenes(stage: Stage) -> None:
    await _known_and_unwilling(stage)
    await _hold_the_answer(stage)
    await _add(stage, email=BO, first_name="Bo", phone="(415) 555-0100")
    await stage.until(_sent(stage), "the message to be sent")
    stage.narration.say("HighLevel", "has sent the message; its answer is held back")
    await stage.kill_service()
    stage.narration.say("You", "kill -9 Dragoman, between sending and recording")

    await _add(stage, email=ANN, first_name="Ann", phone="(415) 555-0101")
    await _add(stage, email=LEE, first_name="Lee")
    await stage.vendors.mend()
    await stage.start_service()
    stage.narration.say("Dragoman", "is started again, and looks up what it cannot know")
    await stage.told(FLOW, len(PEOPLE))


async def wrong(stage: Stage) -> str:
    sent = [
        one["subject"].get("email")
        for one in stage.vendors.ledger
        if one["effect"] == "message.sent"
    ]
    if sent != [BO]:
        return f"messages went to {sent or 'nobody'}, expected one to {BO}"
    return await ended(stage, FLOW, "done", "skipped", "skipped")


async def _known_and_unwilling(stage: Stage) -> None:
    contact = await stage.vendors.known(email=ANN, phone="+14155550101", firstName="Ann")
    path = f"/control/highlevel/contacts/{contact}/dnd"
    await stage.vendors.ask("POST", path, {"channel": "SMS", "status": "active"})
    stage.narration.say("Ann", "has set do-not-disturb for text messages in HighLevel")


async def _hold_the_answer(stage: Stage) -> None:
    await stage.vendors.hold("highlevel", "POST", "^/conversations/messages$")


async def _add(stage: Stage, **contact: str) -> None:
    await stage.vendors.ask("POST", f"/control/acton/lists/{LIST}/contacts", contact)
    stage.narration.say("You", f"add {contact['email']} to the Act-On list Newsletter")


def _sent(stage: Stage) -> Callable[[], bool]:
    return lambda: stage.vendors.happened("message.sent", BO) == 1


SCRIPT = Script(
    "welcome",
    "A contact added in Act-On is welcomed in a HighLevel conversation",
    expected,
    scenes,
    wrong,
)
