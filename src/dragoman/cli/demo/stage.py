"""What is on the stage: both vendors pretended, a workspace folder, the service as a process."""

import asyncio
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec

from dragoman import library, wiring
from dragoman import settings as all_settings
from dragoman.cli import folders, pretended, reasons
from dragoman.cli.demo import verdict
from dragoman.cli.demo.narration import Line, Narration
from dragoman.cli.demo.vendors import Vendors
from dragoman.cli.init import init_files
from dragoman.engine.events import read as read_event
from dragoman.engine.runs import LIVE, RunRow, read_run, read_step
from dragoman.flows.reading import read as read_flow
from dragoman.kernel.chance import SystemChance
from dragoman.kernel.clock import SystemClock
from dragoman.kernel.errors import PermanentError, TransientError
from dragoman.settings import Settings
from dragoman.simulator import Addresses, Simulators, SimulatorSettings
from dragoman.store.reading import Reader
from dragoman.vault import keyfile
from dragoman.web import registration, remote
from dragoman.web.desk import Called, Desk

PATIENCE = 15.0
"""Seconds that a thing may take before the story counts as failed."""
_LOOK = 0.05


class Story(msgspec.Struct):
    id: str
    title: str
    ok: bool = False
    why: str = ""
    timeline: list[Line] = []
    expected: list[verdict.Expected] = []
    """The effects that the vendors' ledgers must hold."""


class Totals(msgspec.Struct, frozen=True):
    events: int
    runs: int
    calls: int
    lost: int
    duplicates: int
    uncertain: int


