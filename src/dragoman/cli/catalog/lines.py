"""Lines as wide as the terminal: what does not fit beside a name goes on under it."""

import textwrap
from collections.abc import Iterator

from rich.text import Text

from dragoman.cli import terminal

_LEAST = 20
"""Columns below which words are not squeezed further."""


def show(lines: Iterator[Text]) -> None:
    """Print lines, none of which may end in spaces."""
    told = list(lines)
    for line in told:
        line.rstrip()
    # In one go and folded already: with hundreds of lines that is half of the time.
    terminal.out().print(Text("\n").join(told), soft_wrap=True)


def beside(head: Text, words: str, style: str = "") -> Iterator[Text]:
    """Words beside a head, each further line under the first."""
    indent = head.cell_len
    first, *more = wrapped(words, indent) or [""]
    yield head.append(first, style)
    yield from (Text(" " * indent + line, style) for line in more)


def kept(line: str) -> Iterator[Text]:
    """A line of a document, its indent kept; what does not fit goes further in."""
    indent = " " * (len(line) - len(line.lstrip()) + 2)
    width = max(terminal.out().width - 2, _LEAST)
    folded = textwrap.wrap(line, width, subsequent_indent=indent, break_on_hyphens=False)
    yield from (Text(f"  {one}") for one in folded)


def wrapped(words: str, indent: int) -> list[str]:
    width = max(terminal.out().width - indent, _LEAST)
    return textwrap.wrap(words, width, break_on_hyphens=False)
