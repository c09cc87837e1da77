"""What came of a call, for the eye, for a spreadsheet, or as one JSON document."""

import sys
from pathlib import Path
from typing import Any, Literal

import msgspec
from rich.text import Text

from dragoman.catalog.entries import Operation
from dragoman.cli import terminal
from dragoman.cli.call import rows
from dragoman.cli.call.preview import Preview
from dragoman.cli.tables import plural, state
from dragoman.web.outcomes import Outcome

Form = Literal["json", "csv", "table"]
_FEW = 8
"""Names of columns that are told."""


class Listing(Outcome, frozen=True):
    """What came of asking for pages."""

    pages: int = 0
    """How many were read."""
    total: int | None = None
    """How many items there are, where the vendor says so."""
    whole: bool = True
    """False where a page could not be had; the output is what came before."""


def tell(place: Path, operation: Operation, outcome: Outcome, form: Form, *, as_json: bool) -> int:
    """Tell an outcome; the exit status."""
    fine = outcome.state == "done"
    if as_json:
        terminal.document(msgspec.to_builtins(outcome))
        return 0 if fine else 1
    by = f" by {outcome.connection}" if outcome.connection else ""
    line = Text.assemble(state(outcome.state), f"  {outcome.operation}{by}", _counted(outcome))
    terminal.err().print(line)
    if outcome.output is not None:
        _show_output(operation, outcome, form)
    if not fine:
        terminal.err().print(Text(outcome.reason, "bad"))
        # Of what went well the trace is with `--json`: only a vendor's support can read it.
        if outcome.trace:
            terminal.err().print(Text(f"trace {outcome.trace}", "quiet"))
        if outcome.run:
            way = f"→ dragoman runs show {outcome.run} --folder {place}"
            terminal.err().print(Text(way, "way"), soft_wrap=True)
    return 0 if fine else 1


def show_preview(shown: Preview, *, as_json: bool) -> None:
    """Show a request that was not sent."""
    if as_json:
        terminal.document(msgspec.to_builtins(shown))
        return
    console = terminal.out()
    console.print(Text.assemble((shown.method, "name"), " ", shown.url), soft_wrap=True)
    for name, value in shown.headers.items():
        console.print(Text.assemble((f"{name}: ", "quiet"), value))
    if isinstance(shown.body, str):
        console.print()
        console.print(Text(shown.body))
    elif shown.body is not None:
        console.print()
        terminal.document(shown.body)
    if shown.then:
        console.print(Text(f"Then, by what is answered: {', '.join(shown.then)}", "quiet"))
    terminal.err().print(Text("Nothing was sent.", "quiet"))


def _counted(outcome: Outcome) -> str:
    if not isinstance(outcome, Listing):
        return ""
    of = f" of {outcome.total:,}" if outcome.total is not None else ""
    return f"  {len(outcome.output):,}{of} items, {plural(outcome.pages, 'page')}"


def _show_output(operation: Operation, outcome: Outcome, form: Form) -> None:
    if form == "json":
        terminal.document(outcome.output)
        return
    found = _rows(operation, outcome)
    console = terminal.out()
    if form == "csv":
        sys.stdout.write(rows.as_csv(found, shown=console.is_terminal))
        sys.stdout.flush()
        return
    if not found:
        return
    text, left = rows.as_table(found, console.width)
    console.print(text, soft_wrap=True)
    if left:
        said = ", ".join(left[:_FEW]) + (", …" if len(left) > _FEW else "")
        terminal.err().print(Text(f"Not shown: {said}. --output csv has all.", "quiet"))


def _rows(operation: Operation, outcome: Outcome) -> list[dict[str, Any]]:
    if isinstance(outcome, Listing):
        return rows.plain(outcome.output)
    return rows.of(operation, outcome.output)
