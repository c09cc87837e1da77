"""Lines as wide as the terminal: what does not fit beside a name goes on under it."""

import textwrap
from collections.abc import Iterable, Iterator

from rich.text import Text

from dragoman.cli import terminal

_LEAST = 20
"""Columns below which words are not squeezed further."""
_UNDER = 4
"""Where words begin that have no room beside their head."""


def show(lines: Iterable[Text]) -> None:
    """Print lines, none of which ends in spaces."""
    told = list(lines)
    for line in told:
        line.rstrip()
    # In one go and folded already: with hundreds of lines that is half of the time.
    terminal.out().print(Text("\n").join(told), soft_wrap=True)


def beside(head: Text, said: str | Text, style: str = "") -> Iterator[Text]:
    """Words beside a head, each further line under the first; where that is too narrow, below."""
    indent, room = head.cell_len, terminal.out().width
    body = said if isinstance(said, Text) else Text(said, style)
    if indent > _UNDER and room - indent < _LEAST and body.cell_len > room - indent:
        yield head
        head, indent = Text(" " * _UNDER), _UNDER
    folded = list(body.wrap(terminal.out(), max(room - indent, _LEAST))) or [Text()]
    yield head.append_text(folded[0])
    yield from (Text(" " * indent).append_text(line) for line in folded[1:])


def pairs(told: Iterable[tuple[str, str | Text]]) -> Iterator[Text]:
    """Names and values, one pair a line; long values go on beside their names."""
    rows = list(told)
    names = max((len(name) for name, _ in rows), default=0)
    for name, value in rows:
        yield from beside(Text.assemble("  ", (name.ljust(names), "quiet"), "  "), value)


def kept(line: str) -> Iterator[Text]:
    """A line of a document, its indent kept; what does not fit goes further in."""
    indent = " " * (len(line) - len(line.lstrip()) + 2)
    width = max(terminal.out().width - 2, _LEAST)
    folded = textwrap.wrap(line, width, subsequent_indent=indent, break_on_hyphens=False)
    yield from (Text(f"  {one}") for one in folded or [""])
