"""Many entries, a line or two each, as wide as the terminal."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from rich.text import Text

from dragoman.catalog.documents import Entry, found_by, group
from dragoman.catalog.entries import Operation, Trigger
from dragoman.catalog.search import WEIGHTS, Found, Hit
from dragoman.catalog.stems import stem
from dragoman.cli import lines, terminal
from dragoman.cli.tables import plural

_STYLES = {"read": "quiet", "replace": "way", "create": "warn", "delete": "bad"}
_MARKS = len("webhook")
"""Columns of the longest effect or source."""
_SHOWN = 80
"""Letters of what was looked for in vain that are repeated."""
_TITLE = 24
"""Columns that a title needs to stand beside its id."""


def tell(entries: Sequence[Entry], titles: Mapping[str, str]) -> None:
    lines.show(_told(entries, titles))


def tell_found(found: Found, words: Sequence[str], best: int) -> None:
    lines.show(_told_found(found, " ".join(words), best))


def _told(entries: Sequence[Entry], titles: Mapping[str, str]) -> Iterator[Text]:
    for heading, inside in groupby(sorted(entries, key=_order), lambda one: _heading(one, titles)):
        yield Text(heading, "name")
        yield from _table(list(inside))
        yield Text()
    operations = sum(isinstance(one, Operation) for one in entries)
    triggers = len(entries) - operations
    counted = ((operations, "operation"), (triggers, "trigger"))
    said = " and ".join(plural(count, word) for count, word in counted if count)
    yield Text(f"{said}. More of one:", "quiet")
    yield Text("  dragoman catalog show ID", "way")


def _told_found(found: Found, said: str, best: int) -> Iterator[Text]:
    if not found.hits:
        yield from lines.beside(Text(), f"Nothing in the catalogue is like {said[:_SHOWN]!r}.")
        yield from lines.beside(Text(), "Name the thing: contact, tag, list, message. Or see all:")
        yield Text("  dragoman catalog list", "way")
        return
    if not found.whole:
        yield Text("No entry has all of these words. What comes nearest:")
        yield Text()
    for hit in found.hits[:best]:
        yield from _hit(hit)
    left = len(found.hits) - best
    if left > 0:
        yield Text()
        yield Text(f"And {left} more: add a word to come nearer.", "quiet")


def _order(entry: Entry) -> tuple[str, bool, str]:
    operation = isinstance(entry, Operation)
    return entry.vendor, operation, group(entry) if operation else ""


def _heading(entry: Entry, titles: Mapping[str, str]) -> str:
    name = titles.get(entry.vendor, entry.vendor)
    if isinstance(entry, Trigger):
        return f"{name}: what can happen (triggers)"
    return f"{name}: {group(entry).replace('_', ' ')}"


def _table(entries: Sequence[Entry]) -> Iterator[Text]:
    ids = max(len(one.id) for one in entries)
    room = terminal.out().width - (2 + ids + 2 + _MARKS + 2)
    for one in entries:
        mark = _mark(one)
        line = Text.assemble("  ", one.id.ljust(ids), "  ", mark)
        if room >= _TITLE:
            yield from lines.beside(line.append(" " * (_MARKS - mark.cell_len + 2)), _title(one))
        elif 2 + ids + 2 + _MARKS <= terminal.out().width:
            yield line
            yield from lines.beside(Text("    "), _title(one))
        else:  # so narrow that the mark has no place beside the ids
            yield Text(f"  {one.id}")
            yield from lines.beside(Text.assemble("    ", mark, "  "), _title(one))


def _hit(hit: Hit) -> Iterator[Text]:
    yield Text.assemble((hit.entry.id, "name"), "  ", _mark(hit.entry))
    yield from lines.beside(Text("    "), _title(hit.entry))
    yield from lines.beside(Text("    "), _why(hit), "quiet")


def _mark(entry: Entry) -> Text:
    """The effect of an operation, or how a trigger is found."""
    if isinstance(entry, Trigger):
        return Text(found_by(entry), "good")
    return Text(entry.effect.value, _STYLES[entry.effect.value])


def _title(entry: Entry) -> str:
    if entry.callable:
        return entry.title
    return f"{entry.title} ({'not callable' if isinstance(entry, Operation) else 'not yet'})"


def _why(hit: Hit) -> str:
    """The words that were found, by place: `title: send, message for text`."""
    places: dict[str, list[str]] = {place: [] for place in WEIGHTS}
    for why in hit.reasons:
        same = stem(why.word).startswith(stem(why.typed))
        places[why.place].append(why.word if same else f"{why.word} for {why.typed}")
    told = [f"{place}: {', '.join(dict.fromkeys(one))}" for place, one in places.items() if one]
    return "; ".join(told)
