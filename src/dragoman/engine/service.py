"""All parts of the engine together, from the start to a graceful stop."""

import asyncio
from contextlib import suppress

import structlog

from dragoman.engine.accounts import Accounts
from dragoman.engine.executor import Executor
from dragoman.engine.housekeeping import Housekeeper
from dragoman.engine.intake import Intake
from dragoman.engine.journal import Journal
from dragoman.engine.polling import Poller
from dragoman.engine.recovery import recover
from dragoman.engine.roster import Roster
from dragoman.engine.runs import LIVE, read_run
from dragoman.engine.sorting import Sorter
from dragoman.engine.timers import Timers
from dragoman.flows.flow import Flow
from dragoman.http.day import DailyUse
from dragoman.kernel.errors import StoreBroken
from dragoman.store.port import Row, Statement

_LAST_WORD = 3.0
_SAVE_USAGE = 5.0
"""Seconds between two savings of the day's counts."""

_CATCH_UP = 30.0
"""Seconds after a start that waiting runs wait at most for what has happened meanwhile."""
_LOOK = 0.05
"""Seconds between two looks at a run that is waited for."""

log = structlog.get_logger()


class Service:
    def __init__(
        self,
        *,
        journal: Journal,
        roster: Roster,
        accounts: Accounts,
        intake: Intake,
        executor: Executor,
        poller: Poller,
        sorter: Sorter,
        housekeeper: Housekeeper,
        timers: Timers,
        news: asyncio.Event,
        stop_within: float,
    ) -> None:
        self._journal = journal
        self._roster = roster
        self._accounts = accounts
        self._intake = intake
        self._executor = executor
        self._poller = poller
        self._sorter = sorter
        self._housekeeper = housekeeper
        self._timers = timers
        self._news = news
        self._stop_within = stop_within
        self._stop = asyncio.Event()
        self._failure: StoreBroken | None = None
        self._saved: dict[str, DailyUse] = {}
        self._hands: asyncio.Future[None] | None = None
        """What works on runs that are waited for, where no service does."""
        self._waiting = 0

    async def run(self) -> None:
        """Work until `stop` is called.

        Raises:
            StoreBroken: the disk failed.
        """
        await self._roster.load()
        await recover(
            journal=self._journal,
            roster=self._roster,
            intake=self._intake,
            executor=self._executor,
            timers=self._timers,
        )
        async with asyncio.TaskGroup() as group:
            feeding = [
                group.create_task(self._poller.work()),
                group.create_task(self._sorter.work()),
                group.create_task(self._intake.work()),
                group.create_task(self._housekeeper.work()),
                group.create_task(self._ring()),
                group.create_task(self._count()),
            ]
            working = group.create_task(self._executor.work())
            await self._stop.wait()
            if self._failure is not None:
                raise self._failure
            for task in feeding:
                task.cancel()
            await self._end(working)
        with suppress(TimeoutError):  # a locked database must not keep the service from ending
            async with asyncio.timeout(_LAST_WORD):
                await self._save_usage()

    async def _ring(self) -> None:
        """Wake what waits, once it is known what happened while nobody served: who has opted out
        meanwhile is not to be written to first. A vendor that cannot be asked holds it up no longer
        than a moment.
        """
        with suppress(TimeoutError):
            async with asyncio.timeout(_CATCH_UP):
                await self._poller.caught_up.wait()
                while self._executor.busy or await self._unrouted():
                    await self._journal.clock.sleep(_LOOK)
        await self._timers.work()

    async def _unrouted(self) -> bool:
        asked = {"after": 0, "limit": 1}
        return bool(await self._journal.store.read("events.unrouted", asked))

    def stop(self) -> None:
        """Begin nothing new, let calls under way end, and return from `run`."""
        self._executor.stopping = True
        self._stop.set()

    @property
    def stopping(self) -> bool:
        return self._stop.is_set()

    def fail(self, error: StoreBroken) -> None:
        """Let `run` raise it: the disk failed where no part of the service was looking."""
        self._failure = error
        self.stop()

    async def finish(self, run: str) -> None:
        """Work on what was begun until this run has ended or stopped; nothing else is begun.

        Several may ask at the same time: the work ends with the last of them.
        """
        self._waiting += 1
        if self._hands is None:
            self._hands = asyncio.ensure_future(self._work())
        hands = self._hands
        try:
            while read_run(await self._row(run)).state in LIVE:
                if hands.done():
                    hands.result()
                await self._journal.clock.sleep(_LOOK)
        finally:
            self._waiting -= 1
            if not self._waiting:
                self._hands = None
                hands.cancel()
                await asyncio.gather(hands, return_exceptions=True)
                await self._save_usage()

    async def _work(self) -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(self._executor.work())
            group.create_task(self._timers.work())

    async def _row(self, run: str) -> Row:
        return (await self._journal.store.read("runs.get", {"id": run}))[0]

    def notice(self) -> None:
        """Say that events were stored."""
        self._news.set()

    async def arm(self, flow: Flow) -> int:
        """Let a flow begin runs; how many runs were waiting for it, and go on."""
        await self._change(flow, "armed")
        return self._executor.resume(flow.name)

    async def pause(self, flow: Flow) -> None:
        """Let the flow's runs wait, those to come too."""
        await self._change(flow, "paused")

    async def _change(self, flow: Flow, state: str) -> None:
        await self._journal.write(self._roster.put(flow, state, self._journal.clock.now()))
        await self._roster.load()
        self._poller.refresh()
        self._news.set()
        log.info("flow changed", flow=flow.name, state=state, version=flow.version)

    async def _end(self, working: asyncio.Task[None]) -> None:
        """Wait for calls under way, but not for ever: what is cut off is found again."""
        clock = self._journal.clock
        until = clock.ticks() + self._stop_within
        while self._executor.busy and clock.ticks() < until:
            await clock.sleep(0.02)
        working.cancel()

    async def _count(self) -> None:
        """Keep each account's count of the day over restarts."""
        while True:
            await self._journal.clock.sleep(_SAVE_USAGE)
            await self._save_usage()

    async def _save_usage(self) -> None:
        """Write the counts that have changed since the last time."""
        now = {one.name: one.limiter.use for one in self._accounts}
        changed = {name: use for name, use in now.items() if use != self._saved.get(name)}
        statements = [
            Statement("usage.put", {"connection": name, "day_start": use.start, "calls": use.count})
            for name, use in changed.items()
            if use.start is not None
        ]
        if statements:
            await self._journal.write(statements)
        self._saved = now
