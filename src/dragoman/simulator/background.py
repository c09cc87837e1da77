"""Work that goes on after its request was answered: deliveries, sends whose time comes later."""

import asyncio
from collections.abc import Coroutine
from typing import Any


class Background:
    """Holds running work until it is done or the servers stop."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()
        self._ended = False

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Begin, in the running loop; after `stop` nothing begins any more."""
        if self._ended:
            work.close()
            return
        task = asyncio.ensure_future(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def stop(self) -> None:
        self._ended = True
        running = tuple(self._running)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
