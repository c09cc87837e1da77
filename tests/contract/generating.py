"""Inputs of an operation: recorded, made up, and drawn at random from all that it accepts."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import jsonschema_rs
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from dragoman.catalog.entries import Operation, Parameter
from dragoman.catalog.samples import sample, value
from tests.catalog.shipped import example

Values = st.SearchStrategy[Any]
DRAWN = 6
"""How many inputs are drawn for each operation; the same ones each time."""
FACTS = {
    "location_id": "ExampleLocation00001",
    "company_id": "ExampleCompany000001",
    "account_id": "100001",
}


def inputs(operation: Operation) -> Iterator[dict[str, Any]]:
    """What an operation is tried with."""
    if operation.example:
        yield example(operation)["input"]
    least, whole = sample(operation), sample(operation, whole=True)
    yield least
    yield whole
    given = [one for one in operation.input.values() if one.place != "file"]
    # All of them, each with as little as may be, and not as the entry's own example has it.
    yield {**whole, **{one.name: value(one.name, _unexampled(one.schema)) for one in given}}
    for one in given:
        fits = jsonschema_rs.validator_for(one.schema).is_valid
        branches = [*one.schema.get("oneOf", ()), *one.schema.get("anyOf", ())]
        for made in [value(one.name, branch) for branch in branches]:
            if fits(made):
                yield {**least, one.name: made}
    yield from _drawn(operation)


def _unexampled(schema: Any) -> Any:
    """The same without examples, but where there is a pattern, which few texts fit."""
    if isinstance(schema, list):
        return [_unexampled(one) for one in schema]
    if not isinstance(schema, dict) or "pattern" in schema:
        return schema
    # A field may have the name, too: then what stands under it is a schema and no list.
    return {
        name: _unexampled(one)
        for name, one in schema.items()
        if name != "examples" or not isinstance(one, list)
    }


def _drawn(operation: Operation) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []

    # Not derandomize: that draws others whenever this function is edited, and a deviation that no
    # input shows any more is a failure.
    @seed(1)
    @settings(
        max_examples=DRAWN,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(_accepted(list(operation.input.values())))
    def draw(value: dict[str, Any]) -> None:
        found.append(value)

    draw()
    return found


def _accepted(listed: list[Parameter]) -> Values:
    return st.fixed_dictionaries(
        {one.name: _of(one) for one in listed if one.required},
        optional={one.name: _of(one) for one in listed if not one.required},
    )


def _of(one: Parameter) -> Values:
    if not one.types:
        return _values(one.schema)
    name = st.sampled_from(one.types).map(lambda kind: f"file.{kind}")
    return st.fixed_dictionaries({"name": name, "content": st.text(min_size=1)})


def _values(schema: dict[str, Any]) -> Values:
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    for branch in ("oneOf", "anyOf"):
        if branch in schema:
            either = st.one_of([_values(one) for one in schema[branch]])
            return either.filter(jsonschema_rs.validator_for(schema).is_valid)
    if "allOf" in schema:
        return _values(_merged(schema))
    said = schema.get("type", "string")
    return st.one_of([_MAKERS[one](schema) for one in (said if isinstance(said, list) else [said])])


def _merged(schema: dict[str, Any]) -> dict[str, Any]:
    """One schema of all that must hold together: our entries split objects only."""
    found = {key: value for key, value in schema.items() if key != "allOf"}
    for one in schema["allOf"]:
        fields = {**found.get("properties", {}), **one.get("properties", {})}
        required = [*found.get("required", ()), *one.get("required", ())]
        found = {**found, **one, "properties": fields, "required": required}
    return {"type": "object", **found}


def _texts(schema: dict[str, Any]) -> Values:
    least, most = schema.get("minLength", 1), schema.get("maxLength")
    if "pattern" in schema:
        fits = st.from_regex(re.compile(schema["pattern"].replace("$", r"\Z"), re.ASCII))
        return fits.filter(lambda text: least <= len(text) <= (most or len(text)))
    letters = st.characters(codec="utf-8", min_codepoint=32, exclude_characters="\x7f")
    return st.text(letters, min_size=max(least, 1), max_size=most).filter(
        lambda text: text not in {".", ".."}
    )


def _whole(schema: dict[str, Any]) -> Values:
    least, most = schema.get("minimum", 0), schema.get("maximum", 2**40)
    step = schema.get("multipleOf", 1)
    return st.integers(-(-least // step), most // step).map(lambda one: one * step)


def _numbers(schema: dict[str, Any]) -> Values:
    least, most = schema.get("minimum", 0), schema.get("maximum", 2**40)
    return st.integers(least, most) | st.floats(least, most, width=32 if most > 2**20 else 64)


def _lists(schema: dict[str, Any]) -> Values:
    least = schema.get("minItems", 0)
    most = min(schema.get("maxItems", 3), least + 3)
    inner = _values(schema.get("items", {"type": "string"}))
    unique = repr if schema.get("uniqueItems") else None
    return st.lists(inner, min_size=least, max_size=most, unique_by=unique)


def _objects(schema: dict[str, Any]) -> Values:
    fields = {name: _values(inner) for name, inner in schema.get("properties", {}).items()}
    required = {name: fields.pop(name) for name in schema.get("required", ())}
    return st.fixed_dictionaries(required, optional=fields)


_MAKERS: dict[str, Callable[[dict[str, Any]], Values]] = {
    "string": _texts,
    "integer": _whole,
    "number": _numbers,
    "boolean": lambda _: st.booleans(),
    "array": _lists,
    "object": _objects,
    "null": lambda _: st.none(),
}
