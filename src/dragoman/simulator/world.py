"""Everything the pretended vendors know, in one place. Tests may reach in and act without HTTP."""

import asyncio
from pathlib import Path

from dragoman.kernel.chance import Chance
from dragoman.kernel.clock import Clock
from dragoman.simulator.acton.state import ActOn
from dragoman.simulator.addresses import Addresses
from dragoman.simulator.calls import Calls
from dragoman.simulator.faults import Breaks
from dragoman.simulator.highlevel.state import HighLevel
from dragoman.simulator.ledger import Ledger
from dragoman.simulator.mint import Mint
from dragoman.simulator.settings import SimulatorSettings


class World:
    def __init__(
        self, clock: Clock, chance: Chance, ledger: Path, settings: SimulatorSettings
    ) -> None:
        self.clock = clock
        self.settings = settings
        self.mint = Mint(chance)
        self.ledger = Ledger(ledger, clock)
        self.calls = Calls()
        self.breaks = Breaks()
        self.highlevel = HighLevel(clock, self.mint)
        self.acton = ActOn(clock, self.mint)
        self.addresses = Addresses()
        self.stopping = asyncio.Event()
        """Set when the servers stop: whoever is held lets go."""

    def search_lag(self) -> int:
        """Milliseconds until search sees what is made now."""
        least, most = self.settings.lag()
        return round(1000 * (least + (most - least) * self.mint.fraction("search lag")))
