"""From stored deliveries to events: in the order of arrival, and each event once.

What came of a delivery is one commit with its events. A kill before it changes nothing but the
time: the same delivery gives the same event ids again.
"""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import structlog

from dragoman.engine.deliveries import Delivery, read
from dragoman.engine.journal import Journal
from dragoman.engine.unpacking import Unpacker
from dragoman.kernel import jsons
from dragoman.store.port import Statement

_BATCH = 100
_MANY = 8
"""Deliveries that are being stored at the same moment and go before those to sort."""
_TURN, _TURNS = 0.02, 5
"""Seconds of a pause, and how many of them a batch waits at most: a thousand a second are sorted
whatever comes."""

log = structlog.get_logger()


class Sorter:
    def __init__(self, journal: Journal, unpacker: Unpacker, wake: Callable[[], None]) -> None:
        """Take in, besides the parts, whom to wake when there are new events."""
        self._journal = journal
        self._unpacker = unpacker
        self._wake = wake
        self._arrived = asyncio.Event()
        self._coming = 0

    @contextmanager
    def arriving(self) -> Iterator[None]:
        """Around the storing of a delivery: while many come, sorting is in less of a hurry."""
        self._coming += 1
        try:
            yield
        finally:
            self._coming -= 1
            self._arrived.set()

    async def work(self) -> None:
        """Sort until cancelled."""
        while True:
            self._arrived.clear()
            while await self.step():
                await self._let_pass()
            await self._arrived.wait()

    async def step(self) -> int:
        """Sort one batch; the number of deliveries in it."""
        rows = await self._journal.store.read("deliveries.unsorted", {"limit": _BATCH})
        if rows:
            await self._journal.write(self._sorted([read(row) for row in rows]))
            self._journal.points.reach("hook.sorted")
            self._wake()
        return len(rows)

    async def _let_pass(self) -> None:
        """Let deliveries that come meanwhile go first, for a moment: their senders wait."""
        for _ in range(_TURNS):
            if self._coming < _MANY:
                return
            await self._journal.clock.sleep(_TURN)

    def _sorted(self, deliveries: list[Delivery]) -> list[Statement]:
        """The statements that say what came of deliveries, with their events."""
        statements: list[Statement] = []
        done: dict[str, list[int]] = {"sorted": [], "ignored": []}
        aside = 0
        for delivery in deliveries:
            found = self._unpacker.unpack(delivery)
            statements += [event.add() for event in found.events]
            if found.flaws:
                aside += 1
                put = {"seq": delivery.seq, "reason": "; ".join(found.flaws)}
                statements.append(Statement("deliveries.aside", put))
            else:
                done["sorted" if found.events else "ignored"].append(delivery.seq)
        if aside:
            fix = "`dragoman events deliveries --state quarantined` shows them"
            log.warning("webhooks were put aside", count=aside, fix=fix)
        for state, seqs in done.items():
            if seqs:
                values = {"state": state, "seqs": jsons.text(seqs)}
                statements.append(Statement("deliveries.sort", values))
        return statements
