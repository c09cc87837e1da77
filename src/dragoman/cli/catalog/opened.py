"""The catalogue of a folder, as the commands look at it."""

from functools import cached_property
from pathlib import Path

from dragoman import library
from dragoman.catalog.catalogue import Catalogue
from dragoman.catalog.documents import Entry, group
from dragoman.catalog.names import did_you_mean
from dragoman.cli import options
from dragoman.engine.places import FILE
from dragoman.kernel.errors import DefinitionError
from dragoman.kernel.jsons import Json

_SHOWN = 80
"""Letters of an unknown id that are repeated."""


class Opened:
    """What ships, and what a workspace folder adds; nothing needs to run there."""

    def __init__(self, folder: Path | None) -> None:
        """Read it.

        Raises:
            DefinitionError: the folder that was named is no workspace, or an entry is wrong.
        """
        path, settings = options.named(folder)
        inside = (path / FILE).exists()
        if folder is not None and not inside:
            raise DefinitionError(
                f"{path / FILE} is not there: this is no workspace folder",
                fix="leave --folder away to see what ships",
            )
        self._folder = path if inside else None
        self._all: Catalogue = library.catalogue(self._folder, settings.cache)

    @property
    def entries(self) -> list[Entry]:
        return [*self._all.operations.values(), *self._all.triggers.values()]

    @cached_property
    def titles(self) -> dict[str, str]:
        """The vendors' names, as people write them."""
        return library.titles()

    def chosen(self, vendor: str, resource: str) -> list[Entry]:
        """The entries of a vendor and a group; nothing means all.

        Raises:
            DefinitionError: there is no such vendor or group.
        """
        vendor, resource = vendor.lower(), resource.lower()
        found = self.entries
        if vendor:
            _known("vendor", vendor, {one.vendor for one in found})
            found = [one for one in found if one.vendor == vendor]
        if resource:
            _known("group", resource, {group(one) for one in found})
            found = [one for one in found if group(one) == resource]
        return found

    def entry(self, name: str) -> Entry:
        """Find one.

        Raises:
            DefinitionError: there is none; the message names the nearest three.
        """
        found = {one.id: one for one in self.entries}
        if name not in found:
            hint = did_you_mean(name, found, 3)
            raise DefinitionError(
                f"there is no operation or trigger {name[:_SHOWN]!r}: {hint}",
                fix="`dragoman catalog search` finds it by words",
            )
        return found[name]

    def example(self, entry: Entry) -> Json:
        """What was recorded of it; null where nothing was."""
        return library.example(entry, self._folder)


def _known(what: str, name: str, known: set[str]) -> None:
    if name not in known:
        raise DefinitionError(f"there is no {what} {name!r}: {did_you_mean(name, known)}")
