"""What a page holds, and what an item is known by."""

from typing import Any

from dragoman.kernel import jsons

_IDS = ("id", "_id", "_contact_id_")


def identity(item: Any) -> str | None:
    """The id of an item; None where it has none."""
    if isinstance(item, dict):
        for name in _IDS:
            if item.get(name) not in (None, ""):
                return f"{name}:{item[name]}"
    return None


def key(item: Any) -> str:
    """What an item is known by: its id, or all it says."""
    return identity(item) or jsons.text(item)


def number(value: Any) -> int | None:
    """A whole number, which some vendors want written as text; None where it is none."""
    if isinstance(value, str) and value.isascii() and value.isdecimal():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def field(value: Any, dotted: str) -> Any:
    """A field of a field; None where there is none."""
    if not dotted:
        return None
    for name in dotted.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    return value
