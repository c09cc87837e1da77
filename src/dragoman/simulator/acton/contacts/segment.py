"""Segments: contacts chosen by hand, or by a filter whose layout is nowhere published."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from dragoman.kernel.jsons import Json
from dragoman.simulator.acton.contacts.columns import Column, Columns

CHOSEN, TYPES = "DIRECT_SELECT", ("DIRECT_SELECT", "QUERY", "SEARCH")
FIRST = 0xB
"""The segment that is there from the start is `g-000b`."""
COMPARISONS: dict[str, Callable[[str, list[str]], bool]] = {
    "EQUALS": lambda value, wanted: value in wanted,
    "NOT_EQUALS": lambda value, wanted: value not in wanted,
    "CONTAINS": lambda value, wanted: any(one in value for one in wanted),
    "STARTS_WITH": lambda value, wanted: value.startswith(tuple(wanted)),
    "IS_EMPTY": lambda value, _: not value,
    "IS_NOT_EMPTY": lambda value, _: bool(value),
    "GREATER_THAN": lambda value, wanted: _figure(value) > _figure(*wanted[:1]),
    "LESS_THAN": lambda value, wanted: _figure(value) < _figure(*wanted[:1]),
}
"""Guesses: no word of them is published."""


class NoFilter(ValueError):
    """It is not laid out as the one example in the published description hints at."""


@dataclass(frozen=True, slots=True)
class Expression:
    column: Column
    holds: Callable[[str, list[str]], bool]
    values: list[str]


@dataclass(frozen=True, slots=True)
class Query:
    every: bool
    """Whether all must hold, or one."""
    expressions: tuple[Expression, ...]

    def holds(self, value: Callable[[Column], str]) -> bool:
        """Whether somebody with these values is in; case does not matter."""
        found = (one.holds(value(one.column).casefold(), one.values) for one in self.expressions)
        return all(found) if self.every else any(found)


def query(said: Any, columns: Columns) -> Query:
    """Read a filter: `{expressionEvaluationType, expressions: [{field, condition: {…}}]}`.

    Raises:
        NoFilter: it is laid out differently, or combines by an expression of its own (CUSTOM).
    """
    try:
        how, expressions = said["expressionEvaluationType"], said["expressions"]
        found = tuple(_expression(one, columns) for one in expressions)
    except (KeyError, TypeError, AttributeError):
        raise NoFilter from None
    if how not in ("AND", "OR") or not found:
        raise NoFilter
    return Query(how == "AND", found)


def _expression(said: Any, columns: Columns) -> Expression:
    column = columns.named(said["field"])
    condition = said["condition"]
    if column is None:
        raise NoFilter
    values = [str(one).casefold() for one in condition.get("values", [])]
    return Expression(column, COMPARISONS[condition["comparison"]], values)


def _figure(text: str = "") -> float:
    with suppress(ValueError):
        return float(text)
    return 0.0


@dataclass(slots=True)
class Segment:
    id: str
    name: str
    type: str
    parent: str
    filter: Json = None
    query: Query | None = None
    """What the filter means; of a direct select segment there is none."""
    chosen: dict[str, None] = field(default_factory=dict)

    def shown(self) -> dict[str, Json]:
        parent = {"parentId": self.parent, "filter": self.filter}
        return {"id": self.id, "name": self.name, "type": self.type, **parent}


class Segments:
    def __init__(self) -> None:
        self._segments: dict[str, Segment] = {}
        self._next = FIRST
        self.first = self.add("From HighLevel", CHOSEN, "l-unified-contacts")

    def __iter__(self) -> Iterator[Segment]:
        return iter(self._segments.values())

    def add(self, name: str, kind: str, parent: str) -> Segment:
        segment_id = f"{'g' if kind == CHOSEN else 'q'}-{self._next:04x}"
        self._next += 1
        made = self._segments[segment_id] = Segment(segment_id, name, kind, parent)
        return made

    def get(self, segment_id: str) -> Segment | None:
        return self._segments.get(segment_id)

    def named(self, name: str) -> Segment | None:
        return next((one for one in self if one.name == name), None)

    def delete(self, segment: Segment) -> None:
        del self._segments[segment.id]

    def forget(self, contact_id: str) -> None:
        """Take somebody who is no longer there out of all of them."""
        for one in self:
            one.chosen.pop(contact_id, None)
