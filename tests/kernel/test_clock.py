"""Moments as text and back."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.kernel.clock import DAY, HOUR, MINUTE, SECOND, iso, millis

UNTIMED = settings(deadline=None)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FIRST = round((datetime(1000, 1, 1, tzinfo=UTC) - EPOCH).total_seconds()) * SECOND
LAST = round((datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC) - EPOCH).total_seconds()) * SECOND
MOMENTS = st.integers(FIRST, LAST)


@UNTIMED
@given(MOMENTS)
def test_a_moment_written_as_text_is_the_same_moment(moment: int) -> None:
    assert millis(iso(moment)) == moment


@UNTIMED
@given(MOMENTS, MOMENTS)
def test_texts_sort_as_their_moments_do(one: int, other: int) -> None:
    assert (iso(one) < iso(other)) == (one < other)


@UNTIMED
@given(MOMENTS.filter(lambda moment: abs(moment) < LAST - DAY), st.integers(-23, 23))
def test_a_zone_is_taken_into_account(moment: int, hours: int) -> None:
    zone = timezone(timedelta(hours=hours))
    local = (EPOCH + timedelta(milliseconds=moment)).astimezone(zone)

    assert millis(local.isoformat()) == moment


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (0, "1970-01-01T00:00:00.000Z"),
        (-1, "1969-12-31T23:59:59.999Z"),
        (1_772_463_845_678, "2026-03-02T15:04:05.678Z"),
        (1_709_208_000_000, "2024-02-29T12:00:00.000Z"),
        (999, "1970-01-01T00:00:00.999Z"),
    ],
)
def test_known_moments(moment: int, text: str) -> None:
    assert iso(moment) == text
    assert millis(text) == moment


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-02T15:04:05.678Z",
        "2026-03-02T15:04:05.678",
        "2026-03-02T16:04:05.678+01:00",
        "2026-03-02T07:04:05.678-08:00",
        "2026-03-02 15:04:05.678",
        "2026-03-02T15:04:05.678000Z",
    ],
)
def test_the_ways_in_which_vendors_write_one_moment(text: str) -> None:
    assert millis(text) == 1_772_463_845_678


@pytest.mark.parametrize(
    "text", ["", "yesterday", "1772463845678ms", "2026-13-01", "2026-02-30T00:00Z"]
)
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        millis(text)


def test_the_units_are_what_they_say() -> None:
    assert (SECOND, MINUTE, HOUR, DAY) == (1_000, 60_000, 3_600_000, 86_400_000)
