"""One store with a thread of its own and one without: every test of behaviour runs on both."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from dragoman.store.sqlite import SqliteStore

BUSY_SECONDS = 0.05

# looptime asks for the current event loop before a sync test. Where none was ever set, asyncio
# makes one that nobody closes, and its warning fails whichever test comes next.
asyncio.set_event_loop(None)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "dragoman.db"


@pytest.fixture(params=["threaded", "unthreaded"])
def threaded(request: pytest.FixtureRequest) -> bool:
    return bool(request.param == "threaded")


@pytest.fixture
async def store(path: Path, threaded: bool) -> AsyncIterator[SqliteStore]:  # noqa: FBT001
    opened = SqliteStore(path, busy_seconds=BUSY_SECONDS, threaded=threaded)
    yield opened
    await opened.close()


@pytest.fixture
async def shared(path: Path) -> AsyncIterator[SqliteStore]:
    """The store whose commits are shared, for tests of the sharing."""
    opened = SqliteStore(path, busy_seconds=BUSY_SECONDS)
    yield opened
    await opened.close()
