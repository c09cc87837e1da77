"""The command: what is asked, through which account, and where the answer goes."""

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import msgspec
from cyclopts import Parameter
from rich.text import Text

from dragoman.catalog.catalogue import Catalogue
from dragoman.catalog.entries import Effect, Operation
from dragoman.cli import folders, terminal
from dragoman.cli.call import arguments
from dragoman.cli.call.outcome import Outcome, await_end
from dragoman.cli.call.preview import Preview, preview
from dragoman.cli.failures import Misuse
from dragoman.cli.folders import Folder as Opened
from dragoman.cli.options import Folder, Json
from dragoman.cli.tables import environment, state
from dragoman.engine.workspace import ConnectionSpec
from dragoman.kernel.clock import SystemClock
from dragoman.kernel.errors import DefinitionError
from dragoman.web.desk import Called
from dragoman.web.remote import RemoteDesk


def call(
    operation: Annotated[str, Parameter(help="As `dragoman catalog list` names it.")],
    /,
    *values: Annotated[
        str,
        Parameter(
            help="Its inputs as name=value; lists and objects as JSON; name=@FILE reads a file."
        ),
    ],
    connection: Annotated[
        str | None, Parameter(help="The connection to ask through; else the default or only one.")
    ] = None,
    dry_run: Annotated[
        bool,
        Parameter(name="--dry-run", show_default=False, help="Show the request; send nothing."),
    ] = False,
    yes: Annotated[
        bool, Parameter(name="--yes", show_default=False, help="Delete without asking.")
    ] = False,
    save: Annotated[
        Path | None, Parameter(help="Write the bytes of a recording or file there.")
    ] = None,
    folder: Folder = None,
    json: Json = False,
) -> int:
    """Make one call through a connection, with all the care of a flow's step."""
    place = folders.opened(folder)
    catalogue = Catalogue(place.world.operations, place.world.triggers)
    asked = catalogue.operation(operation)
    given = arguments.read(asked, values)
    if save is not None and asked.answer != "bytes":
        raise Misuse(f"{operation} answers no file", fix="leave out --save")
    if dry_run:
        _show(_previewed(place, catalogue, asked, given, connection), as_json=json)
        return 0
    if asked.effect is Effect.DELETE and not yes:
        _confirm(place, asked, connection)
    outcome, content = asyncio.run(_made(place, asked, given, connection))
    if save is not None:
        save.write_bytes(content)
    return _tell(place, outcome, as_json=json)


async def _made(
    place: Opened,
    operation: Operation,
    given: dict[str, object],
    connection: str | None,
) -> tuple[Outcome, bytes]:
    async with folders.desk(place.path, place.settings) as desk:
        called = await desk.call(operation.id, given, connection)
        if called.run:
            ending = asyncio.ensure_future(desk.finish(called.run))
            served = isinstance(desk, RemoteDesk)
            outcome = await await_end(
                place.path, called.run, operation.id, SystemClock(), served=served
            )
            await ending
            return outcome, b""
    return _answered(place, operation, called, connection), called.content


def _answered(
    place: Opened, operation: Operation, called: Called, connection: str | None
) -> Outcome:
    name = "" if operation.native else _spec(place, operation, connection).name
    return Outcome(operation.id, name, "done", "", called.output, called.trace)


def _previewed(
    place: Opened,
    catalogue: Catalogue,
    operation: Operation,
    given: dict[str, object],
    connection: str | None,
) -> Preview:
    if operation.native:
        raise Misuse(
            f"{operation.id} is worked out here: there is no request to show",
            fix="leave out --dry-run",
        )
    if not operation.callable:
        raise DefinitionError(f"{operation.id} cannot be called", fix=operation.reason)
    spec = _spec(place, operation, connection)
    return preview(operation, given, spec, place.vendors[operation.vendor], catalogue)


def _spec(place: Opened, operation: Operation, connection: str | None) -> ConnectionSpec:
    """The connection that a call goes through, as the service would choose it."""
    workspace = place.workspace
    ours = {k: v for k, v in workspace.connections.items() if v.vendor == operation.vendor}
    name = connection or workspace.defaults.get(operation.vendor)
    if name is None and len(ours) == 1:
        return next(iter(ours.values()))
    if name is None or name not in ours:
        known = ", ".join(sorted(ours)) or "none yet"
        said = f"{name!r} is no connection" if name else "which connection?"
        raise Misuse(
            f"{said} to {operation.vendor}: there are {known}", fix="name one with --connection"
        )
    return ours[name]


def _confirm(place: Opened, operation: Operation, connection: str | None) -> None:
    spec = _spec(place, operation, connection)
    if not sys.stdin.isatty():
        raise Misuse(f"{operation.id} deletes, and nobody can be asked here", fix="add --yes")
    words = Text.assemble(
        f"{operation.title}, by {spec.name} (", environment(spec.environment), "). Really? [y/N] "
    )
    terminal.err().print(words, end="")
    if input().strip().lower() not in {"y", "yes"}:
        raise Misuse("nothing was done", fix="answer y, or add --yes")


def _show(shown: Preview, *, as_json: bool) -> None:
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


def _tell(place: Opened, outcome: Outcome, *, as_json: bool) -> int:
    fine = outcome.state == "done"
    if as_json:
        terminal.document(msgspec.to_builtins(outcome))
        return 0 if fine else 1
    by = f" by {outcome.connection}" if outcome.connection else ""
    trace = f"  trace {outcome.trace}" if outcome.trace else ""
    line = Text.assemble(state(outcome.state), f"  {outcome.operation}{by}", (trace, "quiet"))
    terminal.err().print(line)
    if outcome.output is not None:
        terminal.document(outcome.output)
    if not fine:
        terminal.err().print(Text(outcome.reason, "bad"))
        terminal.err().print(
            Text(f"→ dragoman runs show {outcome.run} --folder {place.path}", "way"), soft_wrap=True
        )
    return 0 if fine else 1
