"""The order of what a search finds, and the cursor of each hit, from which its next page begins."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from dragoman.kernel.jsons import Json
from dragoman.simulator.highlevel import answers


class _Named(Protocol):
    @property
    def id(self) -> str: ...


_Record = TypeVar("_Record", bound=_Named)


@dataclass(frozen=True, slots=True)
class Order(Generic[_Record]):
    sorts: Sequence[Json]
    """Items of `{field, direction}`."""
    rank: Callable[[_Record, str], Any]
    """Where a record stands by a field."""
    name: str
    """What the search calls its cursor."""

    def sorted(self, found: list[_Record]) -> list[_Record]:
        """Those that are alike stand by their ids."""
        found = sorted(found, key=lambda one: one.id)
        for one in reversed(self.sorts):
            field, falling = one["field"], one.get("direction") == "desc"
            found.sort(key=lambda record: self.rank(record, field), reverse=falling)
        return found

    def cursor(self, one: _Record) -> list[Json]:
        return [*(self.rank(one, sort["field"]) for sort in self.sorts), one.id]

    def after(self, found: list[_Record], cursor: list[Json]) -> list[_Record]:
        """What stands behind a cursor, whether its record is still there or not.

        Raises:
            Refusal: 400 for a cursor of another order.
        """
        foreign = answers.refusal(400, f"{self.name} must be that of a hit found with this sort")
        if len(cursor) != len(self.sorts) + 1:
            raise foreign
        try:
            behind = (self._behind(self.cursor(one), cursor) for one in found)
            return found[next((place for place, one in enumerate(behind) if one), len(found)) :]
        except TypeError:  # what cannot be compared was never a place in this order
            raise foreign from None

    def _behind(self, mine: list[Json], cursor: list[Json]) -> bool:
        for here, there, one in zip(mine, cursor, [*self.sorts, {}], strict=True):
            if here != there:
                return bool(here < there if one.get("direction") == "desc" else here > there)
        return False
