"""What an entry's facts mean, in plain words: for the command line and for the written pages."""

from collections.abc import Iterator, Mapping
from typing import Any

from dragoman.catalog.entries import Effect, Operation, Parameter
from dragoman.catalog.shapes import Shape

SOURCES = {
    "seen": "confirmed by answers of the real vendor that others have published",
    "documented": "as the vendor's documentation has it; no real answer was seen",
    "inferred": "put together from the facts of other operations",
}
DEEPEST = 4
"""Levels of fields that are shown."""
_TYPES = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "any": "any value",
    "object": "object",
    "array": "list",
    "null": "nothing",
}


def repeat(one: Operation) -> str:
    """What a second, equal call would do, and what follows from it."""
    match one.effect:
        case Effect.READ:
            return "changes nothing, so it is repeated at will"
        case Effect.REPLACE:
            return "a second, equal call leaves the same state, so it is repeated at will"
        case Effect.DELETE:
            return "what is gone stays gone, so it is repeated at will; *not there* is success"
        case Effect.CREATE:
            made = "a second, equal call would make a second thing, so it is"
            if one.lookup is None:
                return f"{made} never repeated by itself"
            return f"{made} repeated only after a look-up has said that the first is not there"


def takes(schema: Mapping[str, Any]) -> str:
    """What a value must be: `whole number, 1 to 100`."""
    if "enum" in schema:
        return "one of " + ", ".join(str(one) for one in schema["enum"])
    if "const" in schema:
        return f"always {schema['const']}"
    return ", ".join([_type(schema), *_bounds(schema)])


def needed(one: Parameter) -> bool:
    """Whether the caller must give it."""
    return one.required and one.default is None


def holds(shape: Shape) -> str:
    """What a field of an answer or an event holds: `list of text`."""
    if shape.kind == "array":
        return f"list of {holds(shape.items)}" if shape.items is not None else "list"
    return f"one of {', '.join(shape.words)}" if shape.words else _TYPES[shape.kind]


def inside(schema: Mapping[str, Any], depth: int = 1) -> Iterator[tuple[int, str, bool, str]]:
    """The fields of a value that is an object, or a list of them, and of what is in there.

    Depth, name, whether it is needed, what it must be; no deeper than a person would read.
    """
    schema = schema.get("items", schema)
    if depth >= DEEPEST or not isinstance(schema, dict):
        return
    required = schema.get("required", ())
    for name, inner in schema.get("properties", {}).items():
        yield depth, name, name in required, takes(inner)
        yield from inside(inner, depth + 1)


def fields(shape: Shape, depth: int = 0) -> Iterator[tuple[int, str, str]]:
    """The fields of an answer, each under the one that holds it: depth, name, what it holds."""
    if shape.kind == "array" and shape.items is not None:
        if not depth:
            yield 0, "each item of the list", holds(shape.items)
        yield from fields(shape.items, depth or 1)
        return
    for name, field in (shape.fields or {}).items():
        sure = ", always there" if name in shape.needed else ""
        yield depth, name, f"{holds(field)}{sure}"
        if depth < DEEPEST:
            yield from fields(field, depth + 1)


def _type(schema: Mapping[str, Any]) -> str:
    said = schema.get("type", "any")
    if said == "array" and "items" in schema:
        return f"list of {_type(schema['items'])}"
    return " or ".join(_TYPES[one] for one in (said if isinstance(said, list) else [said]))


def _bounds(schema: Mapping[str, Any]) -> Iterator[str]:
    for least, most, unit in (
        ("minimum", "maximum", ""),
        ("minLength", "maxLength", " characters"),
        ("minItems", "maxItems", " of them"),
    ):
        if least in schema and most in schema:
            yield f"{schema[least]} to {schema[most]}{unit}"
        elif least in schema:
            yield f"{schema[least]} or more{unit}"
        elif most in schema:
            yield f"at most {schema[most]}{unit}"
    if "pattern" in schema:
        yield f"like {schema['pattern']}"
    if "format" in schema:
        yield str(schema["format"])
