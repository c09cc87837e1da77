"""Downloads: what is answered goes to a file."""

from pathlib import Path
from typing import Any

import msgspec
from rich.text import Text

from dragoman.catalog.entries import Effect, Operation
from dragoman.cli import folders, terminal
from dragoman.cli.call import accounts, progress
from dragoman.cli.failures import Misuse
from dragoman.cli.folders import Folder as Opened
from dragoman.web import downloads
from dragoman.web.desk import Called
from dragoman.web.desks import AnyDesk
from dragoman.web.downloads import FileSink
from dragoman.web.outcomes import Outcome


def check(operation: Operation, *, listed: bool) -> None:
    """Look whether there is something to save.

    Raises:
        Misuse: there is not.
    """
    if operation.answer == "json" or operation.effect is not Effect.READ or listed:
        raise Misuse(
            f"{operation.id} answers no file",
            fix="leave out --save; what is printed can be piped: … > FILE",
        )


async def saved(
    place: Opened,
    operation: Operation,
    given: dict[str, Any],
    connection: str | None,
    file: Path,
    *,
    force: bool,
) -> Outcome:
    """Fetch a file to disk; where the vendor has none, none is made."""
    name = accounts.name_of(place, operation, connection)
    with progress.of_bytes() as told:
        async with (
            downloads.saved(file, told, force=force) as sink,
            folders.desk(place.path, place.settings) as desk,
        ):
            called = await _fetched(desk, operation, given, connection, sink)
    outcome = Outcome(operation.id, name, output=called.output, trace=called.trace)
    if not sink.begun:
        reason = f"there is nothing to save, and {file} was not made"
        return msgspec.structs.replace(outcome, state="skipped", reason=reason)
    terminal.err().print(Text.assemble("saved as ", (str(file), "name")), soft_wrap=True)
    return outcome


async def _fetched(
    desk: AnyDesk,
    operation: Operation,
    given: dict[str, Any],
    connection: str | None,
    sink: FileSink,
) -> Called:
    if operation.answer == "bytes":
        return await desk.save(operation.id, given, connection, sink)
    called = await desk.call(operation.id, given, connection)
    if text := called.output.get("text"):
        await sink.begin("", None)
        await sink.write(text.encode())
    return called
