"""Filters for lists."""

from typing import Any

from dragoman.flows import bounds, operators
from dragoman.flows.failures import ExpressionError, kind_of
from dragoman.flows.filters.texts import json, text


def length(value: list[Any] | str | dict[str, Any]) -> int:
    """How many items a list has, letters a text, fields an object."""
    return len(value)


def first(value: list[Any]) -> Any:
    """The first item, or null."""
    return value[0] if value else None


def last(value: list[Any]) -> Any:
    """The last item, or null."""
    return value[-1] if value else None


def join(value: list[Any], separator: str = ", ") -> str:
    """The items as one text, with the separator between them; null items are left out."""
    bounds.items(len(value))
    parts = [text(one) for one in value if one is not None]
    bounds.text(sum(map(len, parts)) + len(separator) * max(0, len(parts) - 1))
    return separator.join(parts)


def unique(value: list[Any]) -> list[Any]:
    """The items, each once, in their order."""
    bounds.items(len(value))
    bounds.whole(value, bounds.ITEMS)
    found: dict[tuple[str, Any], Any] = {}
    for one in value:
        found.setdefault(_identity(one), one)
    return list(found.values())


def sort(value: list[Any]) -> list[Any]:
    """The items in order: all numbers, or all texts; null items are left out."""
    bounds.items(len(value))
    items = [one for one in value if one is not None]
    if not (all(map(operators.is_number, items)) or all(type(one) is str for one in items)):
        strange = next((one for one in items if type(one) is not type(items[0])), items[0])
        raise ExpressionError(
            f"cannot sort a list with {kind_of(strange)} in it",
            fix="sort takes only numbers, or only texts",
        )
    return sorted(items)


def reverse(value: list[Any]) -> list[Any]:
    """The items, last first."""
    bounds.items(len(value))
    return value[::-1]


def _identity(value: Any) -> tuple[str, Any]:
    if type(value) in {list, dict}:
        return "json", json(value)
    return ("bool" if type(value) is bool else "", value)
