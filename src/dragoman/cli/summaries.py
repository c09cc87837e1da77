"""A JSON value in a few words: its leaves by their paths, the telling ones first."""

from collections.abc import Iterator
from typing import Any

from dragoman.cli import masking
from dragoman.cli.masking import HIDDEN

_LONGEST = 60
_MOST = 6
_WIDE = 40
_NOISE = frozenset({"traceId", "locationId", "success", "succeeded", "succeded"})
"""Said in every answer, and of no help to whoever reads one; `--json` has them."""


def summary(content: Any, *, reveal: bool) -> list[str]:
    """`name value` of the leaves; what is hidden is told by its name, of a list once."""
    shown = content if reveal else masking.value(content)
    leaves = [
        (path, one)
        for path, one in _leaves(shown, "")
        if one not in (None, "", [], {}) and path.rpartition(".")[2] not in _NOISE
    ]
    telling = [f"{path} {_text(one)}".strip() for path, one in leaves if one != HIDDEN]
    names = dict.fromkeys(path.partition("[")[0] for path, one in leaves if one == HIDDEN)
    every = telling + [f"{name} {HIDDEN}".strip() for name in names]
    told = every[: _WIDE if reveal else _MOST]
    left = len(every) - len(told)
    return [*told, f"and {left} more"] if left else told


def _leaves(content: Any, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(content, dict):
        for name, inner in content.items():
            yield from _leaves(inner, f"{path}.{name}" if path else name)
    elif isinstance(content, list) and any(isinstance(one, dict | list) for one in content):
        for index, inner in enumerate(content):
            yield from _leaves(inner, f"{path}[{index}]")
    else:
        yield path, content


def _text(one: Any) -> str:
    if isinstance(one, bool):
        return "yes" if one else "no"
    if isinstance(one, float):
        return str(round(one, 4))
    if isinstance(one, list):
        return ", ".join(_text(inner) for inner in one)
    text = "".join(char if char.isprintable() else " " for char in str(one))
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
