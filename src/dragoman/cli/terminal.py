"""Where output goes, and how it looks there: data on standard output, all else beside it."""

import shutil
import sys
from functools import cache

import msgspec
from rich.console import Console
from rich.theme import Theme

from dragoman.kernel import jsons
from dragoman.kernel.jsons import Json

_THEME = Theme(
    {
        "good": "green",
        "bad": "bold red",
        "warn": "yellow",
        "quiet": "dim",
        "way": "cyan",
        "name": "bold",
    }
)
_PIPED = 160
"""Columns where nobody looks: wide enough that no name is cut."""


@cache
def out() -> Console:
    return _console(stderr=False)


@cache
def err() -> Console:
    return _console(stderr=True)


def document(value: Json) -> None:
    """Print one JSON document."""
    sys.stdout.write(msgspec.json.format(jsons.text(value), indent=2) + "\n")
    sys.stdout.flush()


def _console(*, stderr: bool) -> Console:
    console = Console(theme=_THEME, stderr=stderr, highlight=False, emoji=False, markup=False)
    if not console.is_terminal:
        console.width = shutil.get_terminal_size((_PIPED, 50)).columns
    return console
