"""`dragoman connections`: list the accounts, and give them credentials."""

import asyncio
import getpass
import sys
from typing import Annotated, Any, Literal

import msgspec
from cyclopts import App, Parameter
from rich.text import Text

from dragoman.catalog.names import did_you_mean
from dragoman.cli import folders, terminal
from dragoman.cli.failures import Misuse
from dragoman.cli.folders import Folder as Opened
from dragoman.cli.options import Folder, Json
from dragoman.cli.tables import Cells, environment, exact, listing, span, state
from dragoman.engine.workspace import ConnectionSpec
from dragoman.kernel import jsons
from dragoman.kernel.clock import DAY, SystemClock
from dragoman.kernel.errors import DefinitionError
from dragoman.web import desk as desks
from dragoman.web.desk import Given
from dragoman.wiring import database

app = App(
    name="connections",
    help="The accounts: list them, give them credentials.",
    help_epilogue="Example: dragoman connections list",
    default_parameter=Parameter(negative=()),
)

_QUESTIONS = {
    "oauth": (
        ("client_id", "Client id"),
        ("client_secret", "Client secret"),
        ("refresh_token", "Refresh token"),
        ("access_token", "Access token (Enter if you have none)"),
    ),
    "pit": (("access_token", "Private Integration Token"),),
}


@app.command(name="list", help_epilogue="Example: dragoman connections list")
def list_(*, folder: Folder = None, json: Json = False) -> None:
    """List the accounts: whether they are connected, and how often they were called today."""
    place = folders.opened(folder)
    rows = asyncio.run(_rows(place))
    if json:
        terminal.document(rows)
        return
    if not rows:
        terminal.out().print(f"There are no connections in {place.path / 'dragoman.yaml'} yet.")
        return
    cells: list[Cells] = [
        [
            environment(row.environment),
            Text(row.name, "name"),
            place.vendors[row.vendor].title,
            state(row.state),
            _ends(row),
        ]
        for row in rows
    ]
    notes = [
        f"account {row.account}, {row.calls_today:,} of {row.daily_limit:,} calls today"
        for row in rows
    ]
    headings = ["for", "name", "vendor", "state", "token ends"]
    terminal.out().print(listing(headings, cells, notes))
    for row in rows:
        if row.state in ("no credentials", "needs-reauthorization"):
            why = f" ({row.reason})" if row.reason else ""
            terminal.out().print()
            terminal.out().print(f"{row.name} cannot be called{why}:")
            terminal.out().print(Text(f"  dragoman connections add {row.name}", "way"))


@app.command(help_epilogue="Example: dragoman connections add main --stdin < credentials.json")
def add(
    name: Annotated[str, Parameter(help="A connection of dragoman.yaml.")],
    /,
    *,
    kind: Annotated[
        Literal["oauth", "pit"] | None,
        Parameter(help="oauth, or pit: a Private Integration Token of HighLevel."),
    ] = None,
    stdin: Annotated[
        bool,
        Parameter(
            show_default=False,
            help="Read JSON: client_id, client_secret, refresh_token, access_token, expires_in.",
        ),
    ] = False,
    folder: Folder = None,
    json: Json = False,
) -> None:
    """Give an account its credentials; they are sealed, and never shown again.

    Without --stdin they are asked for, and not echoed.
    """
    place = folders.opened(folder)
    spec = _spec(place, name)
    given = _from_stdin(kind) if stdin else _asked(kind or "oauth")
    desks.check(given, spec.vendor)
    asyncio.run(_store(place, name, given))
    if json:
        terminal.document({"connection": name, "state": "connected"})
        return
    console = terminal.out()
    console.print(Text.assemble(("Connected ", "good"), (name, "name"), ": sealed, and stored."))


class Row(msgspec.Struct):
    name: str
    vendor: str
    environment: str
    account: str
    state: str
    reason: str
    expires_at: str | None
    expires_in: float | None
    """Seconds."""
    calls_today: int
    daily_limit: int
    base_url: str


async def _rows(place: Opened) -> list[Row]:
    stored: dict[str, Any] = {}
    used: dict[str, int] = {}
    now = SystemClock().now()
    if database(place.path).exists():
        async with folders.reader(place.path) as reader:
            stored = {row[0]: row[3:6] for row in await reader.read("credentials.all")}
            for name, start, calls in await reader.read("usage.get"):
                used[name] = calls if start is not None and now < start + DAY else 0
    return [
        _row(spec, stored.get(spec.name), used.get(spec.name, 0), now)
        for spec in place.workspace.connections.values()
    ]


def _row(spec: ConnectionSpec, stored: Any, calls: int, now: int) -> Row:
    state, expires, reason = stored or ("no credentials", 0, "")
    return Row(
        name=spec.name,
        vendor=spec.vendor,
        environment=spec.environment,
        account=next(iter(spec.facts.values()), ""),
        state=state,
        reason=reason,
        expires_at=exact(expires) if expires else None,
        expires_in=(expires - now) / 1000 if expires else None,
        calls_today=calls,
        daily_limit=spec.limits.daily,
        base_url=spec.base_url,
    )


def _ends(row: Row) -> Text:
    if row.state == "no credentials":
        return Text("")
    if row.expires_in is None:
        return Text("never", "quiet")
    if row.expires_in <= 0:
        return Text("at the next call", "quiet")
    return Text(f"in {span(round(row.expires_in * 1000))}", "quiet")


def _spec(place: Opened, name: str) -> ConnectionSpec:
    known = place.workspace.connections
    if name not in known:
        hint = did_you_mean(name, known)
        raise DefinitionError(f"there is no connection {name!r} in dragoman.yaml", fix=hint)
    return known[name]


def _from_stdin(kind: str | None) -> Given:
    try:
        given: Given = jsons.decode_as(sys.stdin.buffer.read(), Given)
    except jsons.Unreadable:
        # What was read is not repeated: it holds secrets.
        raise DefinitionError(
            "standard input holds no credentials that can be read",
            fix='as in {"client_id": …, "client_secret": …, "refresh_token": …}',
        ) from None
    return given if kind is None else msgspec.structs.replace(given, kind=kind)


def _asked(kind: str) -> Given:
    if not sys.stdin.isatty():
        raise Misuse("nobody is there to ask", fix="give the credentials as JSON with --stdin")
    said = {name: getpass.getpass(f"{words}: ").strip() for name, words in _QUESTIONS[kind]}
    return msgspec.convert({"kind": kind, **said}, Given)


async def _store(place: Opened, name: str, given: Given) -> None:
    async with folders.desk(place.path, place.settings) as desk:
        await desk.connect(name, given)
