"""From a found row to the data of an event."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.catalog import mapping
from dragoman.catalog.entries import Field, Trigger
from dragoman.catalog.shapes import Shape
from tests.catalog.shipped import TRIGGERS, name

UNTIMED = settings(deadline=None, max_examples=100)

COLUMNS = ["Cell Phone", "Business Phone"]
VALUES = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just({"a": 1})


def trigger(kind: str, *columns: str) -> Trigger:
    return Trigger(
        id="example.thing.made",
        vendor="example",
        title="T",
        does="D.",
        settings={},
        match={},
        key=("x",),
        subject="x",
        time="x",
        data={"x": Field(Shape(kind), columns or ("X",))},
    )


def value(kind: str, given_value: Any) -> Any:
    return mapping.data(trigger(kind), {"X": given_value})["x"]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"Cell Phone": "1", "Business Phone": "2"}, "1"),
        ({"Business Phone": "2"}, "2"),
        ({"Cell Phone": "", "Business Phone": "2"}, "2"),
        ({"Cell Phone": "  ", "Business Phone": "2"}, "2"),
        ({"Cell Phone": None, "Business Phone": "2"}, "2"),
        ({"CELL PHONE": " 1 "}, "1"),
        ({"Other": "1"}, None),
        ({}, None),
    ],
)
def test_a_field_comes_from_the_first_column_that_holds_something(
    row: dict[str, Any], expected: str | None
) -> None:
    assert mapping.data(trigger("string", *COLUMNS), row) == {"x": expected}


@pytest.mark.parametrize(
    ("given_value", "expected"),
    [("3", 3), ("-3", -3), (" 3 ", 3), (3, 3), (0, 0), ("three", "three"), ("3.5", "3.5")],
    ids=repr,
)
def test_a_whole_number_may_come_as_text(given_value: Any, expected: Any) -> None:
    assert value("integer", given_value) == expected


@pytest.mark.parametrize("odd", ["--5", "²", "٣", "-", "9" * 5000, "1_000", "0x1f"])
def test_what_only_looks_like_a_number_stays_as_it_is(odd: str) -> None:
    assert value("integer", odd) == odd


@pytest.mark.parametrize(
    ("given_value", "expected"),
    [
        *[(word, True) for word in ("1", "true", "Yes", " Y ", "t", "ON", True)],
        *[(word, False) for word in ("0", "False", "no", "N", "f", "off", False)],
        ("perhaps", "perhaps"),
        ("", None),
    ],
    ids=repr,
)
def test_a_yes_or_no_may_come_as_text(given_value: Any, expected: Any) -> None:
    assert value("boolean", given_value) is expected or value("boolean", given_value) == expected


def test_no_and_zero_are_values_and_not_gaps() -> None:
    assert value("boolean", False) is False
    assert value("integer", 0) == 0


@pytest.mark.parametrize("one", TRIGGERS, ids=name)
@UNTIMED
@given(data=st.data())
def test_no_row_is_too_odd_to_be_looked_at(one: Trigger, data: Any) -> None:
    columns = [column for field in one.data.values() for column in field.columns]
    row = data.draw(st.dictionaries(st.sampled_from([*columns, "Other"]), VALUES))

    found = mapping.data(one, row)

    assert set(found) == set(one.data)
