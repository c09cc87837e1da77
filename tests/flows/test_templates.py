"""Texts with `{{ }}`: types kept, null refused, and data never read as a template."""

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dragoman.flows.failures import ExpressionError
from dragoman.flows.templates import template
from tests.flows.worlds import scope, view


def render(text: str, **data: Any) -> Any:
    return template(text, scope(), "input.x").render(view(**data))


@pytest.mark.parametrize("value", [None, True, 3, 0.5, "x", [1, "a"], {"a": None}])
def test_a_lone_expression_keeps_its_type(value: Any) -> None:
    assert render("{{ event.data.v }}", v=value) == value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no braces", "no braces"),
        ("{ } %} {%", "{ } %} {%"),
        ("a {{ event.data.n }} b", "a 3 b"),
        (" {{ event.data.n }}", " 3"),
        ("{{ event.data.n }}{{ event.data.f }}", "30.5"),
        ("{{ event.data.t }}/{{ not event.data.t }}", "true/false"),
        ("{{ event.data.l }}!", '[1,{"a":null}]!'),
        ("{{ event.data.z | default('there') }}!", "there!"),
        ("{{ '}}' }}-{{ \"{{\" }}", "}}-{{"),
        ("{{ {'a': {'b': 1}}.a.b }}.", "1."),
        ("{{ {'a': {'b': 1}}}}.", '{"a":{"b":1}}.'),
    ],
)
def test_mixed_text_shows_its_values(text: str, expected: str) -> None:
    assert render(text, n=3, f=0.5, t=True, l=[1, {"a": None}], z=None) == expected


def test_null_cannot_stand_in_a_text() -> None:
    with pytest.raises(ExpressionError) as caught:
        render("Hi {{ event.data.name }}")

    assert caught.value.text == "event.data.name"
    assert caught.value.field == "input.x"
    assert "default" in caught.value.fix


@pytest.mark.parametrize(
    ("text", "offset"),
    [("a {{ event.id", 2), ("{{ '}} ", 0), ("{{ { }} ", 0), ('{{ "' + '\\"' * 9000, 0)],
)
def test_braces_that_are_not_closed_are_told(text: str, offset: int) -> None:
    with pytest.raises(ExpressionError, match="is not closed") as caught:
        template(text, scope(), "")

    assert caught.value.offset == offset


def test_a_text_is_bounded() -> None:
    with pytest.raises(ExpressionError, match="longer than"):
        render("{{ event.data.x }}{{ event.data.x }}", x="a" * 40_000)


@given(st.text())
@example("{{ event.data.secret }}")
@example("{{ env.support_phone }}")
@example("}} {{ 1 + 1 }} {{")
def test_data_come_out_literally(said: str) -> None:
    assert render("{{ event.data.said }}", said=said) == said
    assert render("<{{ event.data.said }}>", said=said) == f"<{said}>"
    assert render("{{ event.data.said + event.data.said }}!", said=said) == f"{said}{said}!"


@given(st.text(alphabet="{}'\"\\ aevent.|", max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    offset = 0
    try:
        render(text)
    except ExpressionError as error:
        offset = error.offset

    assert 0 <= offset <= len(text)
