"""What the README says in figures of the catalogue: a table between two marks."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from dragoman import library
from dragoman.catalog.documents import Entry
from dragoman.catalog.entries import Operation, Trigger
from tools.pages import markdown

README = Path(__file__).parents[2] / "README.md"
BEGIN = "<!-- entries: written by `python -m tools.reference` -->\n"
END = "<!-- end of entries -->"
_HEADS = (
    *("", "operations", "of first class", "that cannot be called"),
    *("triggers", "that cannot begin a flow yet"),
)


def pages() -> dict[str, str]:
    """The README with the table as the catalogue counts today."""
    head, rest = README.read_text().split(BEGIN)
    _, tail = rest.split(END)
    return {"README.md": f"{head}{BEGIN}{markdown.table(_HEADS, _rows())}\n{END}{tail}"}


def _rows() -> Iterator[tuple[str, ...]]:
    """A row a vendor, the largest first, and one of all."""
    catalogue = library.catalogue()
    every: list[Entry] = [*catalogue.operations.values(), *catalogue.triggers.values()]
    sizes = Counter(one.vendor for one in every)
    for name, _ in sizes.most_common():
        link = f"[{library.titles()[name]}](docs/reference/{name}.md)"
        yield link, *_counts(one for one in every if one.vendor == name)
    yield "all", *_counts(every)


def _counts(entries: Iterable[Entry]) -> list[str]:
    found = list(entries)
    operations = [one for one in found if isinstance(one, Operation)]
    triggers = [one for one in found if isinstance(one, Trigger)]
    counts = (
        len(operations),
        sum(one.first_class for one in operations),
        sum(not one.callable for one in operations),
        len(triggers),
        sum(not one.callable for one in triggers),
    )
    return [str(count) for count in counts]
