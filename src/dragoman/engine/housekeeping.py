"""Forgets deliveries after ninety days: no vendor sends one again after so long; and the keys of
requests, for no program asks again after so long.
"""

from dragoman.engine.journal import Journal
from dragoman.kernel.clock import DAY
from dragoman.store.port import Statement

KEPT = 90 * DAY
_EVERY = 3600.0
_BATCH = 500
"""Of one commit, so that nobody waits for it."""


class Housekeeper:
    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    async def work(self) -> None:
        """Tidy up every hour, until cancelled."""
        while True:
            await self.tidy()
            await self._journal.clock.sleep(_EVERY)

    async def tidy(self) -> int:
        """Forget what is old enough; how much that was."""
        before = self._journal.clock.now() - KEPT
        aged = {"before": before, "limit": _BATCH}
        forgotten = 0
        for old in (Statement("deliveries.forget", aged), Statement("keys.forget", aged)):
            while gone := len((await self._journal.write([old]))[0]):
                forgotten += gone
        return forgotten
