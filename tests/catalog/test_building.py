"""From input to a request: properties that look for what nobody thought of."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.catalog.wire import Request
from dragoman.http import target
from dragoman.kernel import jsons
from dragoman.kernel.errors import BadInput
from tests.catalog.making import ANY_TEXT, JSON, ORIGIN, UNTIMED, builder


@UNTIMED
@given(ANY_TEXT)
def test_a_path_value_never_adds_a_segment_or_changes_another(anything: str) -> None:
    things = builder("/a/{x}/b/{y}/c", x="path", y="path")
    try:
        value = things.complete({"x": anything, "y": "1"}, {})
        path = things.build(value).path
    except BadInput:
        return
    _, a, x, b, y, c = path.split("/")

    assert (a, b, y, c) == ("a", "b", "1", "c")
    assert unquote(x, errors="strict") == anything
    assert unquote(x) not in {"", ".", ".."}
    assert urlsplit(target.url(ORIGIN, Request("GET", path))).path == path


@UNTIMED
@given(ANY_TEXT)
def test_path_values_do_not_reach_into_each_other(anything: str) -> None:
    things = builder("/a/{x}/{y}", x="path", y="path")
    try:
        request = things.build(things.complete({"x": "{y}", "y": anything}, {}))
    except BadInput:
        return

    assert unquote(request.path.split("/")[2]) == "{y}"


@pytest.mark.parametrize("value", ["", ".", "..", "a\nb", "\r", "\x00", "a\x1f", "\x7f", "\ud800"])
def test_a_path_value_that_cannot_be_a_segment_is_refused(value: str) -> None:
    things = builder("/a/{x}", x="path")

    with pytest.raises(BadInput, match=r"example\.things\.do.*x"):
        things.build(things.complete({"x": value}, {}))


@pytest.mark.parametrize(
    ("value", "segment"),
    [
        ("...", "..."),
        ("a/b", "a%2Fb"),
        ("%2e%2e", "%252e%252e"),
        ("l-1:a", "l-1%3Aa"),
        ("é", "%C3%A9"),
    ],
)
def test_all_else_is_percent_encoded(value: str, segment: str) -> None:
    things = builder("/a/{x}", x="path")

    assert things.build({"x": value}).path == f"/a/{segment}"


@UNTIMED
@given(st.dictionaries(st.sampled_from("abc"), st.text(), min_size=1))
def test_a_query_comes_out_as_it_went_in(values: dict[str, str]) -> None:
    things = builder(a="query", b="query", c="query")

    request = things.build(things.complete(values, {}))

    query = urlsplit(target.url(ORIGIN, request)).query
    assert parse_qsl(query, keep_blank_values=True, strict_parsing=True) == list(values.items())
    assert request.body is None


@UNTIMED
@given(st.dictionaries(st.sampled_from("abc"), st.text(), min_size=1))
def test_a_form_comes_out_as_it_went_in(values: dict[str, str]) -> None:
    things = builder(a="form", b="form", c="form")

    request = things.build(things.complete(values, {}))

    assert request.body is not None
    form = parse_qsl(request.body.decode("ascii"), keep_blank_values=True, strict_parsing=True)
    assert form == list(values.items())
    assert request.headers["Content-Type"] == "application/x-www-form-urlencoded"


@UNTIMED
@given(JSON.filter(lambda value: value is not None))
def test_a_body_comes_out_as_it_went_in(value: Any) -> None:
    things = builder(a="body")
    try:
        request = things.build(things.complete({"a": value}, {}))
    except BadInput:
        return

    assert request.body is not None
    assert jsons.decode(request.body) == {"a": value}


@pytest.mark.parametrize("root", [{}, [], {"E-mail Address": "bo@example.com"}, 0, False, ""])
def test_a_value_that_is_the_whole_body_is_sent_even_where_it_is_empty(root: Any) -> None:
    request = builder(record="root").build({"record": root})

    assert request.body == jsons.encode(root)
    assert request.headers["Content-Type"] == "application/json"


def test_a_call_without_body_inputs_has_no_body() -> None:
    request = builder(a="body").build({})

    assert request.body is None
    assert request.headers == {}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "true"),
        (False, "false"),
        (20, "20"),
        (20.0, "20"),
        (0.5, "0.5"),
        ({"a": 1}, '{"a":1}'),
    ],
)
def test_what_is_no_text_is_written_as_vendors_read_it(value: Any, text: str) -> None:
    assert builder(a="query").build({"a": value}).query == (("a", text),)


def test_a_list_in_a_query_is_its_name_again_for_each_item() -> None:
    assert builder(a="query").build({"a": ["b", "c"]}).query == (("a", "b"), ("a", "c"))


def test_a_header_carries_text_and_no_line_ends() -> None:
    things = builder(tone="header")

    assert things.build({"tone": "kind"}).headers == {"tone": "kind"}
    for value in ("a\r\nX-Injected: 1", "\x00"):
        with pytest.raises(BadInput, match="tone"):
            things.build({"tone": value})
