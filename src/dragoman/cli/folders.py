"""A workspace folder: read, looked into beside a running service, or opened to change something."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from pathlib import Path

import msgspec

from dragoman import library, wiring
from dragoman.catalog.vendors import Vendor
from dragoman.cli import logs, options
from dragoman.cli.failures import relocated
from dragoman.engine import workspace as workspaces
from dragoman.engine.places import FILE
from dragoman.engine.workspace import Workspace
from dragoman.flows.world import World
from dragoman.kernel.errors import DefinitionError
from dragoman.settings import Settings
from dragoman.store.reading import Reader
from dragoman.web import desks
from dragoman.web.desks import AnyDesk

FLOWS = "flows"


class Folder(msgspec.Struct, frozen=True):
    """A folder whose `dragoman.yaml` is right."""

    path: Path
    settings: Settings
    workspace: Workspace
    world: World
    vendors: dict[str, Vendor]

    @property
    def files(self) -> list[Path]:
        """Its flow files."""
        return sorted((self.path / FLOWS).glob("*.yaml"))


def opened(folder: Path | None) -> Folder:
    """Read a folder; nothing is locked.

    Raises:
        DefinitionError, Problems: its file is not there or wrong.
    """
    path, settings = options.named(folder)
    vendors = wiring.vendors()
    with located(path):
        workspace = workspaces.read(path, vendors)
        entries = library.catalogue(path, settings.cache)
    world = wiring.world(workspace, entries, vendors)
    return Folder(path, settings, workspace, world, vendors)


@contextmanager
def located(path: Path) -> Iterator[None]:
    """Name the files of problems as they are found from the current folder."""
    try:
        yield
    except DefinitionError as error:
        raise relocated(error, path) from None


@asynccontextmanager
async def reader(folder: Path) -> AsyncIterator[Reader]:
    """Look into the database, whether a service runs or not.

    Raises:
        DefinitionError: there is none yet.
    """
    path = wiring.database(folder)
    if not path.exists():
        there = (folder / FILE).exists()
        fix = "`dragoman serve` makes it"
        if not there:
            fix = (
                "go into a workspace folder, or name it: --folder; `dragoman init` makes a new one"
            )
        raise DefinitionError(f"nothing has happened yet: {path} is not there", fix=fix)
    one = Reader(path)
    try:
        yield one
    finally:
        await one.close()


@asynccontextmanager
async def desk(folder: Path, settings: Settings) -> AsyncIterator[AnyDesk]:
    """Where changes are asked for: the running service, or else the folder itself.

    Raises:
        DefinitionError: another command works in the folder at this moment.
    """
    logs.configure("text", "warning")  # the command says itself what it did
    parts = partial(wiring.opened, _whole(folder), settings)
    with located(folder):
        async with desks.opened(folder, parts) as one:
            yield one


def _whole(folder: Path) -> Path:
    """The folder with its whole path, for messages that are read somewhere else."""
    return folder.resolve()
