"""Inputs that are made up: every operation takes its own, and the same one each time."""

from typing import Any

import pytest

from dragoman.catalog.building import Builder
from dragoman.catalog.entries import Operation, Parameter
from dragoman.catalog.samples import sample
from dragoman.kernel.errors import DefinitionError
from tests.catalog.shipped import CATALOGUE, OPERATIONS, name


@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize("operation", OPERATIONS, ids=name)
def test_an_operation_takes_its_sample(operation: Operation, whole: bool) -> None:  # noqa: FBT001
    made = sample(operation, whole=whole)

    Builder(operation).complete(made, {})

    assert made == sample(operation, whole=whole)
    if whole:
        assert made.keys() == operation.input.keys()


def taking(schema: dict[str, Any], name: str = "value") -> Operation:
    one = CATALOGUE.operation("highlevel.contacts.get")
    return Operation(
        id="x.y.z",
        vendor="x",
        group="y",
        title="",
        does="",
        effect=one.effect,
        input={name: Parameter(name, name, "body", schema, required=True)},
    )


@pytest.mark.parametrize(
    ("called", "schema", "expected"),
    [
        ("contactId", {"type": "string"}, "ExampleContact000001"),
        ("id", {"type": "string"}, "Example0000000000001"),
        ("email", {"type": "string"}, "ann@example.com"),
        ("dueDate", {"type": "string"}, "2026-10-01"),
        ("startTime", {"type": "string"}, "2026-10-01T09:00:00Z"),
        ("startTime", {"type": "integer"}, 1790845200000),
        ("title", {"type": "string"}, "Example title"),
        ("title", {"type": "string", "maxLength": 4}, "Exam"),
        ("sort", {"enum": ["asc", "desc"]}, "asc"),
        ("limit", {"type": "integer", "minimum": 5, "maximum": 10}, 5),
        ("share", {"type": "number", "exclusiveMinimum": 0, "maximum": 0.5}, 0.5),
        ("day", {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}, "2026-10-01"),
        ("zip", {"type": "string", "pattern": "^Z", "examples": ["Z1"]}, "Z1"),
        ("tags", {"type": "array", "items": {"type": "string"}}, ["Example tag"]),
        (
            "ids",
            {"type": "array", "items": {"type": "string"}, "minItems": 2},
            ["Example0000000000001"] * 2,
        ),
        (
            "two",
            {"type": "array", "items": {"enum": ["a", "b"]}, "minItems": 2, "uniqueItems": True},
            ["a", "b"],
        ),
        (
            "one",
            {
                "type": "object",
                "properties": {"a": {"type": "boolean"}, "b": {}},
                "required": ["a"],
            },
            {"a": True},
        ),
        (
            "one",
            {"allOf": [{"required": ["b"]}], "type": "object", "properties": {"b": {"const": 3}}},
            {"b": 3},
        ),
        (
            "one",
            {"oneOf": [{"type": "string"}, {"type": "string", "minLength": 2}]},
            "1",  # what is longer would be both
        ),
    ],
)
def test_a_sample_tells_what_is_meant(called: str, schema: dict[str, Any], expected: Any) -> None:
    assert sample(taking(schema, called)) == {called: expected}


def test_what_nothing_fits_says_how_to_give_an_example() -> None:
    with pytest.raises(DefinitionError) as caught:
        sample(taking({"type": "string", "pattern": "^Z{3}$"}))

    assert "examples" in str(caught.value.fix)
