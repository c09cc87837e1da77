"""Listens to one trigger in virtual time, over deaths of the poller: what is told, how often."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from dragoman.engine.events import Event
from dragoman.wiring import Parts
from tests.engine.points import CrashAt
from tests.engine.rig import Rig, play

FLOW = """
flow: listening
on: {trigger}
with: {settings}
steps:
  - id: seen
    map: {{at: "{{{{ event.time }}}}"}}
"""
POLLED = 30.0
"""Seconds that are enough for some polls."""
Deed = Callable[[Rig, Parts], Awaitable[None]]


async def nothing(rig: Rig, parts: Parts) -> None:
    del rig, parts


def listen(
    folder: Path,
    trigger: str,
    deed: Deed,
    before: Deed = nothing,
    settings: str = "{}",
    **turned: Any,
) -> list[Event]:
    """The events of a trigger from a deed done while it is watched, and not from one `before`."""

    async def story(rig: Rig) -> list[Event]:
        await rig.prepare(arm=False)
        async with rig.open() as parts:
            await before(rig, parts)
        await rig.clock.sleep(60)
        await rig.arm(FLOW.format(trigger=trigger, settings=settings))
        async with rig.serving() as parts:
            await rig.clock.sleep(POLLED)
            await deed(rig, parts)
            await rig.clock.sleep(POLLED)
        # A poller that dies finds the same again.
        for point in ("poll.found", "poll.stored"):
            await rig.serve(POLLED, CrashAt(point))
        await rig.serve(POLLED)
        found = [one for one in await rig.events() if one.type == trigger]
        states = {one.event: one.state for one in await rig.runs()}
        fresh = [one for one in found if one.state != "skipped"]
        assert {states[one.id] for one in fresh} <= {"done"}
        assert not any(one.state == "quarantined" for one in found)
        return fresh

    return play(folder, story, **turned)
