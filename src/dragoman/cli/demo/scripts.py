"""What a story is before it is played, and how it is played."""

from collections.abc import Awaitable, Callable

import msgspec

from dragoman.cli.demo.stage import Stage, Story
from dragoman.cli.demo.telling import Teller
from dragoman.cli.demo.verdict import Expected, lost
from dragoman.kernel.errors import DragomanError


class Script(msgspec.Struct, frozen=True):
    id: str
    title: str
    expected: Callable[[Stage], list[Expected]]
    """The effects that the vendors' ledgers must hold in the end."""
    scenes: Callable[[Stage], Awaitable[None]]
    wrong: Callable[[Stage], Awaitable[str]]
    """What did not end as told; nothing where all did."""


async def play(script: Script, stage: Stage, teller: Teller) -> Story:
    """Play a story to its end, or to where it fails."""
    story = Story(script.id, script.title, expected=script.expected(stage))
    teller.story(story)
    begin = stage.narration.begin()
    try:
        await script.scenes(stage)
        missing = lost(stage.vendors.ledger, story.expected)
        story.why = await script.wrong(stage) or (
            f"{missing[0].effect} is missing" if missing else ""
        )
    except DragomanError as error:
        story.why = error.message
    story.ok = not story.why
    story.timeline = stage.narration.lines[begin:]
    return story


async def ended(stage: Stage, flow: str, *states: str) -> str:
    """What is wrong with how a flow's runs ended, in any order; nothing where nothing is."""
    runs = await stage.stored("runs.list", flow=flow, state="", event="", limit=100)
    found = sorted(row[6] for row in runs)
    return "" if found == sorted(states) else f"the runs of {flow} ended as {found}"
