"""What the texts of a path, a query or a form stand for, as far as it is declared."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dragoman.kernel import jsons

_WHOLE = re.compile(r"-?[0-9]{1,18}")
_FLAGS = {"true": True, "false": False}


def value(given: Sequence[str], schema: Mapping[str, Any]) -> Any:
    """The value of a name that was given at least once; what fits no type stays a text."""
    for kind in kinds(schema):
        if kind == "array":
            return [value([one], schema.get("items", {})) for one in given]
        found = _READERS[kind](given[-1])
        if found is not None:
            return found
    return given[-1]


def kinds(schema: Mapping[str, Any]) -> list[str]:
    """The types that a schema names, also behind its branches."""
    said = schema.get("type", [])
    found = [said] if isinstance(said, str) else list(said)
    for branch in (*schema.get("anyOf", ()), *schema.get("oneOf", ())):
        found += kinds(branch)
    return sorted(found, key="string".__eq__)  # a text is whatever nothing else is


def _number(text: str) -> float | None:
    try:
        return int(text) if _WHOLE.fullmatch(text) else float(text)
    except ValueError:
        return None


def _object(text: str) -> Any:
    try:
        return jsons.decode(text.encode())
    except jsons.Unreadable:
        return None


_READERS: dict[str, Callable[[str], Any]] = {
    "integer": lambda text: int(text) if _WHOLE.fullmatch(text) else None,
    "number": _number,
    "boolean": _FLAGS.get,
    "object": _object,
    "null": lambda _: None,
    "string": lambda text: text,
}
