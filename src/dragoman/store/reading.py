"""Looking into a workspace's tables beside the process that owns them; nothing can be changed."""

from pathlib import Path
from typing import Any

import apsw

from dragoman.kernel.errors import DefinitionError
from dragoman.store import queries
from dragoman.store.port import Row
from dragoman.store.sqlite import translated


class Reader:
    def __init__(self, path: Path, *, busy_seconds: float = 1.0) -> None:
        """Open an existing database.

        Raises:
            DefinitionError: its tables are of another version than this Dragoman's.
            StoreBusy: another process holds the lock.
            StoreBroken: the file cannot be read.
        """
        self._queries = queries.load()
        try:
            self._connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
            self._connection.set_busy_timeout(round(busy_seconds * 1000))
            at = int(self._connection.pragma("user_version"))
        except apsw.Error as error:
            raise translated(error) from None
        known = queries.migrations()[-1][0]
        if at != known:
            self._connection.close()
            fix = "update Dragoman" if at > known else "`dragoman serve` brings it up to date"
            raise DefinitionError(f"the database is at version {at}, not {known}", fix=fix)

    async def read(self, name: str, values: dict[str, Any] | None = None) -> list[Row]:
        try:
            return self._connection.execute(self._queries[name].text, values or {}).fetchall()
        except apsw.Error as error:
            raise translated(error) from None

    async def close(self) -> None:
        self._connection.close()
