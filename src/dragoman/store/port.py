"""What a store can do; SQLite does it, and a Postgres twin can, without touching a caller."""

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

Row = tuple[Any, ...]


class Statement(NamedTuple):
    """A named query of `sql/queries/`, with its values by name."""

    name: str
    values: dict[str, Any]


class Conflict(Exception):
    """A statement that expects one row found none: somebody else was there first."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} changed nothing")
        self.name = name


class Store(Protocol):
    async def write(self, statements: Sequence[Statement]) -> list[list[Row]]:
        """Carry out all statements or none; when it returns, they are on disk.

        Returns:
            The rows of each statement (of those that give rows).

        Raises:
            Conflict: a statement that expects one row changed none.
            StoreBusy: the database is locked or the disk is full; nothing was written.
            StoreBroken: the disk failed; the process must stop.
        """
        ...

    async def read(self, name: str, values: dict[str, Any] | None = None) -> list[Row]: ...

    async def close(self) -> None: ...
