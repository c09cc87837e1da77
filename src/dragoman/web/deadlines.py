"""Ends tasks that take too long. One timer looks after all of them, for there are many at once."""

import asyncio
from typing import Any

_LOOK = 0.5
"""Seconds between two looks: how late an end may come."""


class Deadlines:
    def __init__(self) -> None:
        self._ends: dict[asyncio.Task[Any], float] = {}
        self._timer: asyncio.TimerHandle | None = None

    def give(self, task: asyncio.Task[Any], seconds: float) -> None:
        """Let the task have so long from now on; then it is cancelled."""
        loop = asyncio.get_running_loop()
        self._ends[task] = loop.time() + seconds
        if self._timer is None:
            self._timer = loop.call_later(_LOOK, self._look, loop)

    def lift(self, task: asyncio.Task[Any]) -> None:
        self._ends.pop(task, None)

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        now = loop.time()
        for task in [task for task, end in self._ends.items() if end <= now]:
            del self._ends[task]
            task.cancel()
        self._timer = loop.call_later(_LOOK, self._look, loop) if self._ends else None
