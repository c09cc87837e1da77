"""Java date patterns: those of the documents, and those that flows write."""

from datetime import UTC, datetime

import pytest

from dragoman.simulator.acton.dates import Unfit, parse


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("MM/dd/yyyy", "01/25/2023"),
        ("dd/MM/yyyy", "25/01/2023"),
        ("MM/dd/yy", "01/25/2023"),
        ("dd/MM/yy", "25/01/23"),
        ("yyyy/MM/dd", "2023/01/25"),
        ("MM-dd-yy", "01-25-2023"),
        ("yyyy-MM-dd", "2023-01-25"),
        ("dd MMM yyyy", "25 Jan 2023"),
        ("MMM dd yyyy", "Jan 25 2023"),
        ("dd MMMM yyyy", "25 January 2023"),
        ("EEE, dd MMM yyyy", "Wed, 25 Jan 2023"),
        ("EEEE, dd MMMM yyyy", "Wednesday, 25 January 2023"),
    ],
)
def test_the_documents_own_examples_are_read(pattern: str, text: str) -> None:
    assert _of(parse(text, pattern)) == datetime(2023, 1, 25, tzinfo=UTC)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("yyyy-MM-dd'T'HH:mm:ss'Z'", "2023-01-25T13:04:05Z"),
        ("yyyy-MM-dd'T'HH:mm:ssXXX", "2023-01-25T15:04:05+02:00"),
        ("yyyy-MM-dd'T'HH:mm:ssX", "2023-01-25T13:04:05Z"),
        ("yyyy-MM-dd HH:mm:ss Z", "2023-01-25 05:04:05 -0800"),
        ("yyyy-MM-dd HH:mm:ss.SSS", "2023-01-25 13:04:05.000"),
        ("d.M.yyyy h:mm:ss a", "25.1.2023 1:04:05 PM"),
        ("yyyyMMddHHmmss", "20230125130405"),
        ("yyyy-MM-dd 'o''clock' HH:mm:ss", "2023-01-25 o'clock 13:04:05"),
        ("yyyy-MM-dd HH''mm''ss", "2023-01-25 13'04'05"),
        ("100% yyyy-MM-dd HH:mm:ss", "100% 2023-01-25 13:04:05"),
    ],
)
def test_moments_are_read_with_and_without_an_offset(pattern: str, text: str) -> None:
    assert _of(parse(text, pattern)) == datetime(2023, 1, 25, 13, 4, 5, tzinfo=UTC)


def test_a_fraction_is_kept() -> None:
    assert parse("1970-01-01 00:00:00.250", "yyyy-MM-dd HH:mm:ss.SSS") == 250


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("", ""),
        ("yyyy-MM-dd", "2023-01-25T13:04:05"),
        ("yyyy-MM-dd", "2023-02-30"),
        ("yyyy-MM-dd", "25/01/2023"),
        ("YYYY-MM-dd", "2023-01-25"),
        ("yyyy-MM-dd'", "2023-01-25'"),
        ("%Y-%m-%d", "2023-01-25"),
        ("MM/dd/yy", "January"),
        ("dd dd", "25 25"),
    ],
)
def test_what_does_not_fit_is_refused(pattern: str, text: str) -> None:
    with pytest.raises(Unfit):
        parse(text, pattern)


def _of(millis: int) -> datetime:
    return datetime.fromtimestamp(millis / 1000, UTC)
