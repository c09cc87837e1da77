"""Doors in virtual time, where what takes seconds takes none; and trouble with the disk."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import apsw
import looptime

from dragoman import wiring
from dragoman.kernel.chance import SeededChance
from dragoman.kernel.clock import SECOND, Millis
from dragoman.kernel.errors import StoreBroken
from dragoman.kernel.points import NoPoints
from dragoman.settings import Settings
from dragoman.store.port import Row, Statement, Store
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


class Stalling:
    """A store whose disk takes its time, or has failed."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.takes = 0.0
        self.writes = 0
        self.broken = False

    async def write(self, statements: list[Statement]) -> list[list[Row]]:
        self.writes += 1
        await asyncio.sleep(self.takes)
        if self.broken:
            raise StoreBroken("the disk failed")
        return await self._store.write(statements)

    async def read(self, name: str, values: dict[str, Any] | None = None) -> list[Row]:
        return await self._store.read(name, values)

    async def close(self) -> None:
        await self._store.close()


@asynccontextmanager
async def locked(path: Path) -> AsyncIterator[None]:
    other = apsw.Connection(str(path))
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("ROLLBACK")
    other.close()


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
