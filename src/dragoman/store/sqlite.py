"""The store on SQLite, through apsw (it brings its own current SQLite).

Write-ahead log, `synchronous=FULL`: what `write` has returned for survives a loss of power. Commits
are shared: whatever has queued while the last commit went to disk is applied in one transaction and
goes to disk together. Applying is done in the loop's own thread, for statements are short and two
threads would only fight over the interpreter; what waits for the disk waits in another.
"""

import asyncio
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import apsw

from dragoman.kernel.errors import DefinitionError, DragomanError, StoreBroken, StoreBusy
from dragoman.store import queries
from dragoman.store.port import Conflict, Row, Statement

OLDEST = (3, 51, 3)
"""Older versions have a fault in the write-ahead log that can corrupt it."""
_BATCH = 256
_BAD_VALUES = (
    apsw.ConstraintError,
    apsw.BindingsError,
    apsw.MismatchError,
    apsw.TooBigError,
    KeyError,
    TypeError,
    ValueError,
    OverflowError,
)
"""A unit that cannot be written: its caller's mistake, and nobody else's trouble."""
_LOCKED = (apsw.BusyError, apsw.LockedError)
_BUSY = (*_LOCKED, apsw.FullError)
_RETRY = 0.02
"""Seconds between two tries to take a lock that another process holds."""


class _Unit:
    """Statements that are written together or not at all."""

    __slots__ = ("alone", "done", "results", "statements")

    def __init__(
        self, statements: Sequence[Statement], done: "asyncio.Future[list[list[Row]]]"
    ) -> None:
        self.statements = statements
        self.done = done
        self.results: list[list[Row]] = []
        self.alone = False
        """Whether it gets a transaction of its own, for one of its batch has failed."""

    def fail(self, error: Exception) -> None:
        if not self.done.done():
            self.done.set_exception(error)


class SqliteStore:
    def __init__(self, path: Path, *, busy_seconds: float = 1.0, threaded: bool = True) -> None:
        """Open, and bring the tables up to date.

        Args:
            path: the database file; made where it is missing.
            busy_seconds: how long to wait for another process's lock before saying StoreBusy.
            threaded: False waits for the disk in the caller's thread, for tests in virtual time.

        Raises:
            DefinitionError: SQLite is too old, or the file is from a newer Dragoman.
            StoreBusy: another process holds the lock.
            StoreBroken: the file cannot be read.
        """
        check_version(apsw.sqlite_lib_version())
        self._queries = queries.load()
        self._broken: StoreBroken | None = None
        self._closed = False
        try:
            self._connection = _open(path, busy_seconds)
            migrate(self._connection)
            self._reader = _open(path, busy_seconds)
        except apsw.Error as error:
            raise translated(error) from None
        # From here on nobody sleeps inside SQLite: a lock is waited for in the loop.
        self._connection.set_busy_timeout(0)
        self._busy_seconds = busy_seconds
        self._waiting: deque[_Unit] = deque()
        self._working: asyncio.Task[None] | None = None
        self._disk = ThreadPoolExecutor(1, "store") if threaded else None

    async def write(self, statements: Sequence[Statement]) -> list[list[Row]]:
        if self._broken is not None:
            raise self._broken
        if self._closed:
            raise StoreBusy("the store is closed", fix="start again")
        loop = asyncio.get_running_loop()
        unit = _Unit(statements, loop.create_future())
        self._waiting.append(unit)
        if self._working is None:
            self._working = loop.create_task(self._work())
        return await unit.done

    async def read(self, name: str, values: dict[str, Any] | None = None) -> list[Row]:
        try:
            return self._reader.execute(self._queries[name].text, values or {}).fetchall()
        except _BAD_VALUES:
            raise
        except apsw.Error as error:
            ours = translated(error)
            if isinstance(ours, StoreBroken):
                self._broken = ours
            raise ours from None

    async def close(self) -> None:
        """Finish what has queued, then close; a write that comes later is refused."""
        self._closed = True
        if self._working is not None:
            await self._working
        if self._disk is not None:
            self._disk.shutdown()
        self._connection.close()
        self._reader.close()

    async def _work(self) -> None:
        """Write until nothing waits any more."""
        try:
            while self._waiting:
                batch = self._next()
                try:
                    await self._commit(batch)
                except apsw.Error as error:
                    self._fail(batch, translated(error), all_told=isinstance(error, _LOCKED))
        finally:
            self._working = None

    def _next(self) -> list[_Unit]:
        if self._waiting[0].alone:
            return [self._waiting.popleft()]
        batch: list[_Unit] = []
        while self._waiting and len(batch) < _BATCH and not self._waiting[0].alone:
            batch.append(self._waiting.popleft())
        return batch

    async def _commit(self, batch: list[_Unit]) -> None:
        """One transaction for all. If one unit fails, each gets a transaction of its own."""
        await self._begin()
        try:
            for unit in batch:
                unit.results = [self._apply(one) for one in unit.statements]
            await self._end()
        except Exception as error:
            self._roll_back()
            if isinstance(error, apsw.Error) and not isinstance(error, _BAD_VALUES):
                raise
            # Foreseen or not, it comes from the values of one unit, and its writer must hear of it.
            self._separate(batch, error)
            return
        for unit in batch:
            if not unit.done.done():
                unit.done.set_result(unit.results)

    def _separate(self, batch: list[_Unit], error: Exception) -> None:
        if len(batch) == 1:
            batch[0].fail(error)
            return
        for unit in reversed(batch):
            unit.alone = True
            self._waiting.appendleft(unit)

    async def _begin(self) -> None:
        """Take the write lock at once, so that a later statement cannot fail for want of it."""
        tries = max(round(self._busy_seconds / _RETRY), 1)
        for number in range(tries):
            try:
                self._connection.execute("BEGIN IMMEDIATE")
            except _LOCKED:
                if number == tries - 1:
                    raise
                await asyncio.sleep(_RETRY)
            else:
                return

    async def _end(self) -> None:
        if self._disk is None:
            self._connection.execute("COMMIT")
            return
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._disk, self._connection.execute, "COMMIT")

    def _roll_back(self) -> None:
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    def _apply(self, statement: Statement) -> list[Row]:
        query = self._queries[statement.name]
        rows = self._connection.execute(query.text, statement.values).fetchall()
        if query.expects_one and self._connection.changes() != 1:
            raise Conflict(statement.name)
        return rows

    def _fail(self, batch: list[_Unit], error: DragomanError, *, all_told: bool) -> None:
        if isinstance(error, StoreBroken):
            # Whether the last commit is on disk cannot be known: nothing after it counts.
            self._broken = error
        if all_told or self._broken is not None:
            # Behind a lock, too: each batch would only wait for it as long again.
            batch += self._waiting
            self._waiting.clear()
        for unit in batch:
            unit.fail(error)


