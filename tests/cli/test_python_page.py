"""The programs of the page about Python, run as a reader would."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Simulator
from tests.cli.test_call_files import called
from tests.docs import pages
from tests.docs.pages import Said

PROGRAMS = [one for one in pages.blocks("python") if one.page == "docs/python.md"]


def test_there_are_some() -> None:
    assert len(PROGRAMS) > 3


@pytest.mark.parametrize("program", PROGRAMS, ids=str)
def test_a_program_of_the_page_runs(
    program: Said, shop: Path, simulator: Simulator, environment: dict[str, str]
) -> None:
    settings = simulator.ask("GET", "/control/settings")
    simulator.ask("POST", "/control/settings", {"search_lag_seconds": 0})
    message = called(simulator, 900 + program.line) if "d.save" in program.text else ""

    ran = subprocess.run(  # noqa: S603  # our own page
        [sys.executable, "-c", program.text],
        cwd=shop.parent,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    lag = {"search_lag_seconds": settings["search_lag_seconds"]}
    simulator.ask("POST", "/control/settings", lag)

    assert (ran.returncode, ran.stderr) == (0, "")
    if message:
        assert (shop.parent / f"{message}.wav").read_bytes()[:4] == b"RIFF"
    if "CallStopped" in program.text:
        assert ran.stdout.startswith("dead ")
