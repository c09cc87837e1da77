"""Writes that wait for the disk, and that wait for a busy disk too."""

from collections.abc import Sequence

import structlog

from dragoman.engine.runs import Run, RunState
from dragoman.kernel.clock import Clock, Millis
from dragoman.kernel.errors import StoreBusy
from dragoman.kernel.points import Points
from dragoman.store.port import Row, Statement, Store

_FIRST_PAUSE = 0.25
_LONGEST_PAUSE = 5.0

log = structlog.get_logger()


class Journal:
    """The engine's way to the store. A locked or full database stops the work, not the service."""

    def __init__(self, store: Store, clock: Clock, points: Points) -> None:
        self.store = store
        self.clock = clock
        self.points = points
        self._waiting = 0

    async def write(self, statements: Sequence[Statement]) -> list[list[Row]]:
        """Write, and try again for as long as the database is busy; see `Store.write`."""
        pause = _FIRST_PAUSE
        waited = False
        while True:
            try:
                rows = await self.store.write(statements)
            except StoreBusy as busy:
                if not waited:
                    waited = True
                    self._waits(busy)
                await self.clock.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE)
            else:
                if waited:
                    self._goes_on()
                return rows

    async def flush(self, run: Run, *more: Statement) -> None:
        """Put on disk what the run has recorded, with further statements in the same commit."""
        statements = [*run.pending, *more]
        if statements:
            await self.write(statements)
            # Only what was written: the run is worked on by one task at a time.
            run.pending.clear()

    async def move(
        self, run: Run, state: RunState, reason: str = "", wake_at: Millis | None = None
    ) -> None:
        """Change the run's state, together with what it has recorded."""
        values = {
            "id": run.id,
            "state": state,
            "reason": reason,
            "wake_at": wake_at,
            "at": self.clock.now(),
        }
        await self.flush(run, Statement("runs.move", values))

    def _waits(self, busy: StoreBusy) -> None:
        self._waiting += 1
        if self._waiting == 1:
            log.warning("flows pause: the database cannot be written", why=busy.message)

    def _goes_on(self) -> None:
        self._waiting -= 1
        if self._waiting == 0:
            log.info("flows go on: the database can be written again")
