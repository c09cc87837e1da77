"""One operation or trigger as a chapter of a page."""

from collections.abc import Iterator

from dragoman import library
from dragoman.catalog.entries import Operation, Parameter, Trigger
from dragoman.catalog.phrases import SOURCES, fields, holds, inside, needed, repeat, takes
from dragoman.kernel import jsons
from dragoman.kernel.jsons import Json
from tools.pages import markdown


def place(one: Operation) -> str:
    """The page of an operation's group, below `docs/reference/`."""
    return f"operations/{one.vendor}/{one.group}.md"


def link(name: str, to_reference: str) -> str:
    """A link to an operation, from a page that finds `docs/reference/` at `to_reference`."""
    vendor, group, _ = name.split(".")
    return f"[`{name}`]({to_reference}operations/{vendor}/{group}.md#{markdown.anchor(name)})"


UP = "../../"
"""From the page of a group to `docs/reference/`."""


def operation(one: Operation) -> str:
    parts = [f"## {one.id}", f"{one.title}. {one.does}"]
    if not one.callable:
        parts.append(f"**Cannot be called from a flow:** {one.reason}")
    parts.append("\n".join(f"- {line}" for line in _lines(one)))
    parts.append(_inputs(list(one.input.values())))
    recorded = _recorded(one.vendor, one.example)
    if one.callable and recorded.get("input"):
        parts.append("Example input:\n\n" + markdown.document(recorded["input"]))
    if one.callable:
        rows = (f"{'  ' * depth}{name}: {what}" for depth, name, what in fields(one.output))
        told = "\n".join(rows)
        parts.append(_folded("What it answers", markdown.block(told)) if told else "")
    return "\n\n".join(part for part in parts if part)


def _lines(one: Operation) -> Iterator[str]:
    yield from _asked(one)
    yield f"Effect: *{one.effect.value}*: {repeat(one)}"
    yield from _care(one)
    yield from _coming(one)
    if one.callable:
        yield f"Facts: {SOURCES[one.source]}"


def _asked(one: Operation) -> Iterator[str]:
    """What goes out, and who may ask."""
    if one.composite:
        yield "Made of " + ", ".join(link(part, UP) for part in one.parts)
    elif one.path:
        version = f", version {one.version}" if one.version else ""
        yield f"Request: `{one.method} {one.path}`{version}"
    if one.v3 and one.v3 != one.path:
        yield f"In version v3: `{one.v3}`"
    if one.tokens:
        yield "Who may ask: " + ", ".join(one.tokens)
    if one.scopes:
        yield "Scopes: " + ", ".join(f"`{scope}`" for scope in one.scopes)
    if one.stage != "current":
        yield f"Stage: {one.stage}"


def _care(one: Operation) -> Iterator[str]:
    """What is done so that nothing happens twice, or to somebody who does not want it."""
    if one.lookup is not None:
        yield (
            f"After a lost answer it is looked up; what does not show within "
            f"{one.lookup.settle:g} s counts as absent"
        )
    elif one.no_lookup:
        yield f"After a lost answer a person decides: {one.no_lookup}"
    if one.consent is not None:
        ask = link(f"{one.vendor}.{one.consent.ask}", UP)
        yield f"Asks {ask} just before, and is not made where the person does not want it"


def _coming(one: Operation) -> Iterator[str]:
    """How the answer comes."""
    if one.paging is not None:
        yield f"Comes in pages: `{one.paging.next}` asks for the next one; `--all` follows them"
    if one.answer == "bytes":
        yield "Answers a file: a flow sees what it is, and never its bytes"
    if one.answer == "text":
        yield "Answers text, whatever stands in it"
    if one.ready is not None:
        yield f"A flow asks again until `{one.ready.field}` holds, for {one.ready.within:g} s"
    if one.missing:
        said = " or ".join(str(number) for number in one.missing)
        yield f"{said} says that there is none, and is no failure: every field is null"


def _inputs(parameters: list[Parameter]) -> str:
    rows = [row for one in parameters for row in _rows(one)]
    return markdown.table(("input", "takes", "needed", "goes in", "notes"), rows)


def _rows(one: Parameter) -> Iterator[tuple[str, ...]]:
    """A row for the input, and one for each field that it holds."""
    yield f"`{one.name}`", takes(one.schema), "yes" if needed(one) else "", one.place, _does(one)
    path = [one.name]
    for depth, name, must, what in inside(one.schema):
        path = [*path[:depth], name]
        yield f"`{'.'.join(path)}`", what, "yes" if must else "", "", ""


def _does(one: Parameter) -> str:
    if one.default is None:
        return one.does
    said = one.default if isinstance(one.default, str) else jsons.text(one.default)
    return f"{one.does} Default: `{said}`.".strip()


def trigger(one: Trigger) -> str:
    parts = [f"## {one.id}", f"{one.title}. {one.does}"]
    lines = []
    if one.webhook is not None:
        types = " or ".join(f"`{kind}`" for kind in one.webhook.types)
        lines.append(f"Found in the webhook {types}")
    if one.poll is not None:
        asked = ", ".join(link(part, "../") for part in one.poll.parts)
        lines.append(f"Found by asking {asked} every {one.poll.every:g} s")
        lines.append(f"Each time the last {one.poll.overlap:g} s are asked for again")
    lines.append("The same event if these are the same: " + ", ".join(f"`{k}`" for k in one.key))
    parts.append("\n".join(f"- {line}" for line in lines))
    settings = [
        (f"`{name}`", takes(given.schema), "yes" if needed(given) else "", _does(given))
        for name, given in one.settings.items()
    ]
    parts.append(markdown.table(("under `with:`", "takes", "needed", "notes"), settings))
    data = [
        (f"`event.data.{name}`", holds(field.shape), ", ".join(field.columns), field.does)
        for name, field in one.data.items()
    ]
    parts.append(markdown.table(("field", "holds", "from the first of these", "notes"), data))
    recorded = _recorded(one.vendor, one.example)
    if recorded.get("event"):
        example = markdown.document(recorded["event"]["data"])
        parts.append(_folded("An example of `event.data`", example))
    return "\n\n".join(part for part in parts if part)


def _recorded(vendor: str, name: str) -> dict[str, Json]:
    if not name:
        return {}
    found: dict[str, Json] = jsons.decode(
        (library.folders()[vendor] / "examples" / name).read_bytes()
    )
    return found


def _folded(title: str, inside: str) -> str:
    shown = title.replace("`", "")
    return f"<details><summary>{shown}</summary>\n\n{inside}\n\n</details>"
