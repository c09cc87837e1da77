"""The service as a real process, killed for real, between two simulators in this one."""

import asyncio
import socket
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Self

import msgspec

from dragoman import settings as all_settings
from dragoman import wiring
from dragoman.cli import pretended
from dragoman.cli.init import init_files
from dragoman.engine.events import read as read_event
from dragoman.flows.reading import read as read_flow
from dragoman.kernel.chance import SystemChance
from dragoman.kernel.clock import SystemClock
from dragoman.settings import Settings
from dragoman.simulator import Simulators, SimulatorSettings
from dragoman.simulator.control import highlevel
from dragoman.simulator.highlevel.records import Contact
from dragoman.simulator.webhooks.deliveries import Delivery
from dragoman.store.port import Row
from dragoman.store.reading import Reader
from dragoman.vault import keyfile
from dragoman.web import registration
from dragoman.web.doors import webhook_address

PATIENCE = 30.0
MOST = 100_000
OPEN = {"running", "waiting"}


class Stage:
    """Simulators, a workspace with a flow armed, and `dragoman serve` when asked for."""

    def __init__(self, folder: Path, flow: str = "", **turned: Any) -> None:
        """Take in, besides a folder, the text of the flow, which is the welcome flow if left out,
        and what else the simulators are turned to.
        """
        self.folder = folder / "workspace"
        self.log = folder / "service.log"
        self._flow = flow
        self.settings = Settings(
            master_key_file=str(folder / "master.key"),
            listen=f"127.0.0.1:{_free_port()}",
            poll_every=0.2,
            retry_base=0.1,
            settle=1.0,
        )
        limits = {
            f"{vendor}_{limit}": 10_000_000
            for vendor in ("highlevel", "acton")
            for limit in ("limit", "daily_limit")
        }
        known = SimulatorSettings(**{"search_lag_seconds": 0.3, **limits, **turned})
        self.clock = SystemClock()
        self.simulators = Simulators(self.clock, SystemChance(), folder / "ledger.jsonl", known)
        self.control = ""
        self._services: list[asyncio.subprocess.Process] = []

    async def __aenter__(self) -> Self:
        addresses = await self.simulators.start()
        self.control = addresses.control
        there = await pretended.accounts(self.control)
        keyfile.create(self.settings.master_key, SystemChance())
        init_files(self.folder, there)
        self._hurry()
        await pretended.connect(self.folder, self.settings, there)
        async with wiring.opened(self.folder, self.settings) as parts:
            await parts.roster.load()
            text = self._flow or recipe("welcome-new-contact")
            await parts.service.arm(read_flow(text, "flow.yaml", parts.world))
        return self

    async def __aexit__(self, *rest: object) -> None:
        for service in self._services:
            if service.returncode is None:  # a test has failed
                service.kill()
                await service.wait()
        await self.simulators.stop()

    def _hurry(self) -> None:
        """The pace of the accounts is not what is on trial here."""
        file = self.folder / "dragoman.yaml"
        limits = "    limits: {burst: 1000000, interval: 1, daily: 10000000}\n"
        lines = file.read_text().splitlines(keepends=True)
        file.write_text("".join(f"{one}{limits}" if "vendor:" in one else one for one in lines))

    async def subscribe(self) -> None:
        """Have messages that come in told to the service, whenever one listens."""
        url = webhook_address(f"http://{self.settings.listen}", "highlevel")
        asked = {"url": url, "types": ["InboundMessage"]}
        await pretended.ask(self.control, "POST", "/control/webhooks", asked)

    def known(self, email: str) -> Contact:
        """A contact of HighLevel's."""
        return highlevel.make_contact(self.simulators.world, {"email": email})

    def reply(self, contact: Contact, text: str) -> None:
        """The contact writes an e-mail."""
        highlevel.write_in(self.simulators.world, contact, "Email", text)

    @property
    def deliveries(self) -> list[Delivery]:
        return self.simulators.world.webhooks.deliveries.since(0)

    async def serve(self, crash_at: str = "") -> asyncio.subprocess.Process:
        settings = msgspec.structs.replace(self.settings, crash_at=crash_at)
        log = self.log.open("ab")
        try:
            service = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "dragoman", "serve", str(self.folder)),
                env=all_settings.environment(settings),
                stdout=log,
                stderr=log,
            )
        finally:
            log.close()
        self._services.append(service)
        return service

    async def add(self, *contacts: dict[str, Any]) -> None:
        path = "/control/acton/lists/l-0042/contacts"
        await pretended.ask(self.control, "POST", path, {"contacts": list(contacts)})

    def effects(self, name: str) -> list[dict[str, Any]]:
        entries = self.simulators.world.ledger.entries
        return [entry for entry in entries if entry["effect"] == name]

    async def rows(self, name: str, **asked: Any) -> list[Row]:
        """What is on disk, beside the service."""
        reader = Reader(wiring.database(self.folder))
        try:
            return await reader.read(name, asked)
        finally:
            await reader.close()

    async def states(self) -> list[str]:
        rows = await self.rows("runs.list", flow="", state="", event="", limit=MOST)
        return [row[6] for row in rows]

    async def messages(self) -> list[str]:
        """The ids of messages that are known as events."""
        rows = await self.rows("events.list", state="", type="", subject="", limit=MOST)
        return [str(read_event(row).data["message_id"]) for row in rows]

    async def missing(self) -> set[str]:
        """The ids of webhooks that were acknowledged, and of which nothing is on disk."""
        rows = await self.rows("deliveries.list", state="", limit=MOST)
        acknowledged = {one.webhook_id for one in self.deliveries if one.state == "delivered"}
        return acknowledged - {row[3] for row in rows}

    def acknowledged(self) -> int:
        """How many webhooks were answered 2xx."""
        return sum(one.state == "delivered" for one in self.deliveries)

    async def until(
        self, seen: Callable[[list[str]], bool], patience: float = PATIENCE
    ) -> list[str]:
        """Look at the runs' states again and again until they are as they should be."""
        states: list[str] = []

        async def look() -> bool:
            states[:] = await self.states()
            return seen(states)

        await self.becomes(look, patience)
        return states

    async def becomes(
        self, true: Callable[[], Awaitable[bool]], patience: float = PATIENCE
    ) -> None:
        """Look again and again until it is so."""
        async with asyncio.timeout(patience):
            while not await true():
                await self.clock.sleep(0.02)

    async def listening(self, service: asyncio.subprocess.Process) -> None:
        """Wait until this very process is at the door, or has ended."""

        async def listens() -> bool:
            found = registration.find(self.folder)
            return service.returncode is not None or bool(found and found.pid == service.pid)

        await self.becomes(listens)

    async def end(self, service: asyncio.subprocess.Process) -> int:
        """Stop it gracefully, once it is there to hear it; its exit status."""
        await self.listening(service)
        service.terminate()
        return await ended(service)


def recipe(name: str) -> str:
    """The text of a flow that ships."""
    return (Path(wiring.__file__).parent / "recipes" / f"{name}.yaml").read_text()


def _free_port() -> int:
    """A port that nobody has now: the service must come back to the address it had."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


async def ended(process: asyncio.subprocess.Process) -> int:
    """Wait for its end; its exit status."""
    async with asyncio.timeout(PATIENCE):
        return await process.wait()
