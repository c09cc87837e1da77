"""A locked database, a full disk, a broken disk."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw
import pytest

from dragoman.kernel.errors import StoreBroken, StoreBusy
from dragoman.store.sqlite import SqliteStore
from tests.store.conftest import BUSY_SECONDS
from tests.store.facts import event
from tests.store.test_port import ids

HOLD = """
import apsw, sys
connection = apsw.Connection(sys.argv[1])
connection.execute("BEGIN IMMEDIATE")
print("locked", flush=True)
sys.stdin.read()
connection.execute("ROLLBACK")
"""
LARGE = "x" * 100_000
USUAL = apsw.vfs_names()[0]


@contextmanager
def locked_by_connection(path: Path) -> Iterator[None]:
    other = apsw.Connection(str(path))
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("ROLLBACK")
    other.close()


@contextmanager
def locked_by_process(path: Path) -> Iterator[None]:
    command = [sys.executable, "-c", HOLD, str(path)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as other:  # noqa: S603  # our own interpreter
        assert other.stdout
        assert other.stdin
        assert other.stdout.readline() == "locked\n"
        yield
        other.stdin.close()
        assert other.wait() == 0


@pytest.mark.parametrize("locked", [locked_by_connection, locked_by_process])
async def test_a_locked_database_is_busy_and_works_afterwards(
    store: SqliteStore, path: Path, locked: object
) -> None:
    await store.write([event("e-1")])
    assert callable(locked)
    with locked(path):
        for _ in range(2):
            with pytest.raises(StoreBusy, match="locked") as busy:
                await store.write([event("e-2")])
            assert "which process" in busy.value.fix
        assert await ids(store) == {"e-1"}

    await store.write([event("e-3")])
    assert await ids(store) == {"e-1", "e-3"}


async def test_all_that_wait_behind_a_lock_are_told_at_once(store: SqliteStore, path: Path) -> None:
    """Many batches would each wait for the lock in turn, and a sender would hear of it too late."""
    waits = 0
    begin = store._begin

    async def counted() -> None:
        nonlocal waits
        waits += 1
        await begin()

    store._begin = counted  # type: ignore[method-assign]
    with locked_by_connection(path):
        units = [store.write([event(f"e-{one}")]) for one in range(2000)]
        outcomes = await asyncio.gather(*units, return_exceptions=True)

    assert {type(one) for one in outcomes} == {StoreBusy}
    assert waits == 1


def test_a_new_database_that_somebody_else_locks_cannot_be_opened(path: Path) -> None:
    other = apsw.Connection(str(path))
    other.execute("BEGIN EXCLUSIVE")

    with pytest.raises(StoreBusy):
        SqliteStore(path, busy_seconds=BUSY_SECONDS)

    other.close()


async def test_a_full_disk_is_busy_and_works_once_there_is_room(store: SqliteStore) -> None:
    await store.write([event("e-1")])
    pages = int(store._connection.pragma("page_count"))
    store._connection.pragma("max_page_count", pages + 1)

    for _ in range(2):
        with pytest.raises(StoreBusy, match="full") as busy:
            await store.write([event("e-2"), event("e-3", data=LARGE)])
        assert "free some space" in busy.value.fix
    assert await ids(store) == {"e-1"}

    store._connection.pragma("max_page_count", 100_000)
    await store.write([event("e-4", data=LARGE)])
    assert await ids(store) == {"e-1", "e-4"}


class Disk(apsw.VFS):
    """The machine's own disk, until it breaks."""

    def __init__(self) -> None:
        self.broken = False
        super().__init__("breakable", USUAL, makedefault=True)

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> apsw.VFSFile:  # noqa: N802
        return File(self, name, flags)


class File(apsw.VFSFile):
    def __init__(self, disk: Disk, name: str | apsw.URIFilename | None, flags: list[int]) -> None:
        self._disk = disk
        super().__init__(USUAL, name, flags)

    def xSync(self, flags: int) -> None:  # noqa: N802
        if self._disk.broken:
            raise apsw.IOError("the disk does not answer")
        super().xSync(flags)


@pytest.fixture
def disk() -> Iterator[Disk]:
    made = Disk()
    yield made
    apsw.set_default_vfs(USUAL)
    made.unregister()


async def test_a_disk_that_fails_to_sync_stops_the_store_for_good(
    disk: Disk,
    path: Path,
    threaded: bool,  # noqa: FBT001
) -> None:
    store = SqliteStore(path, threaded=threaded)
    await store.write([event("e-1")])
    disk.broken = True

    units = [store.write([event(f"e-{one}")]) for one in range(2, 6)]
    outcomes = await asyncio.gather(*units, return_exceptions=True)
    disk.broken = False

    assert [type(one) for one in outcomes] == [StoreBroken] * 4
    # The disk answers again, but what it kept nobody knows: the process must stop.
    with pytest.raises(StoreBroken):
        await store.write([event("e-9")])
    await store.close()
    again = SqliteStore(path, threaded=threaded)
    assert "e-1" in await ids(again)
    assert "e-9" not in await ids(again)
    await again.close()


async def fill(path: Path) -> None:
    store = SqliteStore(path)
    await store.write([event(f"e-{one}", data="x" * 2000) for one in range(50)])
    await store.close()


@pytest.mark.parametrize("content", [b"this is not a database, whatever else it may be" * 100])
def test_a_file_that_is_no_database_is_not_touched(path: Path, content: bytes) -> None:
    path.write_bytes(content)

    with pytest.raises(StoreBroken) as broken:
        SqliteStore(path)

    assert "backup" in broken.value.fix
    assert path.read_bytes() == content


def damage(path: Path, how: str) -> None:
    """Spoil everything behind the first pages, which say what tables there are."""
    whole = path.read_bytes()
    if how == "cut":
        path.write_bytes(whole[: 3 * 4096])
    else:
        half = len(whole) // 2
        path.write_bytes(whole[:half] + b"\xa5" * (len(whole) - half))


async def test_a_file_that_was_cut_is_not_opened(path: Path) -> None:
    await fill(path)
    damage(path, "cut")

    with pytest.raises(StoreBroken) as broken:
        SqliteStore(path)

    assert "backup" in broken.value.fix


async def test_a_damaged_file_stops_the_store(
    path: Path,
    threaded: bool,  # noqa: FBT001
) -> None:
    await fill(path)
    damage(path, "overwritten")

    # Opening reads the first pages alone.
    store = SqliteStore(path, threaded=threaded)
    for _ in range(2):
        with pytest.raises(StoreBroken) as broken:
            await store.write([event(f"n-{one}") for one in range(50)])
        assert "backup" in broken.value.fix
    await store.close()


async def test_damage_that_a_reader_finds_stops_the_writer_too(path: Path) -> None:
    await fill(path)
    store = SqliteStore(path)
    damage(path, "overwritten")

    with pytest.raises(StoreBroken):
        await ids(store)

    with pytest.raises(StoreBroken):
        await store.write([event("e-new")])
    await store.close()
