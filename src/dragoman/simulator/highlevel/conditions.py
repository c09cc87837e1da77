"""Filters of a search: what a list of them asks of a record, whatever kind of record it is."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from dragoman.kernel.clock import Millis, millis
from dragoman.kernel.jsons import Json
from dragoman.simulator.highlevel import answers

_Record = TypeVar("_Record")

TEXT = frozenset({"eq", "not_eq", "contains", "not_contains", "exists", "not_exists"})
FACT = frozenset({"eq", "not_eq", "exists", "not_exists"})
NUMBER = frozenset({"eq", "not_eq", "range", "exists", "not_exists"})
DATE = frozenset({"range", "exists", "not_exists"})
IDENTITY = frozenset({"eq", "not_eq"})

_PLAIN = re.compile(r"[\w\s@.+-]*")
"""What `contains` takes: it accepts no special characters."""
_BOUNDS: dict[str, Callable[[float, float], bool]] = {
    "gte": lambda mine, bound: mine >= bound,
    "lte": lambda mine, bound: mine <= bound,
    "gt": lambda mine, bound: mine > bound,
    "lt": lambda mine, bound: mine < bound,
}


@dataclass(frozen=True, slots=True)
class Filters(Generic[_Record]):
    """The filters that one search knows."""

    operators: Callable[[str], frozenset[str] | None]
    """What a field takes; None where the search does not know the field."""
    value: Callable[[_Record, str], Any]
    """What a record has under the search's name of a field; a date as milliseconds."""

    def condition(self, listed: list[Json], group: str = "AND") -> Callable[[_Record], bool]:
        """What a list of filters asks for; groups may nest.

        Raises:
            Refusal: 400 for an unknown field or operator, or a value that does not fit.
        """
        parts = [self._part(one) for one in listed]
        hold = any if group == "OR" else all
        return lambda record: hold(part(record) for part in parts)

    def _part(self, one: Json) -> Callable[[_Record], bool]:
        if "group" in one:
            if one["group"] not in {"AND", "OR"} or not isinstance(one.get("filters"), list):
                raise answers.refusal(400, "a group is AND or OR with a list of filters")
            return self.condition(one["filters"], one["group"])
        field, operator = str(one.get("field")), str(one.get("operator"))
        known = self.operators(field)
        if known is None:
            raise answers.refusal(400, f"Invalid filter field {field}")
        if operator not in known:
            raise answers.refusal(400, f"Operator {operator} is not supported for field {field}")
        return self._compare(field, operator, one.get("value"))

    def _compare(self, field: str, operator: str, wanted: Json) -> Callable[[_Record], bool]:
        if operator == "range":
            bounds = _bounds(wanted)
            return lambda record: _within(self.value(record, field), bounds)
        if operator.endswith("contains") and not _PLAIN.fullmatch(str(wanted)):
            raise answers.refusal(400, f"Special characters are not supported in {operator}")
        tests: dict[str, Callable[[_Record], bool]] = {
            "eq": lambda record: _equal(self.value(record, field), wanted),
            "contains": lambda record: _contains(self.value(record, field), wanted),
            "exists": lambda record: self.value(record, field) not in (None, "", []),
        }
        test = tests[operator.removeprefix("not_")]
        if operator.startswith("not_"):
            return lambda record: not test(record)
        return test


def _bounds(wanted: Json) -> dict[str, float]:
    """Numbers as they are; ISO texts as epoch milliseconds."""
    if not isinstance(wanted, dict) or not wanted or wanted.keys() - _BOUNDS.keys():
        raise answers.refusal(400, "range takes gte, lte, gt, lt")
    return {name: _number(bound) for name, bound in wanted.items()}


def _within(mine: Any, bounds: dict[str, float]) -> bool:
    """What is not there lies in no range."""
    return isinstance(mine, (int, float)) and all(
        _BOUNDS[name](mine, bound) for name, bound in bounds.items()
    )


def _number(bound: Json) -> Millis | float:
    try:
        return bound if isinstance(bound, (int, float)) else millis(str(bound))
    except ValueError:
        raise answers.refusal(400, "range takes times") from None


def _equal(mine: Any, wanted: Json) -> bool:
    """A list of values is any of them; text compares without regard to case."""
    if isinstance(wanted, list):
        return any(_equal(mine, one) for one in wanted)
    if isinstance(mine, list):
        return any(_equal(one, wanted) for one in mine)
    if isinstance(mine, str) and isinstance(wanted, str):
        return mine.casefold() == wanted.casefold()
    return bool(mine == wanted)


def _contains(mine: Any, wanted: Json) -> bool:
    found = mine if isinstance(mine, list) else [mine or ""]
    return any(str(wanted).casefold() in str(one).casefold() for one in found)
