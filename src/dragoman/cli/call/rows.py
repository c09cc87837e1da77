"""What was answered as rows: for a spreadsheet, or for the eye."""

import csv
import io
import re
from collections.abc import Sequence
from typing import Any

from rich.text import Text

from dragoman.catalog.entries import Operation
from dragoman.catalog.paging import Walk
from dragoman.cli.tables import listing
from dragoman.kernel import jsons

_RISKY = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
"""With one of these a spreadsheet takes a text for a formula; with the wide forms at the end, one
that is set to Japanese or Chinese."""
_NUMBER = re.compile(r"[+-]\d+(\.\d+)?")
"""A number or a phone number is none, though it may begin like one."""
_WIDEST = 40
"""Characters of a cell that the eye gets."""
_GAP = 2
_ONLY = "value"
"""The column of items that are no objects."""


def of(operation: Operation, output: Any) -> list[dict[str, Any]]:
    """The items of an answer; where there is no list, the answer is one row by itself."""
    items = Walk(operation, {}).items(output) if operation.paging is not None else output
    return plain(items if isinstance(items, list) else [items])


def plain(items: Sequence[Any]) -> list[dict[str, Any]]:
    """Items as rows."""
    return [one if isinstance(one, dict) else {_ONLY: one} for one in items]


def as_csv(rows: Sequence[dict[str, Any]], *, shown: bool = False) -> str:
    """A header, and a line an item; what is nested is JSON. `shown` is for a terminal."""
    columns = _columns(rows)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    if columns:
        writer.writerow([_safe(name) for name in columns])
    for row in rows:
        cells = [_safe(_cell(row.get(name))) for name in columns]
        writer.writerow([_printable(one) for one in cells] if shown else cells)
    return text.getvalue()


def as_table(rows: Sequence[dict[str, Any]], width: int) -> tuple[Text, list[str]]:
    """As many columns of plain values as fit, and the names of those that are left out."""
    fitting: list[str] = []
    room = width
    columns = _columns(rows)
    for name in columns:
        cells = [_short(row.get(name)) for row in rows]
        needed = max(len(_short(name)), *map(len, cells)) + _GAP
        if any(isinstance(row.get(name), dict | list) for row in rows) or not any(cells):
            continue
        if needed - _GAP <= room:
            fitting.append(name)
            room -= needed
    shown = [[_short(row.get(name)) for name in fitting] for row in rows]
    left = [name for name in columns if name not in fitting]
    return listing([_short(name) for name in fitting], shown) if fitting else Text(), left


def _columns(rows: Sequence[dict[str, Any]]) -> list[str]:
    return list(dict.fromkeys(name for row in rows for name in row))


def _cell(value: Any) -> str | int | float:
    """A value in a cell; what is a number stays one."""
    if value is None:
        return ""
    if isinstance(value, bool | dict | list):
        return jsons.text(value)
    found: str | int | float = value
    return found


def _safe(value: str | float) -> str | float:
    """A text that no spreadsheet takes for a formula, nor its next line."""
    if not isinstance(value, str):
        return value
    marked = f"'{value}" if value.startswith(_RISKY) and not _NUMBER.fullmatch(value) else value
    # What returns the carriage ends a row, and the writer puts no quotes around it.
    return marked.replace("\r\n", "\n").replace("\r", "\n")


def _printable(value: str | float) -> str | float:
    """Without what would move the cursor."""
    if not isinstance(value, str):
        return value
    return "".join(char if char.isprintable() or char == "\n" else " " for char in value)


def _short(value: Any) -> str:
    said = "".join(char if char.isprintable() else " " for char in str(_cell(value)))
    return said if len(said) <= _WIDEST else said[: _WIDEST - 1] + "…"
