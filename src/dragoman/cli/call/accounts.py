"""The connection that a call goes through, and whether the person really means it."""

import sys

from rich.text import Text

from dragoman.catalog.entries import Operation
from dragoman.cli import terminal
from dragoman.cli.failures import Misuse
from dragoman.cli.folders import Folder as Opened
from dragoman.cli.tables import environment
from dragoman.engine.workspace import ConnectionSpec


def chosen(place: Opened, operation: Operation, connection: str | None) -> ConnectionSpec:
    """The connection that a call goes through, as the service would choose it.

    Raises:
        Misuse: there is none, or one of several must be named.
    """
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


def name_of(place: Opened, operation: Operation, connection: str | None) -> str:
    """Its name; nothing where the operation needs no account."""
    return "" if operation.native else chosen(place, operation, connection).name


def confirm(place: Opened, operation: Operation, connection: str | None) -> None:
    """Ask on the terminal before something is deleted.

    Raises:
        Misuse: nobody is there to ask, or the answer is not yes.
    """
    spec = chosen(place, operation, connection)
    if not sys.stdin.isatty():
        raise Misuse(f"{operation.id} deletes, and nobody can be asked here", fix="add --yes")
    words = Text.assemble(
        f"{operation.title}, by {spec.name} (", environment(spec.environment), "). Really? [y/N] "
    )
    terminal.err().print(words, end="")
    if input().strip().lower() not in {"y", "yes"}:
        raise Misuse("nothing was done", fix="answer y, or add --yes")
