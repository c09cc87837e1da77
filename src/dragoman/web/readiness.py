"""`GET /ready`: whether work may be sent here, for load balancers. `/health` says that it lives."""

import asyncio
from collections.abc import Callable
from http import HTTPStatus

from starlette.types import Receive, Scope, Send

from dragoman.engine.journal import Journal
from dragoman.kernel.errors import DragomanError
from dragoman.store.port import Statement
from dragoman.web.problems import Refused, plain, refusal

_HOLDS = 1.0
"""Seconds that an answer is given again without another look: anybody may ask."""
_DISK = 3.0
"""Seconds that a write may take."""


class Readiness:
    def __init__(self, journal: Journal, stopping: Callable[[], bool]) -> None:
        """Take in, besides the store, whether the service is about to end."""
        self._journal = journal
        self._stopping = stopping
        self._look = asyncio.Lock()
        self._why = ""
        self._until = 0.0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        why = await self.why_not()
        unready = Refused(HTTPStatus.SERVICE_UNAVAILABLE, why)
        await (refusal(unready) if why else plain({"status": "ready"}))(scope, receive, send)

    async def why_not(self) -> str:
        """Why no work should be sent here; nothing where it should."""
        if self._stopping():
            return "the service stops"
        clock = self._journal.clock
        async with self._look:
            if clock.ticks() >= self._until:
                self._why = await self._trouble()
                self._until = clock.ticks() + _HOLDS
            return self._why

    async def _trouble(self) -> str:
        beat = Statement("pulse.beat", {"at": self._journal.clock.now()})
        try:
            async with asyncio.timeout(_DISK):
                await self._journal.store.write([beat])
        except TimeoutError:
            return "the disk is slow"
        except DragomanError as error:
            return error.message
        return ""
