"""The webhooks of a pretended location in virtual time: hours pass in milliseconds."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dragoman.kernel.chance import SeededChance
from dragoman.simulator import SimulatorSettings, World
from dragoman.simulator.control import highlevel
from dragoman.simulator.highlevel.records import Contact
from dragoman.simulator.webhooks.deliveries import Delivery
from dragoman.simulator.webhooks.faults import WebhookFaults
from dragoman.simulator.webhooks.post import NoAnswer
from dragoman.simulator.webhooks.subscriptions import Subscription
from tests.http.virtual import VirtualClock

LONG = 3 * 24 * 3600.0
URL = "http://127.0.0.1:9/hooks/highlevel"


@dataclass(frozen=True)
class Taken:
    at: float
    """Seconds since the start."""
    url: str
    headers: Mapping[str, str]
    body: bytes


@dataclass
class Hooks:
    """A world with one contact, and whoever takes its webhooks.

    `answer` is asked at each try: a status, None for no answer, a coroutine for a slow one.
    """

    folder: Path
    turned: dict[str, Any] = field(default_factory=dict)
    answer: Callable[[int], int | Awaitable[int] | None] = lambda _: 200
    taken: list[Taken] = field(default_factory=list)

    @asynccontextmanager
    async def open(self, **faults: Any) -> AsyncIterator["Hooks"]:
        settings = SimulatorSettings(search_lag_seconds=0.0, **self.turned)
        chance, ledger = SeededChance(7), self.folder / "ledger.jsonl"
        self.world = World(VirtualClock(), chance, ledger, settings, self._take)
        self.contact: Contact = highlevel.make_contact(
            self.world, {"firstName": "Bo", "phone": "+14155550100"}
        )
        self.world.webhooks.faults = WebhookFaults(**faults)
        self.subscribe(URL)
        try:
            yield self
        finally:
            await self.world.stop()

    def subscribe(self, url: str) -> None:
        types = frozenset({"InboundMessage"})
        self.world.webhooks.subscriptions.put(Subscription(url, types=types))

    def reply(self, text: str = "Hello") -> Delivery:
        """The contact writes; the delivery that comes of it."""
        highlevel.write_in(self.world, self.contact, "SMS", text)
        return self.deliveries[-1]

    @property
    def deliveries(self) -> list[Delivery]:
        return self.world.webhooks.deliveries.since(0)

    async def settle(self) -> None:
        """Until nothing is to be sent any more."""
        await asyncio.sleep(LONG)
        assert not any(one.open for one in self.deliveries)

    async def _take(self, url: str, headers: Mapping[str, str], body: bytes) -> int:
        self.taken.append(Taken(asyncio.get_running_loop().time(), url, headers, body))
        said = self.answer(len(self.taken))
        if said is None:
            raise NoAnswer
        return said if isinstance(said, int) else await said
