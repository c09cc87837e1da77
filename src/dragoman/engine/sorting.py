"""From stored deliveries to events: in the order of arrival, and each event once.

What came of a delivery is one commit with its events. A kill before it changes nothing but the
time: the same delivery gives the same event ids again.
"""

import asyncio
from collections.abc import Callable

import structlog

from dragoman.engine.deliveries import Delivery, read
from dragoman.engine.journal import Journal
from dragoman.engine.unpacking import Unpacker
from dragoman.kernel import jsons
from dragoman.store.port import Statement

_BATCH = 25
"""Of one commit: few, for nobody else gets a turn while they are unpacked."""
_MANY = 5
"""Deliveries within one turn that go before those to sort."""
_TURN, _TURNS = 0.01, 5
"""Seconds, and how many of them a batch waits at most: five hundred a second are sorted whatever
comes."""

log = structlog.get_logger()


class Sorter:
    def __init__(self, journal: Journal, unpacker: Unpacker, wake: Callable[[], None]) -> None:
        """Take in, besides the parts, whom to wake when there are new events."""
        self._journal = journal
        self._unpacker = unpacker
        self._wake = wake
        self._arrived = asyncio.Event()
        self._count = 0
        """Of all that have arrived."""

    def notice(self) -> None:
        """Say that a delivery has arrived."""
        self._count += 1
        self._arrived.set()

    async def work(self) -> None:
        """Sort until cancelled."""
        while True:
            self._arrived.clear()
            before = self._count
            while await self.step():
                before = await self._let_pass(before)
            await self._arrived.wait()

    async def step(self) -> int:
        """Sort one batch; the number of deliveries in it."""
        rows = await self._journal.store.read("deliveries.unsorted", {"limit": _BATCH})
        if rows:
            await self._journal.write(self._sorted([read(row) for row in rows]))
            self._journal.points.reach("hook.sorted")
            self._wake()
        return len(rows)

    async def _let_pass(self, before: int) -> int:
        """While many deliveries come, let them go first, for their senders wait; the new count."""
        for _ in range(_TURNS):
            if self._count - before < _MANY:
                break
            before = self._count
            await self._journal.clock.sleep(_TURN)
        return self._count

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
