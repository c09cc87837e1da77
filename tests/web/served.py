"""The service at work between both pretended vendors, in a thread with a loop of its own: for
clients that block.
"""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from dragoman import wiring
from dragoman.cli import pretended
from dragoman.cli.init import init_files
from dragoman.kernel.chance import SystemChance
from dragoman.kernel.clock import SystemClock
from dragoman.settings import Settings
from dragoman.simulator import Simulators, SimulatorSettings
from dragoman.vault import keyfile
from dragoman.web.doors import doors
from dragoman.web.listener import listen
from dragoman.wiring import Parts

OWN = "the service's own"
_SOON = 60.0
"""Seconds that the start may take on a machine under load."""


@dataclass(frozen=True)
class Served:
    address: str
    control: str
    """Of the simulators."""
    token: str
    """A token that may do everything."""
    narrow: str
    """One that may do next to nothing."""


@contextmanager
def served(folder: Path) -> Iterator[Served]:
    """Serve until the end of the block."""
    ready, stop = threading.Event(), threading.Event()
    found: list[Served] = []

    async def run() -> None:
        async with _stage(folder) as one:
            found.append(one)
            ready.set()
            await asyncio.to_thread(stop.wait)

    def work() -> None:
        try:
            asyncio.run(run())
        finally:
            ready.set()

    thread = threading.Thread(target=work)
    thread.start()
    try:
        assert ready.wait(_SOON)
        assert found, "it did not start: see above"
        yield found[0]
    finally:
        stop.set()
        thread.join()


@asynccontextmanager
async def _stage(folder: Path) -> AsyncIterator[Served]:
    most = 10_000_000
    known = SimulatorSettings(
        search_lag_seconds=0.0,
        highlevel_limit=most,
        highlevel_daily_limit=most,
        acton_limit=most,
        acton_daily_limit=most,
    )
    vendors = Simulators(SystemClock(), SystemChance(), folder / "ledger.jsonl", known)
    async with vendors as addresses:
        settings = Settings(
            master_key_file=str(folder / "master.key"),
            cache_folder=str(folder / "cache"),
            retry_base=0.1,
            attempts=2,
        )
        workspace = await _workspace(folder / "shop", settings, addresses.control)
        async with wiring.opened(workspace, settings) as parts:
            await parts.roster.load()
            working = asyncio.ensure_future(parts.service.run())
            listener = await listen(doors(parts, OWN, "127.0.0.1"), "127.0.0.1", 0)
            all_, few = await _tokens(parts)
            yield Served(listener.address, addresses.control, all_, few)
            await listener.stop()
            parts.service.stop()
            await working


async def _workspace(folder: Path, settings: Settings, control: str) -> Path:
    there = await pretended.accounts(control)
    keyfile.create(settings.master_key, SystemChance())
    init_files(folder, there)
    file = folder / "dragoman.yaml"
    pace = "    limits: {burst: 1000000, interval: 1, daily: 10000000}\n"
    lines = file.read_text().splitlines(keepends=True)
    file.write_text("".join(f"{one}{pace}" if "vendor:" in one else one for one in lines))
    await pretended.connect(folder, settings, there)
    return folder


async def _tokens(parts: Parts) -> tuple[str, str]:
    every = ["*:read", "*:write", "*:delete", "flows:read", "flows:write", "runs:read"]
    all_ = await parts.tokens.add("everything", every, None)
    few = await parts.tokens.add("little", ["dragoman.sentiment:read"], None)
    return all_.token, few.token
