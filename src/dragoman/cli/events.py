"""`dragoman events`: list and show, and the webhooks that they came by."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

from cyclopts import App, Parameter
from rich.text import Text

from dragoman.cli import deliveries as hooks
from dragoman.cli import folders, lines, masking, naming, options, reasons, records, terminal
from dragoman.cli.naming import Naming
from dragoman.cli.options import Folder, Json, Limit, Reveal
from dragoman.cli.summaries import summary
from dragoman.cli.tables import (
    Cells,
    brief,
    day,
    environment,
    exact,
    listing,
    shortened,
    state,
)
from dragoman.engine.deliveries import Delivery
from dragoman.engine.deliveries import State as HookState
from dragoman.engine.deliveries import read as read_delivery
from dragoman.engine.events import Event, Via
from dragoman.engine.events import read as read_event
from dragoman.engine.runs import RunRow
from dragoman.kernel.clock import SystemClock

State = Literal["new", "routed", "skipped", "quarantined"]
_SHORT = 8
_FOUND: dict[Via, str] = {
    "webhook": "the vendor told it (webhook)",
    "poll": "the vendor was asked (poll)",
    "api": "a person or a program asked for it (api)",
    "import": "it was imported",
    "recovered": "it was found again after it had been missed",
}

app = App(
    name="events",
    help="What happened: list and show events, and the webhooks that arrived.",
    help_epilogue="Example: dragoman events list --state skipped",
    default_parameter=Parameter(negative=()),
)


@app.command(
    name="list", help_epilogue="Example: dragoman events list --type acton.contact.added --limit 5"
)
def list_(
    *,
    state: Annotated[State | None, Parameter(help="Only in this state.")] = None,
    kind: Annotated[str, Parameter(name="--type", help="Only of this type.")] = "",
    limit: Limit = 20,
    folder: Folder = None,
    json: Json = False,
) -> None:
    """List events, newest first."""
    path, _ = options.named(folder)
    found = asyncio.run(_list(path, state or "", kind, limit))
    if json:
        terminal.document([_shown(event, reveal=False) for event in found])
    elif found:
        _tell(found)
    else:
        wanted = bool(state or kind)
        terminal.out().print("No event is like that." if wanted else "Nothing has happened yet.")


@app.command(help_epilogue="Example: dragoman events show 5f2c9d1a")
def show(
    event: Annotated[str, Parameter(help="Its id, or the beginning of it.")],
    /,
    *,
    reveal: Reveal = False,
    folder: Folder = None,
    json: Json = False,
) -> None:
    """Show one event, and the runs it began."""
    path, settings = options.named(folder)
    found, runs = asyncio.run(_one(path, event))
    if json:
        terminal.document({**_shown(found, reveal=reveal), "runs": [run.id for run in runs]})
    else:
        lines.show(_lines(found, runs, naming.of(path, settings.cache), reveal=reveal))


@app.command(help_epilogue="Example: dragoman events deliveries --state quarantined")
def deliveries(
    *,
    state: Annotated[HookState | None, Parameter(help="Only in this state.")] = None,
    limit: Limit = 20,
    reveal: Reveal = False,
    folder: Folder = None,
    json: Json = False,
) -> None:
    """List the webhooks that arrived, newest first, and why any was put aside.

    The body of one that was put aside is kept, and shown with --reveal.
    """
    path, _ = options.named(folder)
    found = asyncio.run(_deliveries(path, state or "", limit))
    if json:
        terminal.document([hooks.document(one, reveal=reveal) for one in found])
    elif found:
        terminal.out().print(hooks.table(found, reveal=reveal))
    else:
        wanted = "No webhook is like that." if state else "No webhook has arrived yet."
        terminal.out().print(wanted)


async def _deliveries(path: Path, state: str, limit: int) -> list[Delivery]:
    async with folders.reader(path) as reader:
        rows = await reader.read("deliveries.list", {"state": state, "limit": limit})
    return [read_delivery(row) for row in rows]


async def _list(path: Path, state: str, kind: str, limit: int) -> list[Event]:
    asked = {"state": state, "type": kind, "subject": "", "limit": limit}
    async with folders.reader(path) as reader:
        return [read_event(row) for row in await reader.read("events.list", asked)]


async def _one(path: Path, said: str) -> tuple[Event, list[RunRow]]:
    async with folders.reader(path) as reader:
        found = await records.event(reader, said)
        return found, await records.runs_of(reader, found.id)


def _tell(found: list[Event]) -> None:
    length = shortened([event.id for event in found], _SHORT)
    now = SystemClock().now()
    rows: list[Cells] = [
        [
            event.id[:length],
            Text(brief(event.time, now), "quiet"),
            state(event.state),
            Text(event.type, "name"),
            records.person(event.subject, event.id),
        ]
        for event in found
    ]
    notes = [reasons.of_event(event.reason) for event in found]
    terminal.out().print(listing(["event", "happened", "state", "type", "person"], rows, notes))


def _lines(event: Event, runs: list[RunRow], names: Naming, *, reveal: bool) -> Iterator[Text]:
    yield Text.assemble(
        names.vendor(event.type), "  ", (names.title(event.type), "name"), "  ", state(event.state)
    )
    yield Text(f"{event.type} {event.id}", "quiet")
    account = Text.assemble(environment(event.environment), f" {event.connection}")
    told: list[tuple[str, str | Text]] = [
        ("why", reasons.of_event(event.reason)),
        ("person", records.person(event.subject, event.id)),
        ("account", account),
        ("found", _FOUND[event.via]),
        ("time", f"happened {day(event.time)}, seen {day(event.received_at)}"),
        ("data", ", ".join(summary(event.data, reveal=reveal))),
        *(("run", _run(run)) for run in runs),
    ]
    yield from lines.pairs((name, said) for name, said in told if said)


def _run(run: RunRow) -> Text:
    return Text.assemble((run.flow, "name"), "  ", state(run.state), "  ", (run.id, "quiet"))


def _shown(event: Event, *, reveal: bool) -> dict[str, Any]:
    shown = event.view("")
    del shown["workspace"]
    if not reveal:
        shown["data"] = masking.value(event.data)
    return {
        **shown,
        "state": event.state,
        "reason": event.reason,
        "received_at": exact(event.received_at),
    }
