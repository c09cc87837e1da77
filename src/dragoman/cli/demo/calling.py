"""The third story: a call's transcript is scored, and an unhappy caller is routed.

Kim is unhappy and gets an agent, a workflow and a task. Bo is happy: Act-On is told, and that is
all. The transcripts are made some time after the calls, and are waited for.
"""

from dragoman.cli.demo.scripts import Script, ended
from dragoman.cli.demo.stage import Stage
from dragoman.cli.demo.verdict import Expected
from dragoman.cli.demo.welcome import BO

FLOW = "call-sentiment-routing"
KIM = "kim@example.com"
UNHAPPY = (
    ("agent", "Thank you for calling, how can I help you?"),
    ("caller", "I was charged twice, and this is the third time that I call. It is terrible."),
    ("agent", "I am sorry to hear that. Let me have a look."),
    ("caller", "Nobody ever helps. I am angry, and I want to cancel this awful contract."),
)
HAPPY = (
    ("agent", "Thank you for calling, how can I help you?"),
    ("caller", "I just wanted to say thanks, your people were great and so friendly."),
    ("caller", "The new plan works perfectly, I love it."),
)


def expected(stage: Stage) -> list[Expected]:
    return [
        Expected("contact.updated", KIM, {"assignedTo": stage.env["care_agent"]}),
        Expected("workflow.contact_added", KIM, {"workflow_id": stage.env["care_workflow"]}),
        Expected("contact.tags_added", KIM, {"tags": ["unhappy-caller"]}),
        Expected("task.created", KIM, {"title": "Call back, the last call ended badly"}),
        Expected("touchpoint.added", KIM, {"title": "Call: negative"}),
        Expected("touchpoint.added", BO, {"title": "Call: positive"}),
    ]


async def scenes(stage: Stage) -> None:
    kim = await stage.vendors.known(email=KIM, phone="+14155550103", firstName="Kim")
    await _call(stage, "Kim", kim, UNHAPPY)
    await _call(stage, "Bo", await stage.vendors.contact(BO), HAPPY)
    stage.narration.say("HighLevel", "makes the transcripts, which takes a moment")
    await stage.told(FLOW, 2)
    for person, verdict in await stage.outputs(FLOW, "verdict"):
        words = verdict["evidence"][0]["text"]
        stage.narration.say("Dragoman", f"scored {person}: {verdict['label']}, for “{words}”")


async def wrong(stage: Stage) -> str:
    routed = [one for one in stage.vendors.ledger if one["effect"] == "workflow.contact_added"]
    if len(routed) != 1:
        return f"{len(routed)} callers were routed, expected Kim alone"
    return await ended(stage, FLOW, "done", "done")


async def _call(stage: Stage, who: str, contact: str, turns: tuple[tuple[str, str], ...]) -> None:
    said = [{"speaker": speaker, "text": text} for speaker, text in turns]
    asked = {"contact_id": contact, "turns": said, "seconds": 95, "transcript_after_seconds": 1.0}
    await stage.vendors.ask("POST", "/control/highlevel/calls", asked)
    words = " ".join(text for speaker, text in turns if speaker == "caller")
    stage.narration.say(who, f"calls: {words}")


SCRIPT = Script(
    "call",
    "A call is scored from its transcript, and an unhappy caller is routed",
    expected,
    scenes,
    wrong,
)
