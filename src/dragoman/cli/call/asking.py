"""The command: what is asked, through which account, and where the answer goes."""

import asyncio
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from cyclopts.validators import Number

from dragoman.catalog.catalogue import Catalogue
from dragoman.catalog.entries import Effect, Operation
from dragoman.cli import folders
from dragoman.cli.call import accounts, arguments, paging, saving, telling
from dragoman.cli.call.outcome import await_end
from dragoman.cli.call.preview import Preview, preview
from dragoman.cli.call.telling import Form
from dragoman.cli.failures import Misuse
from dragoman.cli.folders import Folder as Opened
from dragoman.cli.options import Folder, Json
from dragoman.kernel.clock import SystemClock
from dragoman.kernel.errors import DefinitionError
from dragoman.web.outcomes import Outcome


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
    every: Annotated[
        bool, Parameter(name="--all", show_default=False, help="Read all pages of a list.")
    ] = False,
    page: Annotated[
        int | None,
        Parameter(validator=Number(gte=1), help="Read this page of a list, counted from 1."),
    ] = None,
    output: Annotated[
        Form, Parameter(help="How what was answered is printed; csv and table print rows.")
    ] = "json",
    dry_run: Annotated[
        bool,
        Parameter(name="--dry-run", show_default=False, help="Show the request; send nothing."),
    ] = False,
    yes: Annotated[
        bool, Parameter(name="--yes", show_default=False, help="Delete without asking.")
    ] = False,
    save: Annotated[
        Path | None, Parameter(help="Write the recording or file that is answered there.")
    ] = None,
    force: Annotated[
        bool, Parameter(name="--force", show_default=False, help="Replace the file of --save.")
    ] = False,
    folder: Folder = None,
    json: Json = False,
) -> int:
    """Make one call through a connection, with all the care of a flow's step."""
    place = folders.opened(folder)
    catalogue = Catalogue(place.world.operations, place.world.triggers)
    asked = catalogue.operation(operation)
    given = arguments.read(asked, values)
    listed = every or page is not None
    if listed:
        paging.check(asked, every=every, page=page)
    if save is not None:
        saving.check(asked, listed=listed)
    if json and output != "json":
        raise Misuse("--json is a form of its own", fix=f"leave out --json, or --output {output}")
    if dry_run:
        telling.show_preview(_previewed(place, catalogue, asked, given, connection), as_json=json)
        return 0
    if asked.effect is Effect.DELETE and not yes:
        accounts.confirm(place, asked, connection)
    if save is not None:
        work = saving.saved(place, asked, given, connection, save, force=force)
    elif listed:
        work = paging.listed(place, asked, given, connection, page)
    else:
        work = _made(place, asked, given, connection)
    return telling.tell(place.path, asked, asyncio.run(work), output, as_json=json)


async def _made(
    place: Opened,
    operation: Operation,
    given: dict[str, object],
    connection: str | None,
) -> Outcome:
    async with folders.desk(place.path, place.settings) as desk:
        called = await desk.call(operation.id, given, connection)
        if called.run:
            return await await_end(place.path, desk, called.run, SystemClock())
    name = accounts.name_of(place, operation, connection)
    return Outcome(operation.id, name, output=called.output, trace=called.trace)


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
    spec = accounts.chosen(place, operation, connection)
    return preview(operation, given, spec, place.vendors[operation.vendor], catalogue)
