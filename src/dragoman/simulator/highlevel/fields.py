"""Which fields a body may have; HighLevel refuses the others by name."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from dragoman.kernel.clock import millis
from dragoman.kernel.jsons import Json

Check = Callable[[Any], bool]
Kind = tuple[str, Check]
"""What the validator says the value must be, and whether it is."""


def _is_moment(value: Any) -> bool:
    try:
        return isinstance(value, str) and millis(value) is not None
    except ValueError:
        return False


TEXT: Kind = ("a string", lambda value: value is None or isinstance(value, str))
FLAG: Kind = ("a boolean value", lambda value: isinstance(value, bool))
NUMBER: Kind = (
    "a number conforming to the specified constraints",
    lambda value: isinstance(value, (int, float)) and not isinstance(value, bool),
)
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
