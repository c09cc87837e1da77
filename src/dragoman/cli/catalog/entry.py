"""One entry, with all that is known of it, in plain words."""

from collections.abc import Iterable, Iterator, Mapping

from rich.text import Text

from dragoman.catalog.documents import Entry
from dragoman.catalog.entries import Operation, Parameter, Trigger
from dragoman.catalog.phrases import fields, holds, inside, needed, takes
from dragoman.catalog.samples import sample
from dragoman.cli import lines
from dragoman.cli.catalog import facts, samples
from dragoman.kernel import jsons
from dragoman.kernel.jsons import Json

_NAMES = 28
"""Columns for names; what is said of a longer one goes under it."""
Row = tuple[str, str, str]
"""Name, whether it is needed, what is said of it."""


def tell(entry: Entry, example: Json, titles: Mapping[str, str]) -> None:
    lines.show(_told(entry, example or {}, titles.get(entry.vendor, entry.vendor)))


def _told(entry: Entry, example: dict[str, Json], vendor: str) -> Iterator[Text]:
    yield from lines.beside(Text(), entry.title, "name")
    yield Text(entry.id, "way")
    yield from lines.beside(Text(), entry.does)
    yield Text()
    if isinstance(entry, Operation):
        yield from lines.pairs(facts.of_operation(entry, vendor))
        yield from _operation(entry, example)
    else:
        yield from lines.pairs(facts.of_trigger(entry, vendor))
        yield from _trigger(entry, example)


def _operation(one: Operation, example: dict[str, Json]) -> Iterator[Text]:
    yield from _section("What it takes", _inputs(one))
    answer = (("  " * depth + name, "", what) for depth, name, what in fields(one.output))
    yield from _section("What it answers", answer)
    if one.callable:
        title = "As a step of a flow" + ("" if example else ", with made-up values")
        yield from _block(title, step(one, example))
    yield from _block("An example of the request", samples.request(example))
    yield from _block("An example of the answer, as a flow sees it", samples.answer(example))


def _trigger(one: Trigger, example: dict[str, Json]) -> Iterator[Text]:
    yield from _section("What a flow says under `with:`", map(_parameter, one.settings.values()))
    data = ((name, "", _said(holds(field.shape), field.does)) for name, field in one.data.items())
    yield from _section("What a flow reads, after `event.data.`", data)
    if one.callable:
        yield from _block("How a flow begins", samples.head(one, example))
    yield from _block("An example of `event.data`", samples.data(example))


def step(one: Operation, example: Mapping[str, Json]) -> Iterator[str]:
    """A step of a flow that makes the call: as it was recorded, else with made-up values."""
    if example:
        return samples.step(one, example)
    known = {name for name, given in one.input.items() if "{{" in str(given.default)}
    given = {name: value for name, value in sample(one).items() if name not in known}
    return samples.step(one, {"input": given})


def _inputs(one: Operation) -> Iterator[Row]:
    for parameter in one.input.values():
        yield _parameter(parameter)
        for depth, name, must, what in inside(parameter.schema):
            yield "  " * depth + name, "needed" if must else "", what


def _parameter(one: Parameter) -> Row:
    said = one.default if isinstance(one.default, str) else jsons.text(one.default)
    if one.default is None:
        default = ""
    elif "{{" in said:
        default = "the connection says it"
    else:
        default = f"{said} if left out"
    what = ", ".join(part for part in (takes(one.schema), default) if part)
    return one.name, "needed" if needed(one) else "", _said(what, one.does)


def _said(what: str, does: str) -> str:
    return f"{what}. {does}" if does else what


def _section(title: str, rows: Iterable[Row]) -> Iterator[Text]:
    told = list(rows)
    if told:
        yield from _title(title)
        yield from _rows(told)


def _rows(rows: Iterable[Row]) -> Iterator[Text]:
    told = list(rows)
    names = min(max((len(name) for name, _, _ in told), default=0), _NAMES)
    needs = max((len(needs) + 2 for _, needs, _ in told if needs), default=0)
    for name, need, said in told:
        head = Text.assemble("  ", (name.ljust(names), "quiet"), "  ", (need.ljust(needs), "warn"))
        if len(name) > names:
            yield Text(f"  {name}", "quiet")
            head = Text.assemble(" " * (names + 4), (need.ljust(needs), "warn"))
        yield from lines.beside(head, said)


def _block(title: str, inside: Iterator[str]) -> Iterator[Text]:
    told = list(inside)
    if told:
        yield from _title(title)
        yield from (folded for line in told for folded in lines.kept(line))


def _title(words: str) -> Iterator[Text]:
    yield Text()
    yield Text(words, "name")
