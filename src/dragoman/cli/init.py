"""`dragoman init`: a workspace folder that teaches, and the master key."""

import asyncio
import re
from pathlib import Path
from string import Template
from typing import Annotated

from cyclopts import Parameter
from rich.text import Text

from dragoman.cli import pretended, terminal
from dragoman.cli.failures import Misuse
from dragoman.cli.folders import FLOWS
from dragoman.cli.options import Json
from dragoman.cli.pretended import Accounts
from dragoman.engine.places import FILE
from dragoman.kernel.chance import SystemChance
from dragoman.kernel.errors import DefinitionError
from dragoman.settings import Settings
from dragoman.settings import read as read_settings
from dragoman.simulator.simulators import CONTROL_PORT
from dragoman.vault import keyfile
from dragoman.wiring import DATA

_SHIPPED = Path(__file__).parent.parent / "recipes"
_TEMPLATE = Path(__file__).parent / "templates" / FILE
_PLACE = re.compile(r"[\w.-]+:\d+", re.ASCII)
"""HOST:PORT without its scheme."""
_KEYS = re.compile(r"(base_url: \S+ # dragoman simulate\n\s+webhook_keys: \[)[\w+/=]+(\])")
"""As the template has them, of a pretended account."""
_OFFICE = '{zone: America/New_York, mon-fri: "09:00-17:00"}'
CONTROL = f"http://127.0.0.1:{CONTROL_PORT}"


def init(
    folder: Annotated[
        Path | None, Parameter(help="Where to make it; the current folder if not given.")
    ] = None,
    /,
    *,
    simulator: Annotated[
        list[str] | None,
        Parameter(
            consume_multiple=(0, 2),
            help=f"Use the vendors that `dragoman simulate` pretends, at this address ({CONTROL}).",
        ),
    ] = None,
    json: Json = False,
) -> None:
    """Make a workspace folder: its file, flows to begin with, and the master key."""
    folder, control = _sorted_out(folder, simulator)
    settings = read_settings()
    path = folder or Path()
    done = asyncio.run(_make(path, settings, control))
    if json:
        terminal.document(done)
    else:
        _tell(path, done, simulated=control is not None)


def _sorted_out(folder: Path | None, simulator: list[str] | None) -> tuple[Path | None, str | None]:
    """`--simulator` may have an address or not, and the folder may follow it."""
    if simulator is None:
        return folder, None
    said = [f"http://{one}" if _PLACE.fullmatch(one) else one for one in simulator]
    addresses = [one for one in said if "://" in one]
    folders = [Path(one) for one in said if "://" not in one]
    if folder is not None:
        folders.append(folder)
    if len(folders) > 1 or len(addresses) > 1:
        raise Misuse("init takes one folder and one address", fix="`dragoman init --help`")
    return (folders[0] if folders else None), (addresses[0].rstrip("/") if addresses else CONTROL)


async def _make(folder: Path, settings: Settings, control: str | None) -> dict[str, object]:
    # Asked first: without it nothing is begun, and the same command works later.
    accounts = await pretended.accounts(control) if control is not None else None
    written, kept = init_files(folder, accounts)
    renewed = accounts is not None and _renewed(folder / FILE, accounts.webhook_key)
    made = keyfile.create(settings.master_key, SystemChance())
    sealed: list[str] = []
    if accounts is not None:
        sealed = await pretended.connect(folder, settings, accounts)
        await pretended.subscribe(accounts, settings.listen)
    return {
        "folder": str(folder),
        "written": written,
        "kept": kept,
        "webhook_key_renewed": renewed,
        "master_key": str(settings.master_key),
        "master_key_made": made,
        "connected": sealed,
    }


def init_files(folder: Path, accounts: Accounts | None) -> tuple[list[str], list[str]]:
    contents = {
        FILE: _workspace(folder, accounts),
        **{f"{FLOWS}/{one.name}": one.read_text() for one in sorted(_SHIPPED.glob("*.yaml"))},
        ".gitignore": f"# Sealed credentials, the database, the running service.\n{DATA}/\n",
    }
    written: list[str] = []
    kept: list[str] = []
    for name, content in contents.items():
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DefinitionError(
                f"{path.parent} cannot be made: {error.strerror}", fix="name another folder"
            ) from None
        try:
            with path.open("x") as file:
                file.write(content)
            written.append(name)
        except FileExistsError:
            (written if _guarded(path) else kept).append(name)
    return written, kept


