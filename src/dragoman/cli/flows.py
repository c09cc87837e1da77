"""`dragoman flows`: check, list, arm and pause."""

import asyncio
from pathlib import Path
from typing import Annotated

import msgspec
from cyclopts import App, Parameter
from rich.text import Text

from dragoman.cli import flowfiles, folders, lines, masking, options, terminal
from dragoman.cli.flowfiles import FlowFile
from dragoman.cli.folders import Folder as Opened
from dragoman.cli.options import Folder, Json
from dragoman.cli.tables import counts, environment, exact, listing, plural, state
from dragoman.kernel.errors import Problems
from dragoman.web import registration
from dragoman.web.desk import Armed
from dragoman.web.doors import webhook_address
from dragoman.web.remote import RemoteDesk
from dragoman.web.states import FlowState, Trouble, flow_states, troubles
from dragoman.wiring import database

app = App(
    name="flows",
    help="The flows: check, list, arm and pause them.",
    help_epilogue="Example: dragoman flows check",
    default_parameter=Parameter(negative=()),
)

Named = Annotated[str, Parameter(help="The name of the flow, or its file.")]


@app.command(help_epilogue="Example: dragoman flows check flows/welcome-new-contact.yaml")
def check(
    *files: Annotated[Path, Parameter(help="Flow files; all in flows/ if none is given.")],
    folder: Folder = None,
    json: Json = False,
) -> None:
    """Say everything that is wrong with flow files, with line, column and the way out."""
    place = folders.opened(folder)
    found = flowfiles.read_all(place, list(files) or place.files)
    problems = [problem for one in found for problem in one.problems]
    if problems:
        raise Problems(problems)
    if json:
        terminal.document([_checked(one) for one in found])
        return
    console = terminal.out()
    if not found:
        console.print(f"There are no flow files in {place.path / folders.FLOWS}.")
    for one in found:
        said = Text.assemble(one.shown, "  ", (one.name, "name"))
        lines.show(lines.beside(Text.assemble(("right", "good"), "  "), said))


@app.command(name="list", help_epilogue="Example: dragoman flows list --json")
def list_(*, folder: Folder = None, json: Json = False) -> None:
    """List the flows: armed or not, changed since or not, and how their runs stand."""
    place = folders.opened(folder)
    found = flowfiles.read_all(place, place.files)
    known, sick = asyncio.run(_states(place.path))
    rows = _merged(found, known)
    if json:
        terminal.document(rows)
        return
    if not rows:
        terminal.out().print(f"There are no flows yet: {place.path / folders.FLOWS} is empty.")
        return
    cells = [
        [Text(row.name, "name"), state(row.state), _file(row), counts(row.runs)] for row in rows
    ]
    terminal.out().print(listing(["flow", "state", "file", "runs"], cells))
    for one in sick:
        terminal.out().print()
        terminal.out().print(Text.assemble(("✗ ", "bad"), "cannot be asked now: ", one.source))
        terminal.out().print(Text.assemble("  ", masking.words(one.why)))
        terminal.out().print(Text("  It is tried again by itself, and nothing is lost.", "quiet"))


@app.command(help_epilogue="Example: dragoman flows arm welcome-new-contact")
def arm(flow: Named, /, *, folder: Folder = None, json: Json = False) -> None:
    """Let a flow begin runs, from now on."""
    place = folders.opened(folder)
    file = flowfiles.find(place, flow)
    if file.problems:
        problems = Problems(file.problems)
        problems.fix = "Nothing was armed."
        raise problems
    armed, served = asyncio.run(_arm(place, file))
    hook = _hook(place, armed)
    if json:
        more = {"state": "armed", "service": served, "webhooks_to": hook or None}
        terminal.document({**msgspec.to_builtins(armed), **more})
        return
    _tell(armed)
    if hook:
        _tell_hook(place, armed, hook)
    if not served:
        console = terminal.out()
        console.print()
        console.print("Nothing runs in this folder yet. Start it with:")
        console.print(Text("  dragoman serve", "way"))


@app.command(help_epilogue="Example: dragoman flows pause welcome-new-contact")
def pause(flow: Named, /, *, folder: Folder = None, json: Json = False) -> None:
    """Let a flow's runs wait, those to come too."""
    path, settings = options.named(folder)

    async def ask() -> msgspec.Struct:
        async with folders.desk(path, settings) as desk:
            return await desk.pause(flow)

    paused = asyncio.run(ask())
    shown = msgspec.to_builtins(paused)
    if json:
        terminal.document({**shown, "state": "paused"})
        return
    console = terminal.out()
    if not shown["changed"]:
        console.print(f"{flow} is paused already.")
        return
    console.print(
        Text.assemble(
            ("Paused ", "warn"),
            (flow, "name"),
            ". Its runs wait, and so do those to come; nothing is lost. They go on after:",
        )
    )
    console.print(Text(f"  dragoman flows arm {flow}", "way"))


async def _arm(place: Opened, file: FlowFile) -> tuple[Armed, bool]:
    async with folders.desk(place.path, place.settings) as desk:
        armed = await desk.arm(file.name, file.text, file.stored)
        return armed, isinstance(desk, RemoteDesk)


def _tell(armed: Armed) -> None:
    console = terminal.out()
    name = Text.assemble((armed.name, "name"), (f" (version {armed.version})", "quiet"))
    if armed.changed:
        console.print(Text.assemble(("Armed ", "good"), name))
    else:
        console.print(Text.assemble(name, " was armed already, this very version."))
    watches = armed.watches
    said = ", ".join(f"{key} {value}" for key, value in watches.settings.items())
    settings = f", {said}" if said else ""
    where = environment(watches.environment)
    console.print()
    console.print(
        Text.assemble("  It watches ", where, f" {watches.connection}: {watches.title}{settings}.")
    )
    if armed.changed and not armed.was:
        console.print("  From now on: what happened earlier begins nothing, those people are")
        console.print("  not touched.")
    if armed.resumed:
        console.print(f"  {plural(armed.resumed, 'run')} that waited: on it goes.")


def _hook(place: Opened, armed: Armed) -> str:
    """Where the vendor must send what the flow watches; nothing where it is asked for it."""
    trigger = place.world.triggers[armed.watches.trigger]
    if trigger.webhook is None or not trigger.webhook.row:
        return ""
    running = registration.find(place.path)
    here = running.address if running is not None else f"http://{place.settings.listen}"
    return webhook_address(place.workspace.public_url or here, trigger.vendor)


def _tell_hook(place: Opened, armed: Armed, hook: str) -> None:
    trigger = place.world.triggers[armed.watches.trigger]
    assert trigger.webhook is not None  # noqa: S101  # only such triggers have an address
    types = " and ".join(trigger.webhook.types)
    title = place.vendors[trigger.vendor].title
    console = terminal.out()
    lines.show(lines.beside(Text("  "), f"Found by webhook: {title} must send {types} to"))
    console.print(Text.assemble("    ", (hook, "way")))
    if not place.workspace.public_url and armed.watches.environment == "live":
        console.print(
            "  That is this machine only: `public_url` in dragoman.yaml is for the address"
        )
        console.print("  that leads here from outside.")


class Row(msgspec.Struct):
    """A flow, as its file and the database know it."""

    name: str
    state: str
    file: str | None
    version: str | None
    """The armed or paused one."""
    on_disk: str | None
    changed: bool
    """Whether the file is another version than the armed one."""
    changed_at: str | None
    problems: int
    runs: dict[str, int]


def _merged(found: list[FlowFile], known: list[FlowState]) -> list[Row]:
    states = {one.name: one for one in known}
    rows = [_row(file, states.pop(file.name, None)) for file in found]
    return rows + [_row(None, one) for one in states.values()]


def _row(file: FlowFile | None, known: FlowState | None) -> Row:
    version = known.version if known else None
    on_disk = file.version if file else None
    return Row(
        name=file.name if file else known.name if known else "",
        state=known.state if known else "not armed",
        file=file.stored if file else None,
        version=version,
        on_disk=on_disk,
        changed=version is not None and file is not None and on_disk != version,
        changed_at=exact(known.changed_at) if known else None,
        problems=len(file.problems) if file else 0,
        runs=known.runs if known else {},
    )


def _file(row: Row) -> Text:
    if row.file is None:
        return Text("gone", "warn")
    if row.problems:
        return Text(f"{plural(row.problems, 'problem')}: check it", "bad")
    return Text("changed since", "warn") if row.changed else Text("as it is", "quiet")


async def _states(folder: Path) -> tuple[list[FlowState], list[Trouble]]:
    """How the flows stand, and what cannot be asked for them at the moment."""
    if not database(folder).exists():
        return [], []
    async with folders.reader(folder) as reader:
        return await flow_states(reader), await troubles(reader)


def _checked(one: FlowFile) -> dict[str, object]:
    return {"file": one.shown, "flow": one.name, "version": one.version, "ok": True}
