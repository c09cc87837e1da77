"""The first story: contacts added in Act-On are welcomed in HighLevel, and a crash changes nothing.

Bo is new and gets the message. Ann does not want text messages, Lee has no phone: neither is sent
to. While Bo's message is on its way the service is killed, after HighLevel has sent the message and
before Dragoman can know of it.
"""

from collections.abc import Callable

from dragoman.cli.demo.stage import Stage, Story
from dragoman.cli.demo.telling import Teller
from dragoman.cli.demo.verdict import Expected
from dragoman.kernel.errors import DragomanError

FLOW = "welcome-new-contact"
LIST = "l-0042"
PEOPLE = BO, ANN, LEE = "bo@example.com", "ann@example.com", "lee@example.com"
TEXT = "Hi Bo, thanks for joining us."
_ADDED = "adds a contact to the Act-On list Newsletter: "


async def play(stage: Stage, teller: Teller) -> Story:
    story = Story("welcome", "A contact added in Act-On is welcomed in a HighLevel conversation")
    story.expected = [
        Expected("contact.created", BO, {"firstName": "Bo"}),
        Expected("message.sent", BO, {"type": "SMS", "text": TEXT}),
        Expected("contact.tags_added", BO, {"tags": ["welcomed"]}),
    ]
    teller.story(story)
    begin = len(stage.narration.lines)
    try:
        await _scenes(stage)
        story.why = await _wrong(stage)
    except DragomanError as error:
        story.why = error.message
    story.ok = not story.why
    story.timeline = stage.narration.lines[begin:]
    return story


async def _scenes(stage: Stage) -> None:
    await stage.arm(FLOW)
    await _known_and_unwilling(stage)
    await stage.start_service()
    stage.narration.say("Dragoman", f"serves the flow {FLOW}")

    await _hold_the_answer(stage)
    await _add(stage, email=BO, first_name="Bo", phone="(415) 555-0100")
    await stage.until(_sent(stage), "the message to be sent")
    stage.narration.say("HighLevel", "has sent the message; its answer is held back")
    await stage.kill_service()
    stage.narration.say("You", "kill -9 Dragoman, between sending and recording")

    await _add(stage, email=ANN, first_name="Ann", phone="(415) 555-0101")
    await _add(stage, email=LEE, first_name="Lee")
    await stage.ask("DELETE", "/control/break")
    await stage.start_service()
    stage.narration.say("Dragoman", "is started again, and looks up what it cannot know")
    for subject, ended in await stage.finished(FLOW, len(PEOPLE)):
        stage.narration.say("Dragoman", f"{subject}: {ended}")


async def _known_and_unwilling(stage: Stage) -> None:
    contact = {"email": ANN, "phone": "+14155550101", "firstName": "Ann"}
    made = await stage.ask("POST", "/control/highlevel/contacts", contact)
    path = f"/control/highlevel/contacts/{made['contact']['id']}/dnd"
    await stage.ask("POST", path, {"channel": "SMS", "status": "active"})
    stage.narration.say("Ann", "has set do-not-disturb for text messages in HighLevel")


async def _hold_the_answer(stage: Stage) -> None:
    fault = {"kind": "stall", "when": "after", "seconds": 60}
    sending = {"vendor": "highlevel", "method": "POST", "path": "^/conversations/messages$"}
    await stage.ask("POST", "/control/break", {**sending, "fault": fault})


async def _add(stage: Stage, **contact: str) -> None:
    await stage.ask("POST", f"/control/acton/lists/{LIST}/contacts", contact)
    stage.narration.say("You", _ADDED + contact["email"])


def _sent(stage: Stage) -> Callable[[], bool]:
    return lambda: any(entry["effect"] == "message.sent" for entry in stage.ledger)


async def _wrong(stage: Stage) -> str:
    """What did not end as told; nothing where all did."""
    sent = [one["subject"].get("email") for one in stage.ledger if one["effect"] == "message.sent"]
    if sent != [BO]:
        return f"messages went to {sent or 'nobody'}, expected one to {BO}"
    runs = await stage.stored("runs.list", flow=FLOW, state="", event="", limit=10)
    states = sorted(row[6] for row in runs)
    if states != ["done", "skipped", "skipped"]:
        return f"the runs ended as {states}"
    return ""
