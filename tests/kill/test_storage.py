"""A service that cannot store says 429 and nothing else, and loses nothing that it has taken."""

import asyncio
import shutil
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from dragoman.wiring import database
from tests.kill.stage import OPEN, Stage

FLOW = """
flow: told
on: highlevel.message.received
steps:
  - id: said
    map: {body: "{{ event.data.body }}"}
"""
LOCK = """
import apsw, sys
other = apsw.Connection(sys.argv[1])
other.set_busy_timeout(5000)
other.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""
HELD = 10.0
PEOPLE, REPLIES = 20, 10
SOON = {"webhook_time_scale": 0.02}


def tries(stage: Stage) -> list[int | None]:
    """What each was answered."""
    return [tried.status for one in stage.deliveries for tried in one.attempts]


def write_all(stage: Stage, word: str) -> None:
    for number in range(PEOPLE):
        contact = stage.known(f"{word}{number}@example.com")
        for reply in range(REPLIES):
            stage.reply(contact, f"reply {reply}")


async def some(stage: Stage) -> bool:
    return stage.acknowledged() >= PEOPLE


async def all_arrive(stage: Stage) -> None:
    """Whatever was put off comes again, and everything is one event and one run."""
    written = len(stage.deliveries)
    states = await stage.until(lambda states: len(states) == written and not OPEN & set(states), 60)
    assert set(states) == {"done"}
    assert await stage.missing() == set()
    assert {one.state for one in stage.deliveries} == {"delivered"}
    messages = stage.simulators.world.highlevel.messages
    assert sorted(await stage.messages()) == sorted(messages)
    assert set(tries(stage)) == {200, 429}


@pytest.mark.slow
async def test_while_the_database_is_locked_nothing_is_acknowledged(tmp_path: Path) -> None:
    async with Stage(tmp_path, FLOW, **SOON) as stage:
        await stage.subscribe()
        service = await stage.serve()
        await stage.listening(service)
        write_all(stage, "before")
        await stage.becomes(lambda: some(stage))
        pipe = asyncio.subprocess.PIPE
        other = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", LOCK, str(database(stage.folder))), stdin=pipe, stdout=pipe
        )
        assert other.stdout
        assert await other.stdout.readline() == b"held\n"
        before = len(stage.deliveries)
        write_all(stage, "meanwhile")
        await stage.clock.sleep(HELD)  # for the lock itself is what takes its time
        assert not any(one.state == "delivered" for one in stage.deliveries[before:])
        assert set(tries(stage)) == {200, 429}
        assert await stage.missing() == set()
        await other.communicate(b"")

        await all_arrive(stage)
        assert await stage.end(service) == 0


@pytest.fixture
async def disk(tmp_path: Path) -> AsyncIterator[Path]:
    """A small disk, where the workspace will lie; the database's log alone may take 32 MB."""
    place = tmp_path / "workspace"
    place.mkdir()
    mount, unmount = shutil.which("mount"), shutil.which("umount")
    if mount is None or unmount is None:
        pytest.skip("there is no mount here, and a disk is to be filled")
    asked = (mount, "-t", "tmpfs", "-o", "size=64m,mode=700", "tmpfs", str(place))
    mounting = await asyncio.create_subprocess_exec(*asked, stderr=asyncio.subprocess.DEVNULL)
    if await mounting.wait():
        pytest.skip("only root can mount a small disk to fill, and not in every container")
    yield place
    await (await asyncio.create_subprocess_exec(unmount, "--lazy", str(place))).wait()


@pytest.mark.slow
async def test_while_the_disk_is_full_nothing_is_acknowledged(tmp_path: Path, disk: Path) -> None:
    async with Stage(tmp_path, FLOW, **SOON) as stage:
        await stage.subscribe()
        service = await stage.serve()
        await stage.listening(service)
        write_all(stage, "before")
        await stage.becomes(lambda: some(stage))
        ballast = disk / "ballast"
        fill(ballast)
        write_all(stage, "meanwhile")

        async def refused() -> bool:
            return tries(stage).count(429) >= PEOPLE * REPLIES

        await stage.becomes(refused)
        assert await stage.missing() == set()
        assert service.returncode is None
        ballast.unlink()

        await all_arrive(stage)
        assert await stage.end(service) == 0


def fill(ballast: Path) -> None:
    """Until nothing goes in any more."""
    with ballast.open("wb", buffering=0) as file:
        try:
            while file.write(b"x" * 4096):
                pass
        except OSError:
            return
