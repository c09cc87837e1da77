"""`dragoman simulate`: both vendors, pretended on this machine."""

import asyncio
import errno
import signal
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.text import Text

from dragoman.cli import terminal
from dragoman.cli.options import Json
from dragoman.kernel.chance import SeededChance, SystemChance
from dragoman.kernel.clock import SECOND, Clock, SystemClock
from dragoman.kernel.errors import DefinitionError
from dragoman.simulator import Addresses, Simulators, SimulatorSettings
from dragoman.simulator.simulators import ACTON_PORT, CONTROL_PORT, HIGHLEVEL_PORT

Port = Annotated[int, Parameter(help="0 takes any free one.")]


def simulate(
    *,
    seed: Annotated[int | None, Parameter(help="The same ids for the same number.")] = None,
    control_port: Port = CONTROL_PORT,
    highlevel_port: Port = HIGHLEVEL_PORT,
    acton_port: Port = ACTON_PORT,
    ledger: Annotated[
        Path | None, Parameter(help="Keep what happened at the vendors in this file.")
    ] = None,
    json: Json = False,
) -> None:
    """Pretend both vendors on this machine, until Ctrl-C."""
    ports = (highlevel_port, acton_port, control_port)
    asyncio.run(_simulate(seed, ports, ledger, as_json=json))


async def _simulate(
    seed: int | None, ports: tuple[int, int, int], ledger: Path | None, *, as_json: bool
) -> None:
    chance = SystemChance() if seed is None else SeededChance(seed)
    stop = asyncio.Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(one, stop.set)
    with ExitStack() as stack:
        place = ledger or Path(stack.enter_context(tempfile.TemporaryDirectory())) / "ledger.jsonl"
        clock = SystemClock()
        simulators = Simulators(clock, chance, place, SimulatorSettings())
        if seed is None:
            _count_on(simulators, clock)
        try:
            addresses = await _started(simulators, ports)
            _tell(addresses, ledger, as_json=as_json)
            await stop.wait()
        finally:
            await simulators.stop()


async def _started(simulators: Simulators, ports: tuple[int, int, int]) -> Addresses:
    try:
        return await simulators.start(*ports)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        raise DefinitionError(
            f"one of the ports {', '.join(str(port) for port in ports)} is taken",
            fix="is a simulator running already? Else choose others: `dragoman simulate --help`",
        ) from None


def _tell(addresses: Addresses, ledger: Path | None, *, as_json: bool) -> None:
    where = {
        "control": addresses.control,
        "highlevel": addresses.highlevel,
        "acton": addresses.acton,
        "ledger": str(ledger) if ledger else None,
    }
    if as_json:
        terminal.document(where)
        return
    console = terminal.out()
    console.print(Text("Both vendors are pretended here:", "name"))
    console.print()
    console.print(Text.assemble("  HighLevel     ", addresses.highlevel))
    console.print(Text.assemble("  Act-On        ", addresses.acton))
    console.print(Text.assemble("  control page  ", (addresses.control, "way")))
    console.print()
    console.print("Open the control page to add contacts and break things, or type in another")
    console.print("terminal:")
    usual = addresses.control.endswith(f":{CONTROL_PORT}")
    address = "" if usual else f" {addresses.control}"
    console.print(Text(f"  dragoman init shop --simulator{address}", "way"))
    console.print()
    console.print(Text("Nothing is kept when this ends. Stop it with Ctrl-C.", "quiet"))


def _count_on(simulators: Simulators, clock: Clock) -> None:
    """Give records numbers of their own: a workspace knows those of the last start already."""
    acton, first = simulators.world.acton, clock.now() // SECOND - _SINCE
    for one in acton.lists.values():
        one.count_from(first)
    acton.default_account.contacts.count_from(first)


_SINCE = 1_767_225_600
"""2026-01-01, in seconds: the numbers need not be long."""
