"""`docs/reference/VENDOR.md`: every operation and trigger, as the catalogue says it."""

from collections.abc import Iterator
from itertools import groupby

from dragoman import library, wiring
from dragoman.catalog.catalogue import Catalogue
from dragoman.catalog.entries import Operation, Parameter, Trigger
from dragoman.catalog.phrases import SOURCES, fields, holds, needed, repeat, takes
from dragoman.catalog.vendors import Vendor
from dragoman.kernel import jsons
from dragoman.kernel.jsons import Json
from dragoman.vendors import registry
from tools.pages import markdown


def pages() -> dict[str, str]:
    entries = library.catalogue()
    return {
        f"docs/reference/{name}.md": _page(vendor, entries)
        for name, vendor in wiring.vendors().items()
    }


def _page(vendor: Vendor, entries: Catalogue) -> str:
    operations = [one for one in entries.operations.values() if one.vendor == vendor.name]
    triggers = [one for one in entries.triggers.values() if one.vendor == vendor.name]
    rows = [(_link(one.id), one.title, one.effect.value) for one in operations]
    rows += [(_link(one.id), one.title, "trigger") for one in triggers]
    return markdown.page(
        vendor.title,
        _facts(vendor),
        markdown.table(("id", "title", "kind"), rows),
        *(f"## Triggers\n\n{_triggers(triggers)}" for _ in triggers[:1]),
        "## Operations",
        *_groups(operations),
    )


def _link(name: str) -> str:
    return f"[`{name}`](#{markdown.anchor(name)})"


def _facts(vendor: Vendor) -> str:
    limits = vendor.limits
    rows = [
        ("a connection says", ", ".join(f"`{one}`" for one in vendor.facts)),
        *((f"region `{name}`", f"`{url}`") for name, url in vendor.base_urls.items()),
        ("limit", f"{limits.burst} calls within {limits.interval:g} s"),
        ("limit of a day", f"{limits.daily:,} calls, {limits.reserve:,} of them kept for people"),
    ]
    return markdown.table(("fact", "value"), rows)


def _groups(operations: list[Operation]) -> Iterator[str]:
    for _, group in groupby(operations, lambda one: one.group):
        for operation in group:
            yield _operation(operation)


def _operation(one: Operation) -> str:
    parts = [f"### {one.id}", f"{one.title}. {one.does}"]
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
    if one.composite:
        yield "Made of " + ", ".join(_link(part) for part in one.parts)
    else:
        version = f", version {one.version}" if one.version else ""
        yield f"Request: `{one.method} {one.path}`{version}"
    if one.scopes:
        yield "Scopes: " + ", ".join(f"`{scope}`" for scope in one.scopes)
    yield f"Effect: *{one.effect.value}*: {repeat(one)}"
    if one.lookup is not None:
        yield (
            f"After a lost answer it is looked up; what does not show within "
            f"{one.lookup.settle:g} s counts as absent"
        )
    if one.consent is not None:
        ask = _link(f"{one.vendor}.{one.consent.ask}")
        yield f"Asks {ask} just before, and is not made where the person does not want it"
    yield from _coming(one)
    if one.callable:
        yield f"Facts: {SOURCES[one.source]}"


def _coming(one: Operation) -> Iterator[str]:
    """How the answer comes."""
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
    rows = [
        (f"`{one.name}`", takes(one.schema), "yes" if needed(one) else "", one.place, _does(one))
        for one in parameters
    ]
    return markdown.table(("input", "takes", "needed", "goes in", "notes"), rows)


def _does(one: Parameter) -> str:
    if one.default is None:
        return one.does
    said = one.default if isinstance(one.default, str) else jsons.text(one.default)
    return f"{one.does} Default: `{said}`.".strip()


def _triggers(triggers: list[Trigger]) -> str:
    return "\n\n".join(_trigger(one) for one in triggers)


def _trigger(one: Trigger) -> str:
    parts = [f"### {one.id}", f"{one.title}. {one.does}"]
    lines = []
    if one.webhook is not None:
        types = " or ".join(f"`{kind}`" for kind in one.webhook.types)
        lines.append(f"Found in the webhook {types}")
    if one.poll is not None:
        asked = ", ".join(_link(part) for part in one.poll.parts)
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
        (registry.folders()[vendor] / "examples" / name).read_bytes()
    )
    return found


def _folded(title: str, inside: str) -> str:
    shown = title.replace("`", "")
    return f"<details><summary>{shown}</summary>\n\n{inside}\n\n</details>"
