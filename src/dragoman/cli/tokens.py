"""`dragoman tokens`: what programs need to use the API."""

import asyncio
from typing import Annotated, Any

from cyclopts import App, Parameter
from cyclopts.validators import Number
from rich.text import Text

from dragoman.cli import folders, terminal
from dragoman.cli.options import Folder, Json
from dragoman.cli.tables import Cells, brief, exact, listing, span, state
from dragoman.engine import scopes as all_scopes
from dragoman.engine.tokens import Issued, Token, read
from dragoman.kernel.clock import Millis, SystemClock
from dragoman.wiring import database

app = App(
    name="tokens",
    help="Tokens for programs that use the API: add, list, revoke.",
    help_epilogue="Example: dragoman tokens list",
    default_parameter=Parameter(negative=()),
)

_Name = Annotated[str, Parameter(help="What you call it: small letters, digits, - and _.")]


@app.command(
    help_epilogue="Example: dragoman tokens add reports highlevel.contacts:read acton.*:read"
)
def add(
    name: _Name,
    /,
    *scopes: Annotated[
        str,
        Parameter(
            help="What it may do: a group and read, write or delete, such as "
            "highlevel.messages:write, acton.*:read, *:delete; or flows:read, flows:write, "
            "runs:read."
        ),
    ],
    days: Annotated[
        int | None,
        Parameter(
            validator=Number(gte=1, lte=3650), help="How long it lives; else until it is revoked."
        ),
    ] = None,
    folder: Folder = None,
    json: Json = False,
) -> None:
    """Make a token. It is shown this once, and only a hash of it is kept.

    It may do what its scopes say and nothing else; none includes another.
    """
    place = folders.opened(folder)
    all_scopes.chosen(scopes, place.world.operations)  # what is wrong is said before all else
    issued = asyncio.run(_add(place, name, list(scopes), days))
    if json:
        terminal.document(
            {
                "name": issued.name,
                "token": issued.token,
                "scopes": list(issued.scopes),
                "expires_at": exact(issued.expires_at),
            }
        )
        return
    console = terminal.err()
    console.print(
        Text.assemble(("Made ", "good"), (issued.name, "name"), ". It may ", _may(issued))
    )
    console.print(Text("Keep it now: it is not shown again.", "quiet"))
    terminal.out().print(Text(issued.token), soft_wrap=True)


@app.command(name="list", help_epilogue="Example: dragoman tokens list")
def list_(*, folder: Folder = None, json: Json = False) -> None:
    """List the tokens: what each may do, and when it was used last."""
    place = folders.opened(folder)
    found = asyncio.run(_list(place))
    now = SystemClock().now()
    if json:
        terminal.document([_listed(one, now) for one in found])
        return
    if not found:
        terminal.out().print("There are no tokens. One that may read everything:")
        terminal.out().print(Text("  dragoman tokens add reports '*:read'", "way"))
        return
    rows: list[Cells] = [
        [Text(one.name, "name"), state(one.state(now)), _used(one, now), _ends(one, now)]
        for one in found
    ]
    notes = [all_scopes.text(one.scopes) for one in found]
    terminal.out().print(listing(["name", "state", "used", "ends"], rows, notes))


@app.command(help_epilogue="Example: dragoman tokens revoke reports")
def revoke(name: _Name, /, *, folder: Folder = None, json: Json = False) -> None:
    """Let a token hold good no more, at once."""
    asyncio.run(_revoke(folders.opened(folder), name))
    if json:
        terminal.document({"token": name, "state": "revoked"})
        return
    terminal.out().print(Text.assemble(("Revoked ", "good"), (name, "name"), "."))


async def _add(place: folders.Folder, name: str, scopes: list[str], days: int | None) -> Issued:
    async with folders.desk(place.path, place.settings) as desk:
        return await desk.add_token(name, scopes, days)


async def _revoke(place: folders.Folder, name: str) -> None:
    async with folders.desk(place.path, place.settings) as desk:
        await desk.revoke_token(name)


async def _list(place: folders.Folder) -> list[Token]:
    if not database(place.path).exists():
        return []
    async with folders.reader(place.path) as reader:
        return [read(row) for row in await reader.read("tokens.all")]


def _listed(one: Token, now: Millis) -> dict[str, Any]:
    return {
        "name": one.name,
        "state": one.state(now),
        "scopes": [str(scope) for scope in one.scopes],
        "created_at": exact(one.created_at),
        "expires_at": exact(one.expires_at),
        "used_at": exact(one.used_at),
        "revoked_at": exact(one.revoked_at),
    }


def _may(issued: Issued) -> str:
    return ", ".join(issued.scopes)


def _used(one: Token, now: Millis) -> Text:
    return Text("never" if one.used_at is None else brief(one.used_at, now), "quiet")


def _ends(one: Token, now: Millis) -> Text:
    if one.revoked_at is not None or one.expires_at is None:
        return Text("", "quiet")
    left = one.expires_at - now
    return Text(f"in {span(left)}" if left > 0 else "", "quiet")
