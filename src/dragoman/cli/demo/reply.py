"""The second story: Bo answers by SMS, and Act-On learns of it, though the service dies in between.

HighLevel sends each webhook twice here. The service is killed with SIGKILL while it writes Bo's
first answer into Act-On; the second answer comes while nobody listens, and is sent again.
"""

from dragoman.cli.demo.scripts import Script, ended
from dragoman.cli.demo.stage import Stage
from dragoman.cli.demo.verdict import Expected
from dragoman.cli.demo.welcome import BO

FLOW = "conversation-activity-to-act-on"
FIRST, SECOND = "Thank you! What are your hours?", "And do you have parking?"
_TITLE = "Replied by SMS"


def expected(_: Stage) -> list[Expected]:
    return [
        Expected("record.updated", BO, {"Last Reply": "SMS"}),
        Expected("touchpoint.added", BO, {"title": _TITLE, "note": FIRST}),
        Expected("touchpoint.added", BO, {"title": _TITLE, "note": SECOND}),
    ]


async def scenes(stage: Stage) -> None:
    contact = await stage.vendors.contact(BO)
    await stage.vendors.ask("POST", "/control/webhooks/faults", {"double": 1.0})
    stage.narration.say("HighLevel", "sends each webhook twice from now on, as it may")
    await stage.vendors.hold("acton", "PUT", "/record$")
    await _reply(stage, contact, FIRST)
    await stage.until(
        lambda: stage.vendors.happened("record.updated", BO) == 1, "Act-On to be told"
    )
    stage.narration.say("Act-On", "has updated the record; its answer is held back")
    await stage.kill_service()
    stage.narration.say("You", "kill -9 Dragoman, in the middle of it")

    await _reply(stage, contact, SECOND)
    await stage.until(
        lambda: stage.vendors.hooks.missed() > 0, "HighLevel to find nobody listening"
    )
    await stage.vendors.mend()
    await stage.start_service()
    stage.narration.say("Dragoman", "is started again; HighLevel sends again what got no answer")
    await stage.told(FLOW, 2)
    await stage.vendors.ask("POST", "/control/webhooks/faults", {})


async def wrong(stage: Stage) -> str:
    count = stage.vendors.happened("touchpoint.added", BO)
    if count != 2:  # noqa: PLR2004  # Bo answered twice
        return f"Act-On has {count} touch points of two answers"
    return await ended(stage, FLOW, "done", "done")


async def _reply(stage: Stage, contact: str, text: str) -> None:
    message = {"contact_id": contact, "channel": "SMS", "text": text}
    await stage.vendors.ask("POST", "/control/highlevel/messages", message)
    stage.narration.say("Bo", f"answers by SMS: {text}")


SCRIPT = Script(
    "reply",
    "An answer by SMS arrives in Act-On, once, whatever happens on the way",
    expected,
    scenes,
    wrong,
)
