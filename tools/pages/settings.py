"""`docs/settings.md`: every setting with its default and its sentence."""

from typing import Any, get_args, get_type_hints

import msgspec

from dragoman.settings import PREFIX, Settings
from tools.pages import markdown

_INTRO = """\
Everything that is the same for all customers is set by environment variables. Everything about one
customer (accounts, opening hours, values for flows) stands in
[`dragoman.yaml`](workspace.md) instead.

A variable that starts with `DRAGOMAN_` and is not in this table stops the start and is named, so a
slip of the pen is never silently ignored. The same goes for a value that does not fit."""

_RANKS = """\
An option on the command line (`dragoman serve --poll-every 5`) wins over the variable, and the
variable wins over the default."""

_AMOUNTS = """\
Times are in seconds, sizes in bytes. How the retry settings work together is told in
[When a run stops](when-a-run-stops.md#waiting)."""

_WORDS: dict[type, str] = {str: "text", bool: "`true` or `false`"}


def pages() -> dict[str, str]:
    rows = [_row(field.name, field.default) for field in msgspec.structs.fields(Settings)]
    heads = ("variable", "default", "takes", "what it does")
    table = markdown.table(heads, rows)
    return {"docs/settings.md": markdown.page("Settings", _INTRO, _RANKS, table, _AMOUNTS)}


def _row(name: str, default: Any) -> tuple[str, str, str, str]:
    kind, meta = get_args(get_type_hints(Settings, include_extras=True)[name])
    variable = f"`{PREFIX}{name.upper()}`"
    shown = _plain(default)
    return variable, shown, _takes(kind, meta), str(meta.description)


def _takes(kind: type, meta: msgspec.Meta) -> str:
    """Which values fit, in words."""
    if meta.pattern is not None:
        words = meta.pattern.strip("^$()").split("|")
        return ", ".join(f"`{word}`" for word in words)
    if kind in _WORDS:
        return _WORDS[kind]
    word = "whole number" if kind is int else "number"
    low = "" if meta.ge is None else f" from {meta.ge:g}"
    low = low if meta.gt is None else f" above {meta.gt:g}"
    return f"{word}{low}" + ("" if meta.le is None else f" to {meta.le:.0f}")


def _plain(default: Any) -> str:
    if default == "":
        return "empty"
    return f"`{default:g}`" if isinstance(default, float) else f"`{default}`"
