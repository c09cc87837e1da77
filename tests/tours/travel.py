"""Calls as a person makes them, against the pretended vendors, with all that lies between.

Each module here is the tour of a group: what is created can be read, changed, listed and deleted.
Together they make every operation of first class once at least (`test_complete.py`).
"""

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from dragoman.engine.direct import Answered
from dragoman.wiring import Parts
from tests.engine.rig import Rig, play


class Tour:
    def __init__(self, rig: Rig, parts: Parts) -> None:
        self.rig = rig
        self._parts = parts

    async def call(self, operation: str, /, **given: Any) -> Any:
        """The output of a call; what changes something is a run, which must end as done."""
        made = await self._parts.direct.call(operation, given, None)
        if isinstance(made, Answered):
            return made.output
        await self._parts.service.finish(made.id)
        run = next(one for one in await self.rig.runs() if one.id == made.id)
        assert (run.state, run.reason) == ("done", ""), operation
        return (await self.rig.steps(run))["call"].output

    async def content(self, operation: str, /, **given: Any) -> bytes:
        """The bytes that a call answers."""
        made = await self._parts.direct.call(operation, given, None)
        assert isinstance(made, Answered)
        return made.content


def travel(folder: Path, story: Callable[[Tour], Coroutine[Any, Any, None]], **turned: Any) -> None:
    """Make a tour with both accounts connected, in virtual time."""

    async def prepared(rig: Rig) -> None:
        await rig.prepare(arm=False)
        async with rig.open() as parts:
            await story(Tour(rig, parts))

    play(folder, prepared, **turned)
