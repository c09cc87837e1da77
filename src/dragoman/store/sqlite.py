"""The store on SQLite, through apsw (it brings its own current SQLite).

Write-ahead log, `synchronous=FULL`: what `write` has returned for survives a loss of power. One
thread writes: it takes whatever has queued, applies it in one transaction, and wakes all who wait,
so a commit's cost is shared by everybody who came at the same moment.
"""

import asyncio
import queue
import threading
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import apsw

from dragoman.kernel.errors import DefinitionError, DragomanError, StoreBroken, StoreBusy
from dragoman.store import queries
from dragoman.store.port import Conflict, Row, Statement

OLDEST = (3, 51, 3)
"""Older versions have a fault in the write-ahead log that can corrupt it."""
_BATCH = 256
_BROKEN = (apsw.IOError, apsw.CorruptError, apsw.NotADBError)
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
_BUSY = (apsw.BusyError, apsw.LockedError, apsw.FullError)

Outcome = list[list[Row]] | Exception


class _Unit(NamedTuple):
    statements: Sequence[Statement]
    done: "asyncio.Future[list[list[Row]]]"
    loop: asyncio.AbstractEventLoop


class SqliteStore:
    def __init__(self, path: Path, *, busy_seconds: float = 1.0, threaded: bool = True) -> None:
        """Open, and bring the tables up to date.

        Args:
            path: the database file; made where it is missing.
            busy_seconds: how long to wait for another process's lock before saying StoreBusy.
            threaded: False commits in the caller's own thread, for tests in virtual time.

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
        self._units: queue.SimpleQueue[_Unit | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        if threaded:
            self._thread = threading.Thread(target=self._work, name="store", daemon=True)
            self._thread.start()

    async def write(self, statements: Sequence[Statement]) -> list[list[Row]]:
        if self._broken is not None:
            raise self._broken
        if self._closed:
            raise StoreBusy("the store is closed", fix="start again")
        if self._thread is None:
            outcome = self._commit([statements])[0]
            if isinstance(outcome, Exception):
                raise outcome
            return outcome
        loop = asyncio.get_running_loop()
        unit = _Unit(statements, loop.create_future(), loop)
        self._units.put(unit)
        return await unit.done

    async def read(self, name: str, values: dict[str, Any] | None = None) -> list[Row]:
        try:
            return self._reader.execute(self._queries[name].text, values or {}).fetchall()
        except _BAD_VALUES:
            raise
        except apsw.Error as error:
            raise self._trouble(error) from None

    async def close(self) -> None:
        """Finish what has queued, then close; a write that comes later is refused."""
        self._closed = True
        if self._thread is not None:
            self._units.put(None)
            await asyncio.to_thread(self._thread.join)
        self._connection.close()
        self._reader.close()

    def _work(self) -> None:
        while (first := self._units.get()) is not None:
            batch = [first]
            last = False
            while len(batch) < _BATCH and not self._units.empty():
                unit = self._units.get()
                if unit is None:
                    last = True
                    break
                batch.append(unit)
            outcomes = self._commit([unit.statements for unit in batch])
            _deliver(batch, outcomes)
            if last:
                return

    def _commit(self, batch: list[Sequence[Statement]]) -> list[Outcome]:
        """One transaction for all. If one unit fails, each gets a transaction of its own."""
        if self._broken is not None:
            return [self._broken] * len(batch)
        try:
            with self._transaction():
                return [self._apply(statements) for statements in batch]
        except (Conflict, *_BAD_VALUES) as error:
            fault: Exception = error
        except apsw.Error as error:
            return [self._trouble(error)] * len(batch)
        except Exception as error:  # noqa: BLE001  # or the writer would end, and leave all waiting
            fault = error
        if len(batch) == 1:
            return [fault]
        return [outcome for statements in batch for outcome in self._commit([statements])]

    def _trouble(self, error: apsw.Error) -> DragomanError:
        """What the database's own failure means; after a broken disk nothing more is written."""
        ours = translated(error)
        if isinstance(ours, StoreBroken):
            self._broken = ours
        return ours

    def _transaction(self) -> "_Transaction":
        return _Transaction(self._connection)

    def _apply(self, statements: Sequence[Statement]) -> list[list[Row]]:
        results: list[list[Row]] = []
        for name, values in statements:
            query = self._queries[name]
            results.append(self._connection.execute(query.text, values).fetchall())
            if query.expects_one and self._connection.changes() != 1:
                raise Conflict(name)
        return results


class _Transaction:
    """Takes the write lock at once, so that a later statement cannot fail for want of it."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection

    def __enter__(self) -> None:
        self._connection.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        if kind is None:
            try:
                self._connection.execute("COMMIT")
            except apsw.Error:
                self._roll_back()
                raise
        else:
            self._roll_back()

    def _roll_back(self) -> None:
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")


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
            with _Transaction(connection):
                # Another process may have done it while this one waited for the lock.
                if int(connection.pragma("user_version")) < number:
                    connection.execute(text)
                    connection.execute(f"PRAGMA user_version = {number}")


def _open(path: Path, busy_seconds: float) -> apsw.Connection:
    connection = apsw.Connection(str(path), statementcachesize=200)
    connection.set_busy_timeout(round(busy_seconds * 1000))
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def translated(error: apsw.Error) -> DragomanError:
    if isinstance(error, _BUSY):
        full = isinstance(error, apsw.FullError)
        fix = "free some space on its disk" if full else "see which process holds it open"
        return StoreBusy(f"the database is {'full' if full else 'locked'}", fix=fix)
    if isinstance(error, _BROKEN):
        fix = "check the disk, then restore the newest backup if the file is damaged"
        return StoreBroken(f"the database failed: {error}", fix=fix)
    return StoreBroken(f"the database failed: {error}", fix="see the log, and report this")


def _deliver(batch: list[_Unit], outcomes: list[Outcome]) -> None:
    """Wake all who wait; one call a loop, for that is what crossing threads costs."""
    loops: dict[asyncio.AbstractEventLoop, list[tuple[_Unit, Outcome]]] = {}
    for unit, outcome in zip(batch, outcomes, strict=True):
        loops.setdefault(unit.loop, []).append((unit, outcome))
    for loop, pairs in loops.items():
        # A loop that has ended took its waiters with it.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(partial(_settle, pairs))


def _settle(pairs: list[tuple[_Unit, Outcome]]) -> None:
    for unit, outcome in pairs:
        if unit.done.done():
            continue
        if isinstance(outcome, Exception):
            unit.done.set_exception(outcome)
        else:
            unit.done.set_result(outcome)
