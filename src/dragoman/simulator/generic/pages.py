"""The page of a list that was asked for, by the styles that the catalogue knows."""

from collections.abc import Mapping
from typing import Any

from dragoman.kernel.jsons import Json
from dragoman.simulator.figures import whole

SIZE = 20
"""Of a page where nobody asks for another."""


def turned(paging: Mapping[str, Any], output: Json, asked: Mapping[str, Any]) -> Json:
    """The output with the items of its page only, and what it says of the others."""
    items = _at(output, paging["items"])
    if not isinstance(items, list):
        return output
    size = _whole(asked.get(paging.get("size", "")), SIZE)
    begin = _begin(paging, items, asked.get(paging["next"]), size)
    end = begin + size
    _put(output, paging.get("total", ""), len(items))
    _put(output, paging.get("more", ""), end < len(items))
    if paging["style"] == "cursor":
        _put(output, paging["from"], str(end) if end < len(items) else None)
    if not paging["items"]:
        return items[begin:end]
    _put(output, paging["items"], items[begin:end])
    return output


def _begin(paging: Mapping[str, Any], items: list[Any], after: Any, size: int) -> int:
    """Where the page begins; behind all where nobody knows what it should begin after."""
    if after is None:
        return 0
    match paging["style"]:
        case "page":
            return max(_whole(after) - int(paging.get("first", 0)), 0) * size
        case "offset" | "rows" | "cursor":
            return max(_whole(after) - int(paging.get("first", 0)), 0)
        case _:
            last = [at for at, one in enumerate(items) if one.get(paging["from"]) == after]
            return last[0] + 1 if last else len(items)


def _whole(said: Any, otherwise: int = 0) -> int:
    found = whole(str(said))
    return otherwise if found is None else found


def _at(output: Json, path: str) -> Json:
    for name in path.split(".") if path else ():
        output = output.get(name) if isinstance(output, dict) else None
    return output


def _put(output: Json, path: str, value: Json) -> None:
    """Write a field, if the path leads to one."""
    if not path:
        return
    before, _, name = path.rpartition(".")
    holder = _at(output, before)
    if isinstance(holder, dict):
        holder[name] = value
