"""Where the pretended HighLevel brings its webhooks: the doors of the service that is at work."""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from starlette.types import ASGIApp

from dragoman.catalog.wire import Answer, Request
from dragoman.simulator.webhooks.post import NoAnswer
from tests.engine.points import Crash
from tests.engine.transport import ask


class Doorstep:
    """One place in time, whoever serves: as an address that outlives its processes.

    A crash behind the door ends the whole service; whoever stands before it gets no answer.
    """

    def __init__(self) -> None:
        self.crashed = False
        """Whether the service that was here last was ended by a crash behind its door."""
        self.answers: list[int | None] = []
        """The status of each try; None where nobody answered."""
        self._app: ASGIApp | None = None
        self._service: asyncio.Future[Any] | None = None
        self._waiting: set[asyncio.Task[Answer]] = set()

    @contextmanager
    def open(self, app: ASGIApp, service: asyncio.Future[Any]) -> Iterator[None]:
        """Let webhooks in for as long as this service is at work."""
        self._app, self._service, self.crashed = app, service, False
        try:
            yield
        finally:
            self._close()

    async def take(self, url: str, headers: Mapping[str, str], body: bytes) -> int:
        """Bring one webhook; the status that is answered.

        Raises:
            NoAnswer: no service is at work, or none any more.
        """
        status = None
        try:
            status = await self._ask(url, headers, body)
        finally:
            self.answers.append(status)
        return status

    async def _ask(self, url: str, headers: Mapping[str, str], body: bytes) -> int:
        app = self._app
        if app is None:
            raise NoAnswer
        asked = Request("POST", urlsplit(url).path, (), dict(headers), body)
        # A task of its own: a sender who stops waiting does not stop the service.
        call = asyncio.ensure_future(ask(app, asked))
        self._waiting.add(call)
        call.add_done_callback(self._answered)
        try:
            answer = await asyncio.shield(call)
        except Crash:
            raise NoAnswer from None
        if self._app is not app:
            raise NoAnswer
        return answer.status

    def _answered(self, call: asyncio.Task[Answer]) -> None:
        self._waiting.discard(call)
        if not call.cancelled() and isinstance(call.exception(), Crash):
            self.crashed = True
            self._close()
            if self._service is not None:
                self._service.cancel()

    def _close(self) -> None:
        self._app = None
        for call in self._waiting:
            call.cancel()
