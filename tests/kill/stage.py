"""The service as a real process, killed for real, between two simulators in this one."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Self

import msgspec

from dragoman import settings as all_settings
from dragoman import wiring
from dragoman.cli import pretended
from dragoman.cli.init import init_files
from dragoman.flows.reading import read as read_flow
from dragoman.kernel.chance import SystemChance
from dragoman.kernel.clock import SystemClock
from dragoman.settings import Settings
from dragoman.simulator import Simulators, SimulatorSettings
from dragoman.store.reading import Reader
from dragoman.vault import keyfile
from dragoman.web import registration

PATIENCE = 30.0


class Stage:
    """Simulators, a workspace with the welcome flow armed, and `dragoman serve` when asked for."""

    def __init__(self, folder: Path, **turned: Any) -> None:
        self.folder = folder / "workspace"
        self.settings = Settings(
            master_key_file=str(folder / "master.key"),
            listen="127.0.0.1:0",
            poll_every=0.2,
            retry_base=0.1,
            settle=1.0,
        )
        known = SimulatorSettings(**{"search_lag_seconds": 0.3, **turned})
        self.clock = SystemClock()
        self.simulators = Simulators(self.clock, SystemChance(), folder / "ledger.jsonl", known)
        self.control = ""

    async def __aenter__(self) -> Self:
        addresses = await self.simulators.start()
        self.control = addresses.control
        there = await pretended.accounts(self.control)
        keyfile.create(self.settings.master_key, SystemChance())
        init_files(self.folder, there)
        await pretended.connect(self.folder, self.settings, there)
        async with wiring.opened(self.folder, self.settings) as parts:
            await parts.roster.load()
            text = (self.folder / "flows" / "welcome-new-contact.yaml").read_text()
            await parts.service.arm(read_flow(text, "welcome.yaml", parts.world))
        return self

    async def __aexit__(self, *rest: object) -> None:
        await self.simulators.stop()

    async def serve(self, crash_at: str = "") -> asyncio.subprocess.Process:
        settings = msgspec.structs.replace(self.settings, crash_at=crash_at)
        log = (self.folder / "service.log").open("ab")
        try:
            return await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "dragoman", "serve", str(self.folder)),
                env=all_settings.environment(settings),
                stdout=log,
                stderr=log,
            )
        finally:
            log.close()

    async def add(self, *contacts: dict[str, Any]) -> None:
        path = "/control/acton/lists/l-0042/contacts"
        await pretended.ask(self.control, "POST", path, {"contacts": list(contacts)})

    def effects(self, name: str) -> list[dict[str, Any]]:
        entries = self.simulators.world.ledger.entries
        return [entry for entry in entries if entry["effect"] == name]

    async def states(self) -> list[str]:
        reader = Reader(wiring.database(self.folder))
        try:
            asked = {"flow": "", "state": "", "event": "", "limit": 1000}
            return [row[6] for row in await reader.read("runs.list", asked)]
        finally:
            await reader.close()

    async def until(self, seen: Callable[[list[str]], bool]) -> list[str]:
        """Look at the runs' states again and again until they are as they should be."""
        states: list[str] = []

        async def look() -> bool:
            states[:] = await self.states()
            return seen(states)

        await self.becomes(look)
        return states

    async def becomes(self, true: Callable[[], Awaitable[bool]]) -> None:
        """Look again and again until it is so."""
        async with asyncio.timeout(PATIENCE):
            while not await true():
                await self.clock.sleep(0.02)

    async def end(self, service: asyncio.subprocess.Process) -> int:
        """Stop it gracefully, once it is there to hear it; its exit status."""

        async def listens() -> bool:
            found = registration.find(self.folder)
            return service.returncode is not None or bool(found and found.pid == service.pid)

        await self.becomes(listens)
        service.terminate()
        return await ended(service)


async def ended(process: asyncio.subprocess.Process) -> int:
    """Wait for its end; its exit status."""
    async with asyncio.timeout(PATIENCE):
        return await process.wait()
