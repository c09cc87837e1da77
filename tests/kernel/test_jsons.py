"""JSON in and out, by one parser, with a bound on nesting."""

import json
import tracemalloc
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.kernel import jsons
from dragoman.kernel.jsons import DEPTH, Unreadable

UNTIMED = settings(deadline=None)
TEXT = st.text()
NUMBERS = st.integers(-(2**63), 2**64 - 1) | st.floats(allow_nan=False, allow_infinity=False)
DOCUMENTS = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=20,
)


def nested(opening: str, closing: str, depth: int) -> bytes:
    return (opening * depth + "1" + closing * depth).encode()


@UNTIMED
@given(DOCUMENTS)
def test_what_goes_out_comes_in_again(document: Any) -> None:
    assert jsons.decode(jsons.encode(document)) == document
    assert jsons.decode(jsons.text(document).encode()) == document
    assert jsons.decode(json.dumps(document).encode()) == document


@UNTIMED
@given(st.dictionaries(TEXT, DOCUMENTS, max_size=6), st.randoms(use_true_random=False))
def test_the_canonical_form_does_not_depend_on_the_order_of_keys(
    document: dict[str, Any], order: Any
) -> None:
    names = list(document)
    order.shuffle(names)

    assert jsons.canonical({name: document[name] for name in names}) == jsons.canonical(document)
    assert jsons.decode(jsons.canonical(document)) == document


@UNTIMED
@given(st.binary() | TEXT.map(str.encode))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        found = jsons.decode(data)
    except Unreadable:
        return

    jsons.encode(found)


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}"), ('[{"a":', "}]")])
def test_nesting_is_read_up_to_the_bound_and_refused_beyond(opening: str, closing: str) -> None:
    step = opening.count("[") + opening.count("{")

    jsons.decode(nested(opening, closing, DEPTH // step))

    for depth in (DEPTH // step + 1, 10_000, 200_000):
        with pytest.raises(Unreadable, match="deeper than 64"):
            jsons.decode(nested(opening, closing, depth))


def test_brackets_in_text_and_side_by_side_are_no_nesting() -> None:
    wide = b"[" + b",".join([b"[{}]"] * 10_000) + b"]"
    quoted = json.dumps(['[{\\"' * 1000, "]" * 1000, '\\"[[[' * 1000]).encode()

    assert len(jsons.decode(wide)) == 10_000
    assert jsons.decode(quoted) == json.loads(quoted)


@pytest.mark.parametrize(
    "data", [b'"' + b"[" * 100_000, b"[" * 100_000, b'{"a":"' + b"\\" * 99_999]
)
def test_documents_that_never_end_are_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        jsons.decode(data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" ",
        b"NaN",
        b"Infinity",
        b"-Infinity",
        b"1e999",
        b"-1e999",
        b"01",
        b"1 2",
        b"{'a':1}",
        b"[1,]",
        b'{"a":1,}',
        b"// comment\n1",
        b'"\xff"',
        b'"\xed\xa0\x80"',
        b'"\\ud800"',
        b'"\\ud800\\u0041"',
        b'"\\udfff"',
        b'"a\x00b"',
        b'"a\nb"',
        b"\xef\xbb\xbf{}",
        b"\xff\xfe{\x00}\x00",
        b"9" * 5000,
        b"tr",
    ],
    ids=range(24),
)
def test_what_is_not_json_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        jsons.decode(data)


@pytest.mark.parametrize(
    ("data", "value"),
    [
        (b'{"a":1,"a":2}', {"a": 2}),
        (b'{"a":1,"\\u0061":3}', {"a": 3}),
        (b'"\\ud83d\\ude00"', "😀"),
        (b'"\\u0000"', "\x00"),
        (b"18446744073709551616", 18_446_744_073_709_551_616),
        (b"-9223372036854775809", -9_223_372_036_854_775_809),
        (b"1e2", 100.0),
    ],
    ids=range(7),
)
def test_what_is_odd_but_json_is_read(data: bytes, value: Any) -> None:
    assert jsons.decode(data) == value


def test_a_model_is_filled_or_the_document_refused() -> None:
    assert jsons.decode_as(b'{"a":1}', dict[str, int]) == {"a": 1}
    with pytest.raises(Unreadable):
        jsons.decode_as(b'{"a":"x"}', dict[str, int])
    with pytest.raises(Unreadable, match="deeper"):
        jsons.decode_as(nested("[", "]", DEPTH + 1), list[Any])


def test_a_long_text_takes_no_more_room_than_a_few_of_itself() -> None:
    text = "[{x\\" * 200_000
    data = json.dumps({"content": text}).encode()
    tracemalloc.start()
    try:
        found = jsons.decode(data)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert found == {"content": text}
    assert peak < 4 * len(data)
