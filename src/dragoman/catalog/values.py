"""What an input can be made of: what JSON can hold, what a vendor reads, what a journal keeps."""

import math
import re
from collections.abc import Mapping
from typing import Any

from dragoman.kernel.errors import BadInput

_HALF = re.compile(r"[\ud800-\udfff]")
"""One half of a surrogate pair: such a text has no bytes in UTF-8."""
_WIDEST = 1024
"""Bits of a whole number; a longer one is nothing that a vendor reads."""
_DEEPEST = 40
"""Lists and objects within each other: with what is put around it, still what can be read back."""


def check(operation: str, given: Mapping[str, Any]) -> None:
    """Look whether an input can be written down.

    Raises:
        BadInput: names the value that cannot.
    """
    for name, one in given.items():
        wrong = misfit(one)
        if wrong:
            raise BadInput(
                f"{operation}: {name!r} holds {wrong}",
                fix="look at where the value comes from: it was cut or computed wrongly",
            )


def misfit(value: Any, levels: int = _DEEPEST) -> str:
    """What a value holds that no input can; nothing where all is well. It repeats no value."""
    match value:
        case str() if _HALF.search(value):
            return "half a character"
        case float() if not math.isfinite(value):
            return "a number that JSON has not"
        case int() if value.bit_length() > _WIDEST:
            return "a number that nobody reads"
        case list() | dict():
            return _inside(value, levels)
        case None | str() | float() | int():
            return ""
        case _:
            return f"what JSON has not: {type(value).__name__}"


def _inside(value: list[Any] | dict[Any, Any], levels: int) -> str:
    if not levels:
        return f"more than {_DEEPEST} lists or objects within each other"
    held = value
    if isinstance(value, dict):
        if not all(isinstance(name, str) for name in value):
            return "an object with a name that is no text"
        held = [*value, *value.values()]
    return next(filter(None, (misfit(one, levels - 1) for one in held)), "")
