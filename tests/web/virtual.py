"""Doors in virtual time: what takes seconds takes none."""

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import looptime

from dragoman import wiring
from dragoman.kernel.chance import SeededChance
from dragoman.kernel.clock import SECOND, Millis
from dragoman.kernel.points import NoPoints
from dragoman.settings import Settings
from dragoman.store.port import Store
from dragoman.store.sqlite import SqliteStore
from dragoman.vault import keyfile
from dragoman.wiring import Rims
from tests.engine.transport import InProcess
from tests.web.conftest import Shop
from tests.web.signed import WORKSPACE

START: Millis = 1_800_000_000_000


class LoopClock:
    def now(self) -> Millis:
        return START + round(self.ticks() * SECOND)

    def ticks(self) -> float:
        return asyncio.get_running_loop().time()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


def play(
    folder: Path,
    story: Callable[[Shop], Coroutine[Any, Any, None]],
    around: Callable[[Store], Store] = lambda store: store,
) -> None:
    """Tell a story of a workspace that is open; `around` may stand before its store."""
    (folder / "dragoman.yaml").write_text(WORKSPACE)
    key = folder / "master.key"
    keyfile.create(key, SeededChance(1))

    def store(path: Path) -> Store:
        return around(SqliteStore(path, threaded=False))

    async def whole() -> None:
        rims = Rims(LoopClock(), SeededChance(1), InProcess({}), NoPoints(), store)
        async with wiring.opened(folder, Settings(master_key_file=str(key)), rims) as parts:
            await parts.roster.load()
            await story(Shop(parts))

    with asyncio.Runner(loop_factory=lambda: looptime.new_event_loop(start=0)) as runner:
        runner.run(whole())
