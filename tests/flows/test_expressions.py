"""The expression language: what it gives, what it refuses, and that it never does anything else."""

from typing import Any

import pytest

from dragoman.catalog.shapes import ANY
from dragoman.flows import bounds
from dragoman.flows.expressions import Expression, bare
from dragoman.flows.failures import ExpressionError
from dragoman.flows.moves import Recorded
from tests.flows.worlds import compute, scope, view

DATA: dict[str, Any] = {
    "name": "Ada",
    "from": "+14155550100",
    "n": 3,
    "half": 0.5,
    "yes": True,
    "nothing": None,
    "tags": ["b", "a", "b"],
    "nested": {"deep": [{"x": 1}], "none": None},
}

VALUES: list[tuple[str, Any]] = [
    ("1 + 2 * 3", 7),
    ("7 // 2 + 7 % 4 - 1", 5),
    ("1 / 4", 0.25),
    ("-event.data.n", -3),
    ("'a' + 'b'", "ab"),
    ("[1] + [2]", [1, 2]),
    ("true and not false", True),
    ("True == true and None == null", True),
    ("null or 'x'", "x"),
    ("event.data.name and 1", 1),
    ("1 < 2 <= 2 != 3", True),
    ("3 < 2 < event.data.missing", False),
    ("'a' < 'b'", True),
    ("1 == 1.0", True),
    ("1 == true", False),
    ("1 == 'a'", False),
    ("'d' in event.data.name", True),
    ("'b' in event.data.tags and 'c' not in event.data.tags", True),
    ("1 in [true]", False),
    ("'deep' in event.data.nested", True),
    ("'x' in event.data.nothing", False),
    ("event.data.from", "+14155550100"),
    ("event.data['from']", "+14155550100"),
    ("event.data.missing.more.still", None),
    ("event.data.nested.none.x[3].y", None),
    ("event.data.tags[7]", None),
    ("event.data.tags[-1]", "b"),
    ("event.data.tags[1:]", ["a", "b"]),
    ("event.data.name[:2]", "Ad"),
    ("event.data.nested.deep[0].x", 1),
    ("event.data.nothing[0]", None),
    ("event.data.tags[event.data.n - 2]", "a"),
    ("event.data[event.data.name]", None),
    ("'y' if event.data.yes else 'n'", "y"),
    ("{'a': event.data.n, 'b': [1, null]}", {"a": 3, "b": [1, None]}),
    ("event.data.missing | default('x') | upper", "X"),
    ("event.data.a or event.data.b | default('x')", "x"),
    ("event.data.name | lower == 'ada'", True),
    ("event.type", "acton.contact.added"),
    ("connection.location_id", "loc-1"),
    ("connection.company_id", None),
    ("env.support_phone", "+14155550100"),
    ("flow.name + flow.version", "fv"),
    ("  event.data.n\n + 1 ", 4),
    ("event.data.ñandú", None),
    ("event.data.name | may_receive('SMS')", True),
    ("event.data.class", None),
]

REFUSED: list[tuple[str, int, str]] = [
    ("", 0, "the expression is empty"),
    ("a +", 3, "something is missing at the end"),
    ("a b", 2, "this is not an expression"),
    ("evnt.data", 0, "there is no name 'evnt'"),
    ("'ñ' + evnt", 6, "there is no name 'evnt'"),
    ("  event.sourxe", 8, "event has no field 'sourxe'"),
    ("steps", 0, "'steps' is not a value by itself"),
    ("steps.x.y", 6, "there is no step 'x'"),
    ("env.x", 4, "env has no 'x'"),
    ("flow.x", 5, "flow has no 'x'"),
    ("lower", 0, "'lower' is a filter"),
    ("1 | lowr", 4, "there is no filter 'lowr'"),
    ("1 | (lower)(2)(3)", 4, "a filter's name must follow '|'"),
    ("1 | default(x=1)", 4, "a filter's name must follow '|'"),
    ("'a' | replace('', 'b')", 14, "an empty text cannot be looked for"),
    ("'a' | replace(1, 'b')", 14, "replace takes text as its argument, not a number"),
    ("'a' | truncate(0)", 15, "the length must be from 1 to 65536"),
    ("print(1)", 0, "functions cannot be called"),
    ("event.data.x()", 0, "functions cannot be called"),
    ("().__class__", 0, "a list stands in square brackets"),
    ("lambda: 1", 0, "lambda is not known"),
    ("[x for x in event]", 0, "comprehensions are not known"),
    ("{x for x in event}", 0, "comprehensions are not known"),
    ("f'{event}'", 0, "f-strings are not known"),
    ("(x := 1)", 1, "':=' is not known"),
    ("2 ** 3", 0, "'**' is not known"),
    ("1 is 1", 0, "'is' is not known"),
    ("1 @ 2", 2, "'@' is not known here"),
    ("1 & 2", 0, "this is not part of the expression language"),
    ("~1", 0, "this is not part of the expression language"),
    ("(1, 2)", 0, "a list stands in square brackets"),
    ("[*event]", 1, "'*' before a value is not known"),
    ("{**event}", 3, "the keys of an object are texts"),
    ("{1: 2}", 1, "the keys of an object are texts"),
    ("event[::2]", 0, "a slice takes no step"),
    ("1j", 0, "this value is not known"),
    ("b'x'", 0, "this value is not known"),
    ("...", 0, "this value is not known"),
    ("1e999", 0, "this value is not known"),
    ("'\\ud800'", 0, "this value is not known"),
    ("9223372036854775808", 0, "the number is too large"),
    ("event.id # x", 9, "'#' is not known here"),
    ("'abc", 0, "a text that is not closed"),
    ("event.id) + (1", 8, "this is not an expression"),
    ("await x", 0, "this is not part of the expression language"),
    ("x" * 2001, 0, "the expression is longer than 2000 characters"),
    ("(" * 60, 50, "nested deeper than 50 levels"),
    ("not " * 60 + "1", 0, "nested deeper than 50 levels"),
    ("1" + " + 1" * 60, 0, "nested deeper than 50 levels"),
    ("event" + ".a" * 60, 0, "nested deeper than 50 levels"),
]

