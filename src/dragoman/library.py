"""Where the entries of the catalogue lie: those that ship, and those that a workspace brings.

Apart from `wiring`, so that a command that only looks things up need not wait for the engine.
"""

from pathlib import Path

from dragoman.catalog import index
from dragoman.catalog.catalogue import Catalogue
from dragoman.catalog.documents import Entry
from dragoman.catalog.entries import OWN
from dragoman.engine.entries import FOLDER
from dragoman.kernel import jsons
from dragoman.kernel.jsons import Json
from dragoman.vendors import registry


def folders() -> dict[str, Path]:
    """Where the entries that ship lie, by vendor; ours count as one."""
    return {**registry.folders(), OWN: FOLDER}


def catalogue(folder: Path | None = None, cache: Path | None = None) -> Catalogue:
    """All entries that ship, and those that a workspace brings under `catalog/VENDOR/`.

    `cache` is where their index is kept; without one, every file is read.

    Raises:
        DefinitionError: an entry is wrong; the message names file and entry.
    """
    places = {name: [path] for name, path in folders().items()}
    for name, paths in places.items():
        if folder is not None and (folder / "catalog" / name).is_dir():
            paths.append(folder / "catalog" / name)
    return index.load(places, cache)


def ship(path: Path) -> None:
    """Write the index that goes into a wheel."""
    index.ship({name: [folder] for name, folder in folders().items()}, path)


def example(entry: Entry, folder: Path | None = None) -> Json:
    """What was recorded of an entry; null where nothing was."""
    own = [folder / "catalog" / entry.vendor] if folder is not None else []
    for place in [*own, folders()[entry.vendor]]:
        path = place / "examples" / entry.example
        if entry.example and path.is_file():
            return jsons.decode(path.read_bytes())
    return None


def titles() -> dict[str, str]:
    """The vendors' names, as people write them."""
    return {OWN: "Dragoman", **registry.titles()}
