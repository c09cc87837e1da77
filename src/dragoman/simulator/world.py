"""Everything the pretended vendors know, in one place. Tests may reach in and act without HTTP."""

import asyncio
from pathlib import Path

from dragoman.kernel.chance import Chance
from dragoman.kernel.clock import Clock
from dragoman.simulator.acton.state import ActOn
from dragoman.simulator.addresses import Addresses
from dragoman.simulator.background import Background
from dragoman.simulator.calls import Calls
from dragoman.simulator.faults import Breaks
from dragoman.simulator.highlevel.state import HighLevel
from dragoman.simulator.ledger import Ledger
from dragoman.simulator.mint import Mint
from dragoman.simulator.settings import SimulatorSettings
from dragoman.simulator.webhooks.dispatch import Dispatch
from dragoman.simulator.webhooks.post import Deliver


class World:
    """`deliver` takes one webhook to its URL; without it, over HTTP."""

    def __init__(
        self,
        clock: Clock,
        chance: Chance,
        ledger: Path,
        settings: SimulatorSettings,
        deliver: Deliver | None = None,
    ) -> None:
        self.clock = clock
        self.settings = settings
        self.mint = Mint(chance)
        self.ledger = Ledger(ledger, clock)
        self.calls = Calls()
        self.breaks = Breaks()
        self.highlevel = HighLevel(clock, self.mint)
        self.acton = ActOn(clock, self.mint)
        self.webhooks = Dispatch(clock, self.mint, lambda: self.settings, deliver)
        self.background = Background()
        """What HighLevel does by itself when its time comes, such as sending what was scheduled."""
        self.addresses = Addresses()
        self.stopping = asyncio.Event()
        """Set when the servers stop: whoever is held lets go."""

    async def stop(self) -> None:
        """End what goes on by itself, and the ledger's file."""
        await self.background.stop()
        await self.webhooks.stop()
        self.ledger.close()

    def search_lag(self) -> int:
        """Milliseconds until search sees what is made now."""
        least, most = self.settings.lag()
        return round(1000 * (least + (most - least) * self.mint.fraction("search lag")))