def check_version(found: str) -> None:
    """Refuse an SQLite that may corrupt its log.

    Raises:
        DefinitionError: it is older than OLDEST.
    """
    if tuple(int(part) for part in found.split(".")[:3]) < OLDEST:
        oldest = ".".join(str(part) for part in OLDEST)
        raise DefinitionError(
            f"SQLite {found} has a fault in its write-ahead log; {oldest} or newer is needed",
            fix="install the apsw package from a wheel: it brings a current SQLite",
        )


def migrate(connection: apsw.Connection) -> None:
    """Bring the tables up to date, one transaction a migration.

    Raises:
        DefinitionError: the file is from a newer Dragoman.
    """
    known = queries.migrations()
    at = int(connection.pragma("user_version"))
    if at > known[-1][0]:
        raise DefinitionError(
            f"the database is at version {at}, this Dragoman knows {known[-1][0]}",
            fix="update Dragoman, or restore the backup made before the update",
        )
    for number, text in known:
        if number > at:
            with _locked(connection):
                # Another process may have done it while this one waited for the lock.
                if int(connection.pragma("user_version")) < number:
                    connection.execute(text)
                    connection.execute(f"PRAGMA user_version = {number}")


@contextmanager
def _locked(connection: apsw.Connection) -> Iterator[None]:
    """A transaction that takes the write lock at once."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _open(path: Path, busy_seconds: float) -> apsw.Connection:
    connection = apsw.Connection(str(path), statementcachesize=200)
    connection.set_busy_timeout(round(busy_seconds * 1000))
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    # Ids are spread over their index, so most commits touch many of its pages: keep them at hand,
    # and fold the log into the file less often (at 32 MB instead of 4).
    connection.execute("PRAGMA cache_size = -32000")
    connection.execute("PRAGMA wal_autocheckpoint = 8000")
    return connection


def translated(error: apsw.Error) -> DragomanError:
    if isinstance(error, _BUSY):
        full = isinstance(error, apsw.FullError)
        fix = "free some space on its disk" if full else "see which process holds it open"
        return StoreBusy(f"the database is {'full' if full else 'locked'}", fix=fix)
    fix = "check the disk, then restore the newest backup if the file is damaged"
    return StoreBroken(f"the database failed: {error}", fix=fix)
