"""The catalogue as it was last read, kept as JSON: it is decoded far faster than YAML is parsed.

An index is good while every file that it was made from, and the code that made it, have the size
and the times they had then. One that ships is good by the sizes alone: installing changes times.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from dragoman.catalog import catalogue
from dragoman.catalog.catalogue import Catalogue

HERE = Path(__file__).parent
SHIPPED = HERE.parent / "catalogue.json"
"""Made when a wheel is built; a clone has none."""
_TICK = 2_000_000_000
"""Nanoseconds: the longest that the clock of a usual disk stands still."""
Folders = Mapping[str, list[Path]]


class Stamp(msgspec.Struct, frozen=True):
    """What a file was like."""

    path: str
    """From the package where it lies in there, so that it is the same wherever that is."""
    size: int
    time: int = 0
    """Nanoseconds; 0 where times do not count."""
    changed: int = 0
    """The same of its last change of any kind, which nobody can set."""


class Index(msgspec.Struct, frozen=True):
    stamps: list[Stamp]
    catalogue: Catalogue


def load(folders: Folders, cache: Path | None = None, shipped: Path = SHIPPED) -> Catalogue:
    """Read the catalogue: from an index that is still good, else from its files, see `catalogue`.

    `cache` is the folder where an index is kept; without one, nothing is.

    Raises:
        DefinitionError: an entry is wrong; the message names file and entry.
    """
    found = _good(shipped, _sizes(folders))
    if found is not None or cache is None:
        return found or catalogue.load(folders)
    stamps = list(_stamps(folders))
    path = cache / f"catalogue-{_name(folders)}.json"
    found = None if _is_hasty(path, stamps) else _good(path, stamps)
    if found is None:
        found = catalogue.load(folders)
        _keep(path, Index(stamps, found))
    return found


def ship(folders: Folders, path: Path) -> None:
    """Write the index that goes into a wheel."""
    path.write_bytes(msgspec.json.encode(Index(_sizes(folders), catalogue.load(folders))))


def _good(path: Path, stamps: list[Stamp]) -> Catalogue | None:
    """The index, where it was made from such files."""
    try:
        found = msgspec.json.decode(path.read_bytes(), type=Index)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None  # none yet, or one of another version: it is made anew
    return found.catalogue if found.stamps == stamps else None


def _is_hasty(path: Path, stamps: list[Stamp]) -> bool:
    """Whether an index was made so soon after a change that one more may have left no trace.

    A file that is written twice within a tick of its disk's clock has the same times.
    """
    try:
        made = path.stat().st_mtime_ns
    except OSError:
        return False
    return any(abs(made - one.changed) < _TICK for one in stamps)


def _keep(path: Path, index: Index) -> None:
    """Write it whole or not at all; where it cannot be written, it is made again next time."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            half = Path(file.name)
    except OSError:
        return
    try:
        half.write_bytes(msgspec.json.encode(index))
        half.replace(path)
    except OSError:
        half.unlink(missing_ok=True)


def _stamps(folders: Folders) -> Iterator[Stamp]:
    for path in _files(folders):
        try:
            found = path.stat()
        except OSError:  # nothing that could be read: whoever reads it says so
            yield Stamp(_relative(path), -1)
        else:
            yield Stamp(_relative(path), found.st_size, found.st_mtime_ns, found.st_ctime_ns)


def _sizes(folders: Folders) -> list[Stamp]:
    return [msgspec.structs.replace(one, time=0, changed=0) for one in _stamps(folders)]


def _files(folders: Folders) -> Iterable[Path]:
    """Everything that decides what a catalogue is: its data, and the code that reads it."""
    yield from sorted(HERE.glob("*.py"))
    for places in folders.values():
        for place in places:
            types = place / "types.yaml"
            yield from [types] if types.exists() else []
            yield from sorted((place / "operations").glob("*.yaml"))
            yield from sorted((place / "triggers").glob("*.yaml"))


def _relative(path: Path) -> str:
    root = HERE.parent
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else os.fspath(path)


def _name(folders: Folders) -> str:
    """One index for each set of folders."""
    places = [os.fspath(place) for places in folders.values() for place in places]
    return hashlib.sha256("\n".join(places).encode()).hexdigest()[:16]
