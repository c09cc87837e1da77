"""An entry as a person would have written it: a line an input, and no line without end."""

import re
from typing import Any

import yaml

_WIDE = 150
_ORDER = (
    *("title", "does", "request", "version", "scopes", "tokens", "v3", "stage", "callable"),
    *("reason", "success", "effect", "first_class", "lookup", "consent", "tidy", "answer"),
    *("missing", "ready", "input", "paging", "output", "source", "example"),
)


def written(name: str, entry: dict[str, Any]) -> str:
    """The lines of an entry."""
    lines = [f"{name}:"]
    for key in _ORDER:
        if key not in entry or entry[key] in ({}, None):
            continue
        if key == "input":
            lines.append("  input:")
            for one, said in entry[key].items():
                lines += _lines(one, _short(said), 4)
        else:
            lines += _lines(key, entry[key], 2)
    text = "\n".join(lines) + "\n"
    return re.sub(r"^  version: '([\d-]+)'$", r"  version: \1", text, flags=re.MULTILINE)


def _short(said: dict[str, Any]) -> Any:
    kind = said.get("type")
    return kind if list(said) == ["type"] and isinstance(kind, str) else said


def _lines(key: str, value: Any, indent: int) -> list[str]:
    before = " " * indent
    flat = _dumped({key: value}, flow=True).strip()[1:-1]
    if indent + len(flat) <= _WIDE or not isinstance(value, dict | list):
        if not isinstance(value, dict | list):
            flat = _dumped({key: value}, flow=False).strip()
        return [before + line for line in flat.splitlines()]
    text = yaml.dump(
        {key: value}, default_flow_style=None, sort_keys=False, width=_WIDE, allow_unicode=True
    )
    return [before + line for line in text.rstrip().splitlines()]


def _dumped(value: Any, *, flow: bool) -> str:
    width = 10**9 if flow else 100
    text: str = yaml.dump(
        value, default_flow_style=flow, sort_keys=False, width=width, allow_unicode=True
    )
    return text