FAILING: list[tuple[str, str]] = [
    ("1 + 'a'", "cannot add a number and text"),
    ("event.data.nothing + 1", "cannot add null and a number"),
    ("true + 1", "cannot add true or false and a number"),
    ("'a' * 3", "cannot multiply text: it is no number"),
    ("[1] * 3", "cannot multiply a list: it is no number"),
    ("-'a'", "cannot negate text: it is no number"),
    ("1 < 'a'", "cannot compare a number with text"),
    ("event.data.nothing < 1", "cannot compare null with a number"),
    ("[1] < [2]", "cannot compare a list with a list"),
    ("1 / 0", "division by zero"),
    ("1.5 % 0", "division by zero"),
    ("9223372036854775807 + 1", "the number is too large"),
    ("-9223372036854775807 - 9", "the number is too large"),
    ("1e308 * 10", "the number is too large"),
    ("1 in 1", "cannot look for a number in a number"),
    ("1 in 'abc'", "cannot look for a number in text"),
    ("event.data.name.x", "text has no field 'x'"),
    ("event.data.tags['x']", "a list has no field 'x'"),
    ("event.data.tags[1.5]", "cannot take a number as a place in a list"),
    ("event.data[1]", "cannot take a number as a place in an object"),
    ("event.data.n[1:]", "cannot take a part of a number"),
    ("event.data.tags['a':]", "a slice takes whole numbers, not text"),
    ("1 | lower", "lower works on text, not a number"),
    ("'x' | truncate(event.data.name)", "truncate takes a whole number as its argument, not text"),
    ("[1, 'a'] | sort", "cannot sort a list with text in it"),
]


@pytest.mark.parametrize(("text", "expected"), VALUES, ids=[one[0] for one in VALUES])
def test_gives_a_value(text: str, expected: Any) -> None:
    value = compute(text, **DATA)

    assert value == expected
    assert type(value) is type(expected)


@pytest.mark.parametrize(
    ("text", "offset", "message"), REFUSED, ids=[one[0][:30] for one in REFUSED]
)
def test_is_refused_where_it_is_read(text: str, offset: int, message: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        Expression(text, scope())

    assert (caught.value.offset, caught.value.message) == (offset, message)


@pytest.mark.parametrize(("text", "message"), FAILING, ids=[one[0] for one in FAILING])
def test_fails_plainly_when_it_runs(text: str, message: str) -> None:
    expression = Expression(text, scope())

    with pytest.raises(ExpressionError) as caught:
        expression.value(view(**DATA))

    assert (caught.value.message, caught.value.text) == (message, text)


def test_what_is_too_large_is_never_built() -> None:
    big = view(text="x" * bounds.TEXT, items=[1] * bounds.ITEMS)

    for text in (
        "event.data.text + event.data.text",
        "event.data.items + event.data.items",
        "event.data.text | replace('x', 'yyyyyyyyyyyyyyyyyyyyyyyyyyyy')",
        "event.data.items | join('--------------------')",
        "[" + ", ".join(["event.data.items"] * 100) + "] | json",
        "[" + ", ".join(["event.data.items"] * 100) + "]",
        "(event.data.text + '') | split('x')",
    ):
        with pytest.raises(ExpressionError):
            Expression(text, scope()).value(big)


def test_a_step_that_did_not_run_is_null() -> None:
    expression = Expression("steps.a.x", scope(a=ANY))

    assert expression.value(view()) is None
    assert expression.value(view({"a": Recorded("skipped", reason="when: x")})) is None
    assert expression.value(view({"a": Recorded("failed", {"x": 1})})) is None
    assert expression.value(view({"a": Recorded("done", {"x": 1})})) == 1


@pytest.mark.parametrize("text", ["event.id", "{{ event.id }}", "  {{event.id}}  "])
def test_braces_around_a_bare_expression_are_let_pass(text: str) -> None:
    assert bare(text, scope(), "where").value(view()) == "e-1"


def test_messages_never_hold_values() -> None:
    with pytest.raises(ExpressionError) as caught:
        compute("event.data.email - 1", email="ada@example.com")

    assert "ada" not in caught.value.message + caught.value.fix
