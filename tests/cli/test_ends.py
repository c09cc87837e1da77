"""How commands end: asked once, asked twice, interrupted, or because the disk failed."""

import asyncio
import errno
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman.cli import main
from dragoman.cli.serve import _work
from dragoman.engine.service import Service
from dragoman.kernel.errors import StoreBroken
from tests.cli.conftest import Cli, Process, Simulator, aside, until
from tests.cli.test_newcomer import FLOW, served

Start = Callable[..., Process]


def test_the_second_signal_stops_at_once_and_the_run_goes_on_later(
    shop: Path, cli: Cli, start: Start, simulator: Simulator
) -> None:
    stall = {"fault": {"kind": "stall", "seconds": 60}, "path": "/contacts/upsert"}
    simulator.ask("POST", "/control/break", stall)
    service = served(start, shop)
    cli("flows", "arm", FLOW, "-C", shop)
    simulator.add_contact(email="di@example.com", first_name="Di", phone="(415) 555-0103")
    until(lambda: cli("runs", "list", "--state", "running", "-C", shop, "--json").json)

    service.process.send_signal(signal.SIGTERM)
    service.line("stopping")

    assert service.stop(signal.SIGTERM) == 128 + signal.SIGTERM
    assert "stopped at once" in service.text
    assert not (shop / ".dragoman" / "service.json").exists()
    simulator.ask("DELETE", "/control/break")
    served(start, shop)
    until(lambda: cli("runs", "list", "--state", "done", "-C", shop, "--json").json)


def test_ctrl_c_ends_a_command_with_130_and_no_word(
    bare: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("dragoman.cli.folders.opened", interrupted)
    ended = cli("flows", "list", "-C", bare)

    assert (ended.status, ended.out, ended.err) == (130, "", "")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_no_mistake_of_ours(
    number: int, bare: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(number, "somewhere")

    monkeypatch.setattr("dragoman.cli.folders.opened", full)
    ended = cli("flows", "list", "-C", bare)

    assert ended.status == 1
    assert "there is no room left to write" in ended.err


class Broken:
    """A service whose disk failed."""

    async def run(self) -> None:
        broken = StoreBroken("the database failed: disk I/O error", fix="check the disk")
        raise ExceptionGroup("tasks", [ExceptionGroup("workers", [broken])])


class Unasked:
    """Nobody wants it to stop."""

    work: object = None
    signal = 0


def test_a_broken_disk_ends_the_service_with_1_and_the_way_out(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status = aside(lambda: asyncio.run(_work(_as_service(Broken()), Unasked())))  # type: ignore[arg-type]

    assert status == 1
    assert "check the disk" in "".join(capsys.readouterr())


def _as_service(one: object) -> Service:
    return one  # type: ignore[return-value]


def test_a_taken_port_of_the_simulator_is_said(start: Start, simulator: Simulator) -> None:
    port = simulator.control.rpartition(":")[2]

    second = start("simulate", "--control-port", port, "--highlevel-port", "0", "--acton-port", "0")

    assert second.ended() == 1
    assert "is taken" in second.text
    assert "Traceback" not in second.text


def test_main_without_a_command_shows_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert "Usage: dragoman COMMAND" in capsys.readouterr().out
