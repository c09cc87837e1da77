"""`dragoman sentiment`: how a text is meant, or one verdict a line."""

import sys
from pathlib import Path
from typing import Annotated, Any, BinaryIO

from cyclopts import Parameter
from rich.table import Table
from rich.text import Text

from dragoman.cli import failures, terminal
from dragoman.cli.tables import listing
from dragoman.kernel import jsons
from dragoman.kernel.errors import BadInput, DefinitionError, DragomanError, Where
from dragoman.sentiment import LONGEST, Evidence, Verdict, judge, score, shapes

_STDIN = "-"
_STYLES = {"negative": "bad", "neutral": "quiet", "positive": "good", "unknown": "warn"}
_BAR = 24
"""Columns of a certainty."""
_LONG = 240
"""Characters of a sentence that are shown."""
_UNREAD = "This engine reads English. The text is in another language, or there is none."


def sentiment(
    file: Annotated[
        str, Parameter(help="A text file; - is standard input.", allow_leading_hyphen=True)
    ],
    /,
    *,
    json: Annotated[
        bool,
        Parameter(
            name="--json",
            show_default=False,
            help='Read JSON lines, {"text" or "turns", "lang"}; print one verdict a line.',
        ),
    ] = False,
) -> int:
    """Say how a text is meant, how sure that is, and which sentences decided it.

    The whole file is one text. With `--json` each line is one text or one transcript.
    """
    with _opened(file) as stream:
        if json:
            return _lines(file, stream)
        # A character has four bytes at most, and a mark at the start three.
        content = stream.read(4 * LONGEST + 4)
    given = {"text": content.decode("utf-8-sig", "replace")}
    _show(judge(shapes.read(given)))
    return 0


def _opened(file: str) -> BinaryIO:
    if file == _STDIN:
        return sys.stdin.buffer
    try:
        return Path(file).open("rb")
    except OSError as error:
        raise DefinitionError(
            f"{file} cannot be read: {error.strerror or error}",
            fix="give the path of a text file, or - for standard input",
        ) from None


def _lines(file: str, stream: BinaryIO) -> int:
    """One line out for each line in, in their order; a bad one stops no other."""
    status = 0
    for number, line in enumerate(stream, start=1):
        if not line.strip():
            continue
        try:
            answer: Any = score(_read(line))
        except DragomanError as error:
            error.where = Where("standard input" if file == _STDIN else file, number, 1)
            answer, status = failures.document(error), 1
        sys.stdout.write(jsons.text(answer) + "\n")
        sys.stdout.flush()
    return status


def _read(line: bytes) -> Any:
    try:
        return jsons.decode(line)
    except jsons.Unreadable:
        raise BadInput(
            "this line is no JSON", fix='give one document a line, such as {"text": "Thank you!"}'
        ) from None


def _show(verdict: Verdict) -> None:
    console = terminal.out()
    label = Text(verdict.label, _STYLES[verdict.label])
    if verdict.label == "unknown":
        console.print(label)
        console.print(Text(_UNREAD, "quiet"))
        return
    console.print(Text.assemble(label, f"  {verdict.score:+.2f}"))
    console.print()
    chances = [(name, getattr(verdict.p, name)) for name in verdict.p.__struct_fields__]
    console.print(listing(["", "", ""], [_bar(name, chance) for name, chance in chances]))
    if verdict.topics:
        console.print()
        console.print(Text.assemble(("about  ", "quiet"), ", ".join(verdict.topics)))
    if verdict.evidence:
        console.print()
        console.print(Text("what moved it most", "quiet"))
        console.print(_pieces(verdict.evidence))


def _bar(name: str, chance: float) -> list[str | Text]:
    full = round(chance * _BAR)
    mark, rest = "█░" if terminal.out().encoding.lower().startswith("utf") else "#."
    bar = Text.assemble((mark * full, _STYLES[name]), (rest * (_BAR - full), "quiet"))
    return [name, bar, f"{chance:4.0%}"]


def _pieces(evidence: list[Evidence]) -> Table:
    """A sentence a row, folded at the edge, without what would move the cursor."""
    table = Table.grid(padding=(0, 2))
    for one in evidence:
        words = "".join(char if char.isprintable() else " " for char in one.text)
        shown = words if len(words) <= _LONG else words[:_LONG] + "…"
        table.add_row("", Text(f"{one.score:+.2f}", "good" if one.score > 0 else "bad"), shown)
    return table
