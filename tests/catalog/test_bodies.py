"""What is told of answers that are no JSON."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.catalog import bodies
from dragoman.catalog.entries import Form
from dragoman.kernel import jsons
from dragoman.kernel.errors import BadAnswer
from tests.vendors.answers import page, raw


@given(st.binary(), st.sampled_from(["", "audio/x-wav", "application/octet-stream"]))
def test_of_bytes_only_the_facts_are_told(body: bytes, kind: str) -> None:
    facts = bodies.facts(raw(200, body, kind), "bytes")

    assert facts == {
        "contentType": kind,
        "size": len(body),
        "sha256": hashlib.sha256(body).hexdigest(),
    }


@given(st.text(st.characters(codec="utf-8")).filter(lambda text: text[:1] != "\ufeff"))
def test_a_text_is_told_whole_and_a_mark_of_its_order_is_not_part_of_it(text: str) -> None:
    for mark in ("", "\ufeff"):
        answer = raw(200, f"{mark}{text}".encode(), "text/plain")

        assert bodies.facts(answer, "text") == {"contentType": "text/plain", "text": text}


def test_a_text_that_is_no_utf8_is_told_as_far_as_it_can_be_read() -> None:
    facts = bodies.facts(raw(200, b"\xa3 3 each", "text/plain"), "text")

    assert facts["text"] == "\ufffd 3 each"
    assert jsons.decode(jsons.encode(facts)) == facts


def test_a_page_for_a_browser_is_an_answer_where_one_is_due() -> None:
    facts = bodies.facts(raw(200, b"<p>Hello</p>", "text/html"), "html")

    assert facts == {"contentType": "text/html", "text": "<p>Hello</p>"}


@pytest.mark.parametrize(("form", "due"), [("text", "text"), ("bytes", "a file")])
def test_a_page_for_a_browser_is_no_answer(form: Form, due: str) -> None:
    with pytest.raises(BadAnswer, match=f"a page of .* came where {due} was due"):
        bodies.facts(page(200), form)
