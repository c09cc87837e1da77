"""Operations, triggers and vendors by the names that people give them."""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from dragoman import library
from dragoman.kernel.errors import DefinitionError

_STYLES = ("bold magenta", "bold blue", "bold cyan", "bold green")


class Naming(msgspec.Struct, frozen=True):
    titles: Mapping[str, str]
    """Of operations and triggers, by their ids."""
    vendors: Mapping[str, str]

    def title(self, name: str) -> str:
        """What an entry is called; its id where nobody knows it any more."""
        return self.titles.get(name, name)

    def vendor(self, name: str) -> tuple[str, str]:
        """The vendor of an entry as people write it, and its style: each stands out in its own."""
        vendor = name.partition(".")[0]
        known = sorted(self.vendors)
        style = _STYLES[known.index(vendor) % len(_STYLES)] if vendor in known else "bold"
        return self.vendors.get(vendor, vendor), style


def of(folder: Path, cache: Path) -> Naming:
    """The names in a workspace; what ships where its own entries are wrong."""
    try:
        entries = library.catalogue(folder, cache)
    except DefinitionError:
        entries = library.catalogue(cache=cache)
    titles = {one.id: one.title for one in entries.operations.values()}
    titles |= {one.id: one.title for one in entries.triggers.values()}
    return Naming(titles, vendors())


def vendors() -> dict[str, str]:
    """The vendors' names, as people write them."""
    return library.titles()
