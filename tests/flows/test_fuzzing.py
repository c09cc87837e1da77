"""Any text as a program, and any program on any data: a value or our own error, nothing else."""

import math
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from dragoman.catalog.shapes import ANY
from dragoman.flows.expressions import Expression
from dragoman.flows.failures import ExpressionError
from dragoman.flows.filters import shipped
from dragoman.flows.moves import Recorded
from tests.flows.worlds import scope, view

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20)
)
JSON = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4)
    ),
    max_leaves=12,
)

ATOMS = st.sampled_from(
    [
        "event", "event.data", "event.data.a", "event.data.b", "event.data.a[0]", "steps.s",
        "connection.x", "env.support_phone", "flow.name", "null", "true", "1", "0", "-1", "2.5",
        "9223372036854775807", "1e308", "''", "'a'", "'é{{'", "[]", "{}", "'%d'", "'UTC'", "'US'",
    ]
)  # fmt: skip
OPERATORS = st.sampled_from(
    ["+", "-", "*", "/", "//", "%", "<", "<=", "==", "!=", "in", "not in", "and", "or", ">", ">="]
)


def _larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    filters = st.sampled_from(sorted(shipped()))
    return (
        st.tuples(inner, OPERATORS, inner).map(lambda one: f"({one[0]} {one[1]} {one[2]})")
        | st.tuples(inner, filters).map(lambda one: f"({one[0]} | {one[1]})")
        | st.tuples(inner, filters, inner).map(lambda one: f"({one[0]} | {one[1]}({one[2]}))")
        | st.tuples(inner, filters, inner, inner).map(
            lambda one: f"({one[0]} | {one[1]}({one[2]}, {one[3]}))"
        )
        | st.tuples(inner, inner, inner).map(lambda one: f"({one[0]} if {one[1]} else {one[2]})")
        | st.tuples(inner, inner).map(lambda one: f"{one[0]}[{one[1]}]")
        | st.tuples(inner, inner, inner).map(lambda one: f"{one[0]}[{one[1]}:{one[2]}]")
        | st.lists(inner, max_size=3).map(lambda one: f"[{', '.join(one)}]")
        | inner.map(lambda one: f"{{'k': {one}}}.k")
        | inner.map(lambda one: f"(not {one})")
        | inner.map(lambda one: f"(-{one})")
    )


SOURCES = st.recursive(ATOMS, _larger, max_leaves=8)


def _is_json(value: Any) -> bool:
    match value:
        case None | bool() | str():
            return True
        case int() | float():
            return math.isfinite(value) if isinstance(value, float) else True
        case list():
            return all(map(_is_json, value))
        case dict():
            return all(type(key) is str and _is_json(one) for key, one in value.items())
        case _:
            return False


def _attempt(text: str, a: Any, b: Any, output: Any) -> Any:
    try:
        expression = Expression(text, scope(s=ANY))
        return expression.value(view({"s": Recorded("done", output)}, a=a, b=b))
    except ExpressionError as error:
        return error.message if error.message and 0 <= error.offset <= len(text) else error


@settings(max_examples=1500, deadline=None)
@given(SOURCES, JSON, JSON, JSON)
def test_any_program_on_any_data_gives_a_value_or_our_error(
    text: str, a: Any, b: Any, output: Any
) -> None:
    assert _is_json(_attempt(text, a, b, output))


@settings(max_examples=1500, deadline=None)
@given(
    st.text(max_size=60)
    | st.text(alphabet="event.dataxs[](){}'\"|,:+-*/%<>=! 019\\\n#_&", max_size=80)
)
@example("'''a'''")
@example('"\\x"')
@example("0x for x")
@example("event.data.from.class.if")
@example("1if 1else 2")
@example("\x00")
@example("\ud800")
@example("(" * 200 + ")" * 200)
@example("-" * 1999 + "1")
@example("not " * 499 + "1")
@example("event" + "[0]" * 600)
@example("{'a':" * 300 + "1" + "}" * 300)
@example("9" * 1999)
@example("'%-2000000000d'|date('%-2000000000d')")
@example("__import__('os').system('id')")
@example("event.__class__.__mro__[1].__subclasses__()")
@example("''.format(event)")
@example("event.data.__init__.__globals__")
def test_any_text_gives_a_value_or_our_error(text: str) -> None:
    assert _is_json(_attempt(text, {"a": 1}, ["x"], None))
