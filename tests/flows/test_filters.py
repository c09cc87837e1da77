"""Filters: each does what its sentence says, and null passes by."""

from typing import Any

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.flows.failures import ExpressionError
from dragoman.flows.filters import foreign, shipped
from dragoman.kernel.errors import BadInput
from tests.flows.worlds import compute

CASES: list[tuple[Any, str, Any]] = [
    (None, "default('x')", "x"),
    ("", "default('x')", "x"),
    (0, "default(1)", 0),
    (True, "yes_no", "yes"),
    ([], "yes_no('oui', 'non')", "non"),
    ("ÀB", "lower", "àb"),
    ("straße", "upper", "STRASSE"),
    ("ann-marie o'NEIL", "title", "Ann-Marie O'neil"),
    (" x\n", "trim", "x"),
    ("a-b-c", "replace('-', '')", "abc"),
    ("a,b", "split", ["a", "b"]),
    ("a; b", "split('; ')", ["a", "b"]),
    ("Hello", "contains('ELL')", True),
    ("Hello", "startswith('He')", True),
    ("Hello", "endswith('He')", False),
    ("Hello you", "truncate(6)", "Hello…"),
    ("Hello", "truncate(5)", "Hello"),
    ("Hello", "truncate(4, '')", "Hell"),
    ("+1 (415) x٣", "digits", "1415"),
    (1.5, "text", "1.5"),
    (True, "text", "true"),
    ({"a": [1]}, "text", '{"a":[1]}'),
    ("é", "json", '"é"'),
    ([1, 2], "length", 2),
    ("ab", "length", 2),
    ([1, 2], "first", 1),
    ([], "first", None),
    ([1, 2], "last", 2),
    (["a", None, 2], "join", "a, 2"),
    (["a", "b"], "join('')", "ab"),
    (["a", "b", "a"], "unique", ["a", "b"]),
    ([1, True, 1.0, "1", {"a": 1}, {"a": 1}], "unique", [1, True, "1", {"a": 1}]),
    ([3, None, 1], "sort", [1, 3]),
    ([1, 2], "reverse", [2, 1]),
    ("1,234.50", "number", 1234.5),
    (" 12 ", "number", 12),
    ("nan", "number", None),
    ("1_0", "number", None),
    ("٣", "number", None),
    ("12.9", "integer", 12),
    (-12.9, "integer", -12),
    ("twelve", "integer", None),
    (2.5, "round", 3),
    (-2.5, "round", -3),
    (2.675, "round(2)", 2.68),
    (7, "round(2)", 7),
    (-7, "abs", 7),
    (1700000000000, "date", "2023-11-14"),
    ("2026-03-08T09:30:00Z", "date('%H:%M', 'America/New_York')", "05:30"),
    ("soon", "date", None),
    ("2026-01-31", "iso", "2026-01-31T00:00:00.000Z"),
    ("2026-07-01T09:00", "iso('Europe/Paris')", "2026-07-01T07:00:00.000Z"),
    ("2026-07-01T09:00:00+02:00", "epoch", 1782889200000),
    ("2026-01-31T12:00:00Z", "shift('-1d')", "2026-01-30T12:00:00.000Z"),
    ("Europe/Paris", "zone", "Europe/Paris"),
    ("Paris", "zone", None),
    ("(415) 555-2671", "phone('US')", "+14155552671"),
    ("030 123456", "phone('DE')", "+4930123456"),
    ("+44 20 7946 0018", "phone", "+442079460018"),
    (14155552671, "phone('US')", "+14155552671"),
    ("(415) 555-2671", "phone", None),
    ("call me", "phone('US')", None),
    ("12", "phone('US')", None),
    (" Ada@Example.COM ", "email", "ada@example.com"),
    ("ada@example", "email", None),
    ("ada@@example.com", "email", None),
    ("a b@example.com", "email", None),
]


@pytest.mark.parametrize(
    ("value", "call", "expected"), CASES, ids=[f"{one[0]!r} {one[1]}"[:50] for one in CASES]
)
def test_does_what_it_says(value: Any, call: str, expected: Any) -> None:
    result = compute(f"event.data.v | {call}", v=value)

    assert result == expected
    assert type(result) is type(expected)


def test_every_filter_has_a_case_and_one_sentence() -> None:
    assert {call.partition("(")[0] for _, call, _ in CASES} == set(shipped())
    for one in shipped().values():
        assert one.does.endswith((".", "`."))
        assert "\n" not in one.does


@pytest.mark.parametrize("name", sorted(set(shipped()) - {"default", "yes_no", "text", "json"}))
def test_null_passes_by(name: str) -> None:
    one = shipped()[name]

    assert one.takes.types
    assert one.apply(None, ()) is None


@given(st.text())
def test_phone_and_email_are_steady(text: str) -> None:
    for call in ("phone('US')", "email"):
        once = compute(f"event.data.v | {call}", v=text)
        assert once == compute(f"event.data.v | {call}", v=once)


@given(st.sampled_from(sorted(phonenumbers.SUPPORTED_REGIONS)))
def test_a_number_of_every_region_is_read_as_dialled_there(region: str) -> None:
    number = phonenumbers.example_number(region)
    assert number is not None
    said = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)

    assert compute(f"event.data.v | phone('{region}')", v=said) == written


WHOLE = [
    "e\u0301",  # a letter and its accent
    "\U0001f468\u200d\U0001f469\u200d\U0001f467",  # a family, joined
    "\U0001f44d\U0001f3fd",  # a thumb with a skin tone
    "\U0001f1e9\U0001f1ea",  # a flag of two letters
    "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",  # a regional flag
    "1\ufe0f\u20e3",  # a keycap
    "\u2764\ufe0f\u200d\U0001f525",  # a heart on fire
    "\u1112\u1161\u11ab",  # a Korean syllable in parts
    "\r\n",
    "x",
    "漢",
]


@given(st.lists(st.sampled_from(WHOLE), min_size=1, max_size=12), st.integers(1, 60))
def test_a_text_is_cut_between_what_a_reader_sees_as_one(parts: list[str], length: int) -> None:
    text = "".join(parts)
    edges = {sum(map(len, parts[:count])) for count in range(len(parts) + 1)}

    cut = compute("event.data.v | truncate(event.data.n, '')", v=text, n=length)

    assert len(cut) <= length
    assert text.startswith(cut)
    assert len(cut) in edges


@given(st.text(), st.integers(1, 30))
def test_any_text_is_cut_to_length(text: str, length: int) -> None:
    cut = compute("event.data.v | truncate(event.data.n)", v=text, n=length)

    assert len(cut) <= length


def test_a_vendors_filter_fails_as_ours_do() -> None:
    def strict(value: Any, channel: str) -> Any:
        if channel == "fax":
            raise BadInput("no fax", fix="use SMS")
        return value["x"]

    one = foreign("strict", strict)

    assert one.use({"x": 1}, ("SMS",)) == 1
    with pytest.raises(ExpressionError, match="no fax"):
        one.use({"x": 1}, ("fax",))
    with pytest.raises(ExpressionError, match="strict cannot work on null"):
        one.use(None, ("SMS",))
    with pytest.raises(ExpressionError, match="takes 1 argument"):
        one.check_count(0)
