"""What an answer must hold, and how a gap in it is told."""

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.catalog.shapes import ANY, Reader, Shape
from dragoman.kernel.errors import DefinitionError

UNTIMED = settings(deadline=None, max_examples=100)

SCALARS: dict[str, Any] = {
    "string": "text",
    "integer": 3,
    "number": 0.5,
    "boolean": False,
    "any": [],
    "object": {},
}
Sample = tuple[Any, Any, list[tuple[Any, ...]]]
"""A notation, a value that fits it, and the places where something needed stands."""


def fields(inner: st.SearchStrategy[Sample]) -> st.SearchStrategy[Sample]:
    names = st.sampled_from(["a", "b", "c!", "d!"])
    return st.dictionaries(names, inner, min_size=1, max_size=3).map(_object)


def _object(parts: dict[str, Sample]) -> Sample:
    notation = {name: part[0] for name, part in parts.items()}
    value = {name.rstrip("!"): part[1] for name, part in parts.items()}
    places: list[tuple[Any, ...]] = []
    for name, (_, _, inner) in parts.items():
        key = name.rstrip("!")
        places += [(key,)] if name.endswith("!") else []
        places += [(key, *place) for place in inner]
    return notation, value, places


def rows(inner: st.SearchStrategy[Sample]) -> st.SearchStrategy[Sample]:
    return st.tuples(inner, st.integers(1, 3)).map(_array)


def _array(drawn: tuple[Sample, int]) -> Sample:
    (notation, value, places), count = drawn
    found = [(number, *place) for number in range(count) for place in places]
    return [notation], [copy.deepcopy(value) for _ in range(count)], found


SAMPLES: st.SearchStrategy[Sample] = st.recursive(
    st.sampled_from(list(SCALARS)).map(lambda kind: (kind, SCALARS[kind], [])),
    lambda inner: fields(inner) | rows(inner),
    max_leaves=8,
)


def written(place: tuple[Any, ...]) -> str:
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)
    return text.removeprefix(".")


@UNTIMED
@given(SAMPLES)
def test_a_value_that_fits_misses_nothing(sample: Sample) -> None:
    notation, value, _ = sample

    assert Reader({}).read(notation).missing(value) is None


@UNTIMED
@given(SAMPLES.filter(lambda sample: bool(sample[2])), st.data())
def test_whatever_is_needed_is_missed_at_any_depth(sample: Sample, data: Any) -> None:
    notation, whole, places = sample
    place = data.draw(st.sampled_from(places))
    value = copy.deepcopy(whole)
    holder = value
    for step in place[:-1]:
        holder = holder[step]
    if data.draw(st.booleans()):
        del holder[place[-1]]
    else:
        holder[place[-1]] = None

    assert Reader({}).read(notation).missing(value) == f"{written(place)} is missing"


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        ("string", 3, "a string, not a number"),
        ("string", None, "a string, not nothing"),
        ("integer", "3", "an integer, not a string"),
        ("integer", True, "an integer, not a boolean"),
        ("integer", 1.5, "an integer, not a number"),
        ("number", False, "a number, not a boolean"),
        ("boolean", 0, "a boolean, not a number"),
        ("object", [], "an object, not an array"),
        (["string"], {}, "an array, not an object"),
    ],
)
def test_a_wrong_kind_is_told_in_words(kind: Any, value: Any, words: str) -> None:
    shape = Reader({}).read({"list!": [{"x!": kind}]})

    assert Reader({}).read(kind).missing(value) == f"the answer should be {words}"
    if value is not None:
        assert shape.missing({"list": [{"x": value}]}) == f"list[0].x should be {words}"


def test_what_is_not_needed_may_be_absent_or_odd() -> None:
    shape = Reader({"contact": {"id!": "string"}}).read({"contact": "contact", "total": "integer"})

    for value in ({}, {"contact": None}, {"total": "many"}, {"contact": "none", "more": 1}):
        assert shape.missing(value) is None


def test_what_is_not_needed_but_there_must_hold_what_is_needed_in_it() -> None:
    types = {"contact": {"id!": "string"}}
    shape = Reader(types).read({"contact": "contact", "list": ["contact"]})

    assert shape.missing({"contact": {}}) == "contact.id is missing"
    assert shape.missing({"list": [{"id": "1"}, {}]}) == "list[1].id is missing"


def test_a_named_type_is_its_notation() -> None:
    reader = Reader({"a": {"b!": "b"}, "b": ["string"]})

    assert reader.read("a") == Reader({}).read({"b!": ["string"]})
    assert reader.read("a") is reader.read("a")


def test_a_type_that_holds_itself_is_loose_from_there_on() -> None:
    shape = Reader({"node": {"id!": "string", "next": "node"}}).read("node")

    assert shape.missing({"id": "1", "next": {"odd": 1}}) is None
    assert shape.fields == {"id": Shape("string"), "next": ANY}


@pytest.mark.parametrize(
    "notation", ["strings", ["string", "string"], [], 3, None, {"a!!": "any"}, {3: "any"}]
)
def test_what_is_no_notation_is_refused(notation: Any) -> None:
    with pytest.raises(DefinitionError):
        Reader({}).read(notation)
