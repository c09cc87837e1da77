"""The three servers, started and stopped together in one process and one loop."""

from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from dragoman.kernel.chance import Chance
from dragoman.kernel.clock import Clock
from dragoman.simulator.acton.app import acton_app
from dragoman.simulator.addresses import Addresses
from dragoman.simulator.control.app import control_app
from dragoman.simulator.highlevel.app import highlevel_app
from dragoman.simulator.loopback import Server
from dragoman.simulator.settings import SimulatorSettings
from dragoman.simulator.webhooks.post import Deliver
from dragoman.simulator.world import World

CONTROL_PORT, HIGHLEVEL_PORT, ACTON_PORT = 8700, 8701, 8702
"""Where they listen when a person starts them. Port 0, as in tests, takes any free one."""


@dataclass(slots=True)
class _Servers:
    highlevel: Server
    acton: Server
    control: Server


class Simulators:
    """Both vendors and the control server, to be started once.

    `world` is what they know; a test in the same process may look and act there without HTTP.
    """

    def __init__(
        self,
        clock: Clock,
        chance: Chance,
        ledger: Path,
        settings: SimulatorSettings,
        deliver: Deliver | None = None,
    ) -> None:
        self.world = World(clock, chance, ledger, settings, deliver)
        self._servers: _Servers | None = None

    async def start(
        self, highlevel_port: int = 0, acton_port: int = 0, control_port: int = 0
    ) -> Addresses:
        """Listen on loopback, and nowhere else.

        Raises:
            OSError: a port is taken; then none is kept.
        """
        world, addresses = self.world, self.world.addresses
        servers = _Servers(
            highlevel=Server(highlevel_app(world)),
            acton=Server(acton_app(world)),
            control=Server(control_app(world)),
        )
        self._servers = servers
        try:
            addresses.highlevel = await servers.highlevel.start(highlevel_port)
            addresses.acton = await servers.acton.start(acton_port)
            addresses.control = await servers.control.start(control_port)
        except OSError:
            await self.stop()
            raise
        return addresses

    async def stop(self) -> None:
        """Let go of every held call, close the ports, end webhooks and the ledger's file."""
        self.world.stopping.set()
        if self._servers is not None:
            for server in (self._servers.highlevel, self._servers.acton, self._servers.control):
                await server.stop()
            self._servers = None
        await self.world.stop()

    async def __aenter__(self) -> Addresses:
        return await self.start()

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()
