"""`dragoman demo`: stories between two pretended vendors and a real service, in a minute.

stage       what is on it: the simulators, a workspace folder, the service as a process
vendors     both vendors, as the stories act on them
hooks       what the pretended HighLevel sends by itself
scripts     what a story is, and how it is played
welcome     a contact added in Act-On is welcomed; the service is killed in the middle
reply       the contact answers, and Act-On learns of it; the service is killed again
calling     a call is scored, and an unhappy caller routed
status      an opt-out in Act-On silences HighLevel
verdict     what the simulators' ledgers say of it: lost, doubled
telling     how it is told
"""

import asyncio
import tempfile
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from dragoman.cli import logs, terminal
from dragoman.cli.demo import calling, reply, scripts, status, telling, welcome
from dragoman.cli.demo.stage import Stage, Story
from dragoman.cli.options import Json

STORIES = (welcome.SCRIPT, reply.SCRIPT, calling.SCRIPT, status.SCRIPT)
NEXT = "uv run dragoman simulate, in another terminal: uv run dragoman init shop --simulator"


def demo(
    *,
    keep: Annotated[
        bool, Parameter(name="--keep", show_default=False, help="Leave everything running after.")
    ] = False,
    json: Json = False,
) -> int:
    """Play the stories; 0 only if each of them ended as told."""
    logs.configure("text", "warning")
    with tempfile.TemporaryDirectory(prefix="dragoman-demo-") as folder:
        return asyncio.run(_play(Path(folder), keep=keep, as_json=json))


async def _play(folder: Path, *, keep: bool, as_json: bool) -> int:
    teller = telling.Teller(terminal.err() if as_json else terminal.out(), quiet=as_json)
    async with Stage(folder, teller.line) as stage:
        teller.opening(stage)
        flows = await stage.arm()
        await stage.start_service()
        stage.narration.say("Dragoman", f"serves {len(flows)} flows: {', '.join(flows)}")
        stories: list[Story] = [await scripts.play(script, stage, teller) for script in STORIES]
        totals = await stage.totals(stories)
        if as_json:
            terminal.document(telling.document(stories, totals, NEXT))
        else:
            teller.closing(stories, totals, NEXT)
        if keep:
            teller.kept(stage)
            await stage.stay()
    fine = all(story.ok for story in stories) and totals.lost == totals.duplicates == 0
    return 0 if fine else 1
