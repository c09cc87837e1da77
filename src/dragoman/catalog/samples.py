"""A valid input for an operation, made up from its schemas alone: the same one each time.

For whoever has no recorded example: tests, the written pages, and what answers in a vendor's
stead. Names tell what a text is: `contactId` is an id, `dueDate` a day.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import jsonschema_rs

from dragoman.catalog.entries import Operation, Parameter
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
_OTHERS = (
    *(_DAY, _MOMENT, "2026-10-01T09:00:00.000Z", "2026-10-01T00:00:00.000Z", "10-01-2026", "2610"),
    *("09:00", "1", "a", "example", "image/png", "http://example.com"),
)
"""Tried where what the name suggests does not fit the pattern."""
_MOMENTS = _TEXTS[_DAY] | _TEXTS[_MOMENT] | {"millis", "start", "end", "after", "before"}
Schema = Mapping[str, Any]


def sample(operation: Operation, *, whole: bool = False) -> dict[str, Any]:
    """The input with all that is required, by name; with `whole`, with all there is.

    What a connection would fill in is given, too, so that the input stands on its own.

    Raises:
        DefinitionError: nothing fits a schema; its `examples` may say what would.
    """
    maker = _Maker(whole=whole)
    return {
        one.name: _value(one, maker) for one in operation.input.values() if whole or one.required
    }


def one(parameter: Parameter) -> Any:
    """A value for one input; see `sample`."""
    return _value(parameter, _Maker(whole=False))


def _value(parameter: Parameter, maker: "_Maker") -> Any:
    if parameter.place == "file":
        return _file(parameter)
    return maker.value(parameter.name, parameter.schema)


def value(name: str, schema: Mapping[str, Any]) -> Any:
    """A value that fits a schema, with what is required of it; see `sample`."""
    return _Maker(whole=False).value(name, schema)


def _file(one: Parameter) -> dict[str, str]:
    kind = one.types[0] if one.types else "csv"
    return {"name": f"example.{kind}", "content": "email\nann@example.com\n"}


class _Maker:
    """Makes values up; with `whole`, objects have all the fields that are known."""

    def __init__(self, *, whole: bool) -> None:
        self._whole = whole
        self._makers: dict[str, Callable[[str, Schema], Iterator[Any]]] = {
            "string": _texts,
            "integer": _numbers,
            "number": _numbers,
            "boolean": lambda *_: iter((True, False)),
            "array": self._lists,
            "object": self._objects,
            "null": lambda *_: iter((None,)),
        }

    def value(self, name: str, schema: Schema) -> Any:
        """A value that fits a schema; the name tells what is meant. See `sample`."""
        fits = jsonschema_rs.validator_for(dict(schema)).is_valid
        for made in self._candidates(name, schema):
            if fits(made):
                return made
        raise DefinitionError(
            f"no sample could be made for {name!r}",
            fix="say `examples: [...]` where its type stands",
        )

    def _candidates(self, name: str, schema: Schema) -> Iterator[Any]:
        """What may fit, the likeliest first."""
        yield from schema.get("examples", ())
        if "const" in schema:
            yield schema["const"]
        yield from (one for one in schema.get("enum", ()) if one is not None)
        for branch in ("oneOf", "anyOf"):
            for one in schema.get(branch, ()):
                yield from self._candidates(name, _merged([_without(schema, branch), one]))
        if "allOf" in schema:
            together = [_without(schema, "allOf"), *schema["allOf"]]
            yield from self._candidates(name, _merged(together))
        for kind in _kinds(schema):
            yield from self._makers[kind](name, schema)

    def _lists(self, name: str, schema: Schema) -> Iterator[list[Any]]:
        inner = schema.get("items", {})
        least = max(schema.get("minItems", 1), 1)
        yield [self.value(name.removesuffix("s"), inner)] * least
        # Where no two may be the same: as many words of the list as it must hold.
        yield list(inner.get("enum", ()))[:least]
        yield []

    def _objects(self, name: str, schema: Schema) -> Iterator[dict[str, Any]]:
        fields = schema.get("properties", {})
        needed = dict.fromkeys([*schema.get("required", ()), *(fields if self._whole else ())])
        made = {one: self.value(one, fields.get(one, {})) for one in needed}
        yield made
        for one, inner in fields.items():  # where it must not be empty
            yield {**made, one: self.value(one, inner)}
        yield {**made, "example": _named(name)}


def _without(schema: Schema, branch: str) -> dict[str, Any]:
    return {key: said for key, said in schema.items() if key != branch}


def _kinds(schema: Schema) -> list[str]:
    if "type" not in schema and ("properties" in schema or "required" in schema):
        return ["object"]
    said = schema.get("type", "string")
    return list(said) if isinstance(said, list) else [said]


def _merged(schemas: list[Schema]) -> dict[str, Any]:
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


def _texts(name: str, schema: Schema) -> Iterator[str]:
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
        if last in asked:
            return text
    return " ".join(["Example", *words])


def _numbers(name: str, schema: Schema) -> Iterator[int | float]:
    step = schema.get("multipleOf", 1)
    lowest = schema.get("minimum", schema.get("exclusiveMinimum", 0) + step)
    if _MOMENTS.intersection(one.lower() for one in _WORD.findall(name)):
        yield _MILLIS
    yield max(lowest, 1)
    yield lowest
    yield schema.get("maximum", lowest)
    yield -(-lowest // step) * step
