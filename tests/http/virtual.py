"""Hours in milliseconds: a loop whose time jumps to the next timer, and its clock."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

import looptime

from dragoman.kernel.clock import SECOND, Millis

_Result = TypeVar("_Result")

START: Millis = 1_800_000_000_000


class VirtualClock:
    """The running loop's time."""

    def now(self) -> Millis:
        return START + round(self.ticks() * SECOND)

    def ticks(self) -> float:
        return asyncio.get_running_loop().time()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


def run(story: Coroutine[Any, Any, _Result]) -> _Result:
    """Run in virtual time that starts at 0."""
    with asyncio.Runner(loop_factory=lambda: looptime.new_event_loop(start=0)) as runner:
        return runner.run(story)
