"""Killed in the middle of many writes: whatever was acknowledged is there afterwards."""

import subprocess
import sys
from pathlib import Path

import pytest

from dragoman.store.sqlite import SqliteStore

CHILD = """
import asyncio, os, sys
from pathlib import Path
from dragoman.store.sqlite import SqliteStore
from tests.store.facts import event, run

async def writer(store, number):
    for count in range(100_000):
        name = f"{number}-{count}"
        await store.write([event(f"e-{name}"), run(f"r-{name}", f"e-{name}")])
        os.write(1, f"e-{name}\\n".encode())

async def main():
    store = SqliteStore(Path(sys.argv[1]))
    await asyncio.gather(*(writer(store, number) for number in range(16)))

asyncio.run(main())
"""
ROOT = Path(__file__).parents[2]


def killed(path: Path, after: int) -> set[str]:
    """The events that a process said to have stored, until it was killed after so many."""
    command = [sys.executable, "-c", CHILD, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as child:  # noqa: S603  # our own interpreter
        assert child.stdout
        lines = [child.stdout.readline() for _ in range(after)]
        child.kill()
        lines += child.stdout.readlines()
    # What was being said when the end came was never heard whole.
    return {line.strip() for line in lines if line.endswith("\n")}


@pytest.mark.parametrize("after", [1, 40, 400])
async def test_every_acknowledged_row_survives_a_kill_and_every_unit_is_whole(
    path: Path, after: int
) -> None:
    said = killed(path, after)

    store = SqliteStore(path)
    all_of = {"state": "", "limit": 1_000_000}
    events = await store.read("events.list", {**all_of, "type": "", "subject": ""})
    runs = await store.read("runs.list", {**all_of, "flow": "", "event": ""})
    await store.close()

    assert len(said) >= after
    assert said <= {row[1] for row in events}
    assert {row[1] for row in events} == {row[1] for row in runs}
