"""How long to wait."""

from datetime import UTC, datetime
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.http.backoff import delay, retry_after
from dragoman.kernel.clock import DAY, MINUTE, SECOND

NOW = 1_800_000_000_000

fractions = st.floats(0, 1, exclude_max=True)


def http_date(moment: int) -> str:
    return format_datetime(datetime.fromtimestamp(moment / 1000, UTC), usegmt=True)


@given(st.integers(-5, 10_000), fractions, st.floats(0.001, 60), st.floats(0.001, 3600))
def test_a_delay_is_never_negative_and_never_above_its_cap(
    attempt: int, fraction: float, base: float, cap: float
) -> None:
    assert 0 <= delay(attempt, fraction, base, cap) <= cap


@given(st.integers(1, 8))
def test_the_longest_delay_doubles(attempt: int) -> None:
    assert delay(attempt + 1, 0.999) == pytest.approx(2 * delay(attempt, 0.999))


@given(st.integers(1, 100), fractions)
def test_the_jitter_is_full(attempt: int, fraction: float) -> None:
    assert delay(attempt, fraction) == pytest.approx(2 * fraction * delay(attempt, 0.5))


def test_the_first_delay_is_at_most_the_base() -> None:
    assert delay(1, 0.5) == 0.5
    assert delay(1, 0.5, base=4) == 2
    assert delay(50, 0.5) == 150


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 5 ", 5.0),
        ("1.5", 1.5),
        ("007", 7.0),
        ("315360000", 3600.0),
        ("9" * 60, 3600.0),
        (http_date(NOW + MINUTE), 60.0),
        (http_date(NOW + 3650 * DAY), 3600.0),
        ("Fri, 15 Jan 2027 08:01:00 +0000", 60.0),
        ("Friday, 15-Jan-27 08:01:00 GMT", 60.0),
        ("Fri Jan 15 08:01:00 2027", 60.0),
    ],
)
def test_seconds_and_dates_are_read_and_capped(value: str, seconds: float) -> None:
    assert retry_after(value, NOW) == seconds


@pytest.mark.parametrize(
    "value",
    [
        *(None, "", " ", "0", "0.0", "-1", "+5", "1e3", "nan", "inf", "soon", "٣", "1,5", "5 s"),
        *("9" * 5000, "Fri, 99 Jan 2027 08:01:00 GMT", "Fri, 15 Jan 2027", "1 2 3 4 5"),
        http_date(NOW - SECOND),
        http_date(NOW),
    ],
)
def test_what_says_nothing_useful_is_none(value: str | None) -> None:
    assert retry_after(value, NOW) is None


@given(st.text() | st.from_regex(r"[A-Z][a-z]{2}, \d+ [A-Z][a-z]{2} \d+ \d+:\d+:\d+ [-+A-Z0-9]*"))
def test_whatever_comes_is_none_or_within_the_cap(value: str) -> None:
    seconds = retry_after(value, NOW, cap=100)

    assert seconds is None or 0 < seconds <= 100


@given(st.integers(1, 3600))
def test_a_date_means_the_same_as_its_seconds(seconds: int) -> None:
    assert retry_after(http_date(NOW + seconds * SECOND), NOW) == retry_after(str(seconds), NOW)