def _renewed(path: Path, key: str) -> bool:
    """Put the simulator's present key, which is another at each of its starts, where its last one
    stands; whether that changed anything.
    """
    text = path.read_text()
    fresh = _KEYS.sub(rf"\g<1>{key}\g<2>", text, count=1)
    path.write_text(fresh)
    return fresh != text


def _guarded(path: Path) -> bool:
    """Let a `.gitignore` that is there keep the database out, too; whether it did not yet."""
    lines = path.read_text().splitlines() if path.name == ".gitignore" else [f"{DATA}/"]
    if {f"{DATA}/", DATA, f"/{DATA}/"} & {line.strip() for line in lines}:
        return False
    with path.open("a") as file:
        file.write(f"\n# Sealed credentials, the database, the running service.\n{DATA}/\n")
    return True


def _workspace(folder: Path, accounts: Accounts | None) -> str:
    values = {
        "workspace": _name(folder),
        "hours": _OFFICE,
        "environment": "sandbox",
        "location_id": "your-location-id",
        "account_id": "your-account-id",
        "list_id": "l-0042",
        "user_id": "your-user-id",
        "workflow_id": "your-workflow-id",
        "highlevel_base_url": "",
        "webhook_keys": "",
        "acton_base_url": "",
    }
    if accounts is not None:
        pretended_ones = {
            "hours": "always",
            "location_id": accounts.location_id,
            "account_id": f'"{accounts.account_id}"',
            "list_id": accounts.list_id,
            "user_id": accounts.user_id,
            "workflow_id": accounts.workflow_id,
            "highlevel_base_url": f"\n    base_url: {accounts.highlevel} # dragoman simulate",
            "webhook_keys": f"\n    webhook_keys: [{accounts.webhook_key}]",
            "acton_base_url": f"\n    base_url: {accounts.acton}",
        }
        values |= pretended_ones
    return Template(_TEMPLATE.read_text()).substitute(values)


def _name(folder: Path) -> str:
    """The folder's name, as a workspace may be called."""
    said = re.sub(r"[^a-z0-9_-]+", "-", folder.resolve().name.lower()).strip("-")
    return said if said[:1].isalpha() else f"workspace-{said}".strip("-")


def _tell(folder: Path, done: dict[str, object], *, simulated: bool) -> None:
    console = terminal.out()
    console.print(Text.assemble("A workspace in ", (str(folder.resolve()), "name")))
    console.print()
    for word, style in (("written", "good"), ("kept", "quiet")):
        for name in _names(done[word]):
            console.print(Text.assemble("  ", (f"{word:<10}", style), name))
    if done["webhook_key_renewed"]:
        console.print(Text.assemble("  ", ("renewed   ", "good"), "webhook_keys in ", FILE))
    for name in _names(done["connected"]):
        console.print(Text.assemble("  ", ("connected ", "good"), f"{name} (pretended)"))
    console.print()
    _tell_key(str(done["master_key"]), made=bool(done["master_key_made"]))
    console.print("Next:")
    for command, why in _next(folder, simulated=simulated):
        console.print(Text.assemble("  ", (f"{command:<42}", "way"), "  ", (why, "quiet")))


def _tell_key(path: str, *, made: bool) -> None:
    console = terminal.out()
    if made:
        console.print(Text.assemble("The master key was made: ", (path, "name")))
        console.print("Back it up: without it, no stored credentials can be opened.")
    else:
        console.print(Text.assemble("The master key is there: ", (path, "name")))
    console.print()


def _next(folder: Path, *, simulated: bool) -> list[tuple[str, str]]:
    steps = [] if folder.resolve() == Path.cwd() else [(f"cd {folder}", "")]
    if not simulated:
        steps += [
            (f"edit {FILE}", "say which accounts"),
            ("dragoman connections add main", "their credentials"),
            ("dragoman connections add marketing", ""),
        ]
    return [
        *steps,
        ("dragoman flows check", "is everything right?"),
        ("dragoman serve" + (" --poll-every 2" if simulated else ""), "leave it running"),
        ("dragoman flows arm welcome-new-contact", "in another terminal"),
    ]


def _names(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []
