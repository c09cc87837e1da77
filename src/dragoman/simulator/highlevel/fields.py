"""Which fields a body may have; HighLevel refuses the others by name."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from dragoman.kernel.clock import Millis, millis
from dragoman.kernel.jsons import Json

Check = Callable[[Any], bool]
Kind = tuple[str, Check]
"""What the validator says the value must be, and whether it is."""


_LAST: Millis = 32_503_680_000_000
"""The end of the year 2999: later ones have no place in every zone."""


def _is_moment(value: Any) -> bool:
    try:
        return isinstance(value, str) and 0 <= millis(value) < _LAST
    except (ValueError, OverflowError):
        return False


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


TEXT: Kind = ("a string", lambda value: value is None or isinstance(value, str))
FLAG: Kind = ("a boolean value", lambda value: isinstance(value, bool))
NUMBER: Kind = ("a number conforming to the specified constraints", _is_number)
TEXTS: Kind = (
    "an array",
    lambda value: isinstance(value, list) and all(isinstance(item, str) for item in value),
)
ARRAY: Kind = ("an array", lambda value: isinstance(value, list))
OBJECT: Kind = ("an object", lambda value: isinstance(value, dict))
OBJECTS: Kind = (
    "an array",
    lambda value: isinstance(value, list) and all(isinstance(item, dict) for item in value),
)
MOMENT: Kind = ("a valid ISO 8601 date string", _is_moment)
ANY: Kind = ("anything", lambda _: True)


def one_of(*words: str) -> Kind:
    return (f"one of the following values: {', '.join(words)}", lambda value: value in words)


def between(least: float, most: float) -> Kind:
    return (
        f"a number between {least:g} and {most:g}",
        lambda value: _is_number(value) and least <= value <= most,
    )


def objects(known: Mapping[str, Kind], required: Iterable[str]) -> Kind:
    """A list of objects that have these fields, and may have others."""

    def fits(value: Any) -> bool:
        return isinstance(value, list) and all(_has(one, known, required) for one in value)

    return ("an array", fits)


def _has(one: Any, known: Mapping[str, Kind], required: Iterable[str]) -> bool:
    if not isinstance(one, dict) or any(one.get(name) is None for name in required):
        return False  # empty it may be: a date without hours is a day off
    return all(kind[1](one[name]) for name, kind in known.items() if name in one)


def problems(
    body: Mapping[str, Json], known: Mapping[str, Kind], required: Iterable[str]
) -> list[str]:
    """The validator's sentences about a body; none when it fits."""
    unknown = [f"property {name} should not exist" for name in body if name not in known]
    missing = [f"{name} should not be empty" for name in required if _is_empty(body.get(name))]
    unfit = [
        f"{name} must be {known[name][0]}"
        for name, value in body.items()
        if name in known and not known[name][1](value)
    ]
    return unknown + missing + unfit


def _is_empty(value: Json) -> bool:
    """False and 0 are values, too."""
    return value is None or value in ("", [])
