"""A valid input for an operation, made up from its schemas alone: the same one each time.

For whoever has no recorded example: tests, the written pages, and what answers in a vendor's
stead. Names tell what a text is: `contactId` is an id, `dueDate` a day.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import jsonschema_rs

from dragoman.catalog.entries import Operation
from dragoman.kernel.errors import DefinitionError

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_NO_ID = frozenset({"paid", "valid", "invalid", "void", "grid", "bid", "avoid"})
_LONG = 20
"""Letters of an id, as HighLevel makes them."""
_DAY, _MOMENT, _MILLIS = "2026-10-01", "2026-10-01T09:00:00Z", 1790845200000
_TEXTS = {
    _DAY: {"date", "day", "birth", "birthday", "dob"},
    _MOMENT: {"time", "at", "timestamp", "moment", "since", "until", "on"},
    "ann@example.com": {"email", "emails", "mail", "sender", "from", "to", "cc", "bcc", "user"},
    "+14155550100": {"phone", "mobile", "fax"},
    "https://example.com/page": {"url", "uri", "website", "link", "href", "domain", "image"},
    "America/New_York": {"timezone", "zone"},
    "USD": {"currency"},
    "US": {"country"},
    "en": {"language", "locale"},
    "#1a73e8": {"color", "colour"},
}
"""From a text to the last words of the names that ask for one like it."""
_OTHERS = (_DAY, _MOMENT, "09:00", "1", "a", "example", "image/png", "0" * 24, "http://example.com")
"""Tried where what the name suggests does not fit the pattern."""
_MOMENTS = _TEXTS[_DAY] | _TEXTS[_MOMENT] | {"millis", "start", "end", "after", "before"}
_BRANCHES = ("oneOf", "anyOf")


def sample(operation: Operation, *, whole: bool = False) -> dict[str, Any]:
    """The input with all that is required, by name; with `whole`, with all there is.

    What a connection would fill in is given, too, so that the input stands on its own.

    Raises:
        DefinitionError: nothing fits a schema; its `examples` may say what would.
    """
    return {
        one.name: value(one.name, one.schema, whole=whole)
        for one in operation.input.values()
        if whole or one.required
    }


def value(name: str, schema: Mapping[str, Any], *, whole: bool = False) -> Any:
    """A value that fits a schema; the name tells what is meant. See `sample`."""
    for made in _candidates(name, schema, whole):
        if jsonschema_rs.is_valid(dict(schema), made):
            return made
    raise DefinitionError(
        f"no sample could be made for {name!r}",
        fix="say `examples: [...]` where its type stands",
    )


def _candidates(name: str, schema: Mapping[str, Any], whole: bool) -> Iterator[Any]:  # noqa: FBT001
    """What may fit, the likeliest first."""
    yield from schema.get("examples", ())
    if "const" in schema:
        yield schema["const"]
    if "enum" in schema:
        yield from schema["enum"]
    for branch in _BRANCHES:
        for one in schema.get(branch, ()):
            outer = {key: said for key, said in schema.items() if key != branch}
            yield from _candidates(name, _merged([outer, one]), whole)
    if "allOf" in schema:
        outer = {key: said for key, said in schema.items() if key != "allOf"}
        yield from _candidates(name, _merged([outer, *schema["allOf"]]), whole)
    elif not any(branch in schema for branch in _BRANCHES):
        for kind in _kinds(schema):
            yield from _MAKERS[kind](name, schema, whole)


def _kinds(schema: Mapping[str, Any]) -> list[str]:
    if "type" not in schema and ("properties" in schema or "required" in schema):
        return ["object"]
    said = schema.get("type", "string")
    return list(said) if isinstance(said, list) else [said]


def _merged(schemas: list[Mapping[str, Any]]) -> dict[str, Any]:
    """One schema that asks for what several ask for together."""
    found: dict[str, Any] = {}
    for one in schemas:
        properties = {**found.get("properties", {}), **one.get("properties", {})}
        required = [*found.get("required", ()), *one.get("required", ())]
        found = {**found, **one}
        if properties:
            found["properties"] = properties
        if required:
            found["required"] = list(dict.fromkeys(required))
    return found


def _texts(name: str, schema: Mapping[str, Any], _: bool) -> Iterator[str]:  # noqa: FBT001
    least, most = schema.get("minLength", 0), schema.get("maxLength")
    for text in (_named(name), *_OTHERS):
        yield text[:most].ljust(least, "a")


def _named(name: str) -> str:
    words = [one.lower() for one in _WORD.findall(name)] or ["value"]
    last = words[-1]
    if last.endswith(("id", "ids")) and last not in _NO_ID:
        kind = "".join(one.capitalize() for one in words[:-1]) or last.partition("id")[0].title()
        return f"Example{kind}"[: _LONG - 2].ljust(_LONG - 2, "0") + "01"
    for text, asked in _TEXTS.items():
        if last in asked or f"{last}s" in asked:
            return text
    return " ".join(["Example", *words])


def _numbers(name: str, schema: Mapping[str, Any], _: bool) -> Iterator[int | float]:  # noqa: FBT001
    words = {one.lower() for one in _WORD.findall(name)}
    step = schema.get("multipleOf", 1)
    lowest = schema.get("minimum", schema.get("exclusiveMinimum", 0) + step)
    if words & _MOMENTS:
        yield _MILLIS
    yield max(lowest, 1)
    yield lowest
    yield schema.get("maximum", lowest)
    yield -(-lowest // step) * step


def _lists(name: str, schema: Mapping[str, Any], whole: bool) -> Iterator[list[Any]]:  # noqa: FBT001
    inner = schema.get("items", {})
    one = value(name.removesuffix("s"), inner, whole=whole)
    yield [one] * max(schema.get("minItems", 1), 1)
    # Where no two may be the same: as many words of the list as it must hold.
    yield list(inner.get("enum", ()))[: schema.get("minItems", 1)]
    yield []


def _objects(name: str, schema: Mapping[str, Any], whole: bool) -> Iterator[dict[str, Any]]:  # noqa: FBT001
    fields = schema.get("properties", {})
    needed = dict.fromkeys([*schema.get("required", ()), *(fields if whole else ())])
    made = {one: value(one, fields.get(one, {}), whole=whole) for one in needed}
    yield made
    yield {**made, **{one: value(one, inner) for one, inner in list(fields.items())[:1]}}
    yield {**made, "example": _named(name)}


_MAKERS: dict[str, Callable[[str, Mapping[str, Any], bool], Iterator[Any]]] = {
    "string": _texts,
    "integer": _numbers,
    "number": _numbers,
    "boolean": lambda *_: iter((True, False)),
    "array": _lists,
    "object": _objects,
    "null": lambda *_: iter((None,)),
}