class Stage:
    def __init__(self, folder: Path, tell: Callable[[Line], None]) -> None:
        self.folder = folder / "demo"
        self.settings = Settings(
            master_key_file=str(folder / "master.key"),
            listen=f"127.0.0.1:{_free_port()}",
            poll_every=0.5,
            retry_base=0.2,
            log_level="warning",
        )
        self.clock = SystemClock()
        # Search shows new things late at the real vendor, and webhooks are sent again after ten
        # seconds and more; the stories are told without that.
        known = SimulatorSettings(search_lag_seconds=0.0, webhook_time_scale=0.02)
        self.simulators = Simulators(self.clock, SystemChance(), folder / "ledger.jsonl", known)
        self.addresses: Addresses = self.simulators.world.addresses
        self.vendors = Vendors(self.simulators.world)
        entries = library.catalogue(cache=self.settings.cache)
        self.narration = Narration(
            self.simulators.world.calls, self.vendors, entries, self.clock, tell
        )
        self.env: dict[str, Any] = {}
        self._service: asyncio.subprocess.Process | None = None

    async def __aenter__(self) -> Self:
        await self.simulators.start()
        there = await pretended.accounts(self.addresses.control)
        keyfile.create(self.settings.master_key, SystemChance())
        init_files(self.folder, there)
        await pretended.connect(self.folder, self.settings, there)
        address = f"http://{self.settings.listen}/hooks/highlevel"
        await self.vendors.ask(
            "POST", "/control/webhooks", {"url": address, "types": ["InboundMessage"]}
        )
        self.env = folders.opened(self.folder).workspace.env
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.end_service()
        await self.simulators.stop()

    async def arm(self) -> list[str]:
        """Arm every flow of the folder; their names."""
        async with wiring.opened(self.folder, self.settings) as parts:
            await parts.roster.load()
            flows = [
                read_flow(path.read_text(), path.name, parts.world)
                for path in sorted((self.folder / "flows").glob("*.yaml"))
            ]
            for flow in flows:
                await Desk(parts).arm(flow.name, flow.text, flow.file)
        return [flow.name for flow in flows]

    async def call(self, operation: str, **given: Any) -> Called:
        """Ask the service for one call, as `dragoman call` does."""
        async with remote.answering(self.folder) as desk:
            if desk is None:
                raise TransientError("the service does not answer")
            return await desk.call(operation, given, None)

    async def start_service(self) -> None:
        """Start `dragoman serve`, and wait until it listens."""
        command = [sys.executable, "-m", "dragoman", "serve", str(self.folder)]
        log = (self.folder / "service.log").open("ab")
        try:
            self._service = await asyncio.create_subprocess_exec(
                *command, env=all_settings.environment(self.settings), stdout=log, stderr=log
            )
        finally:
            log.close()
        await self.until(self._listens, "the service to start")

    async def kill_service(self) -> None:
        """SIGKILL: no time for a last word."""
        assert self._service is not None  # noqa: S101  # a story starts it first
        self._service.send_signal(signal.SIGKILL)
        await self._service.wait()

    async def end_service(self) -> None:
        if self._service is not None and self._service.returncode is None:
            self._service.terminate()
            await self._service.wait()

    async def stay(self) -> None:
        """Leave everything as it is until the person has seen enough."""
        if self._service is not None:
            await self._service.wait()

    async def until(self, seen: Callable[[], bool], what: str) -> None:
        """Wait for a thing, telling what is called meanwhile.

        Raises:
            TransientError: it did not come.
        """
        start = self.clock.ticks()
        while not seen():
            self.narration.calls()
            if self.clock.ticks() - start > PATIENCE:
                raise TransientError(f"waited {PATIENCE:.0f} s for {what} in vain")
            await self.clock.sleep(_LOOK)
        self.narration.calls()

    async def told(self, flow: str, count: int) -> None:
        """Wait until that many runs of a flow have ended, and tell how; see `finished`."""
        for person, ended in await self.finished(flow, count):
            self.narration.say("Dragoman", f"{flow}, {person}: {ended}")

    async def finished(self, flow: str, count: int) -> list[tuple[str, str]]:
        """Wait until that many runs have ended; of each the person and how it ended.

        Raises:
            TransientError: they did not.
        """
        start = self.clock.ticks()
        while True:
            self.narration.calls()
            rows = await self.stored("runs.list", flow=flow, state="", event="", limit=count)
            runs = [read_run(row) for row in rows]
            if len(runs) == count and not any(run.state in LIVE for run in runs):
                break
            if self.clock.ticks() - start > PATIENCE:
                raise TransientError(f"waited {PATIENCE:.0f} s for the runs to end in vain")
            await self.clock.sleep(_LOOK)
        return [await self._ending(run) for run in reversed(runs)]

    async def outputs(self, flow: str, step: str) -> list[tuple[str, Any]]:
        """Of each run of a flow the person, and what a step gave."""
        rows = await self.stored("runs.list", flow=flow, state="", event="", limit=100)
        found: list[tuple[str, Any]] = []
        for run in reversed([read_run(row) for row in rows]):
            steps = [read_step(row) for row in await self.stored("steps.of_run", run=run.id)]
            person, _ = await self._ending(run)
            found += [(person, one.output) for one in steps if one.step == step]
        return found

    async def _ending(self, run: RunRow) -> tuple[str, str]:
        event = read_event((await self.stored("events.get", id=run.event))[0])
        why = reasons.of_run(run.reason)
        return self.vendors.person(event.data), f"{run.state}, {why}" if why else run.state

    def _listens(self) -> bool:
        """Whether this very process is at the door, not one that was killed."""
        assert self._service is not None  # noqa: S101  # it was started just before
        if self._service.returncode is not None:
            last = (self.folder / "service.log").read_text().strip().splitlines()[-3:]
            raise PermanentError("the service has ended: " + " ".join(last))
        found = registration.find(self.folder)
        return found is not None and found.pid == self._service.pid

    async def stored(self, query: str, **values: Any) -> list[Any]:
        """Look into the workspace's tables beside the service."""
        reader = Reader(wiring.database(self.folder))
        try:
            return await reader.read(query, values)
        finally:
            await reader.close()

    async def totals(self, stories: list[Story]) -> Totals:
        """What happened in all; lost and doubled are the vendors' word, not ours."""
        runs = await self.stored("runs.count")
        expected = [one for story in stories for one in story.expected]
        return Totals(
            events=sum(count for _state, count in await self.stored("events.count")),
            runs=sum(count for *_, count in runs),
            calls=len(self.simulators.world.calls.entries),
            lost=len(verdict.lost(self.vendors.ledger, expected)),
            duplicates=len(verdict.doubled(self.vendors.ledger)),
            uncertain=sum(count for _flow, state, count in runs if state == "uncertain"),
        )


def _free_port() -> int:
    """A port that nobody has now: the service must come back to the address it had."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
