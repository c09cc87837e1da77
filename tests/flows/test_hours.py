"""Opening hours and local times, over zones and clock changes, against an independent reckoning."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whenever import PlainDateTime

from dragoman.flows import hours, moments
from dragoman.kernel.clock import DAY, HOUR, MINUTE, Millis, iso, millis
from dragoman.kernel.errors import DefinitionError

OFFICE = hours.read({"zone": "America/New_York", "mon-fri": "09:00-17:00", "sat": "10:00-14:00"})
ODD = [
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Pacific/Apia",
    "Asia/Tehran",
]
ZONES = ODD + sorted(zone for zone in available_timezones() if "/" in zone)
FIRST, LAST = millis("2010-01-01"), millis("2035-01-01")
MOMENTS = st.integers(FIRST // MINUTE, LAST // MINUTE).map(lambda minute: minute * MINUTE)


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2026-03-02T15:00:00Z", "2026-03-02T15:00:00.000Z"),  # Monday, 10:00: open
        ("2026-03-02T13:59:59Z", "2026-03-02T14:00:00.000Z"),  # Monday, 8:59
        ("2026-03-02T22:00:00Z", "2026-03-03T14:00:00.000Z"),  # Monday, 17:00: just closed
        ("2026-03-06T23:00:00Z", "2026-03-07T15:00:00.000Z"),  # Friday evening
        ("2026-03-07T20:00:00Z", "2026-03-09T13:00:00.000Z"),  # over the clock change to Monday
    ],
)
def test_opens_at_the_next_start(now: str, opens: str) -> None:
    assert iso(OFFICE.opening(millis(now))) == opens


def test_another_zone_keeps_the_hours() -> None:
    now = millis("2026-03-02T07:30:00Z")

    assert iso(OFFICE.opening(now, "Europe/Paris")) == "2026-03-02T08:00:00.000Z"


def test_nights_and_breaks() -> None:
    night = hours.read({"zone": "UTC", "fri": "22:00-02:00"})
    day = hours.read({"zone": "UTC", "mon": ["09:00-12:00", "13:00-24:00"], "tue": "closed"})

    assert night.opening(millis("2026-03-07T01:00:00Z")) == millis("2026-03-07T01:00:00Z")
    assert night.opening(millis("2026-03-07T02:00:00Z")) == millis("2026-03-13T22:00:00Z")
    assert day.opening(millis("2026-03-02T12:30:00Z")) == millis("2026-03-02T13:00:00Z")
    assert day.opening(millis("2026-03-03T00:00:00Z")) == millis("2026-03-09T09:00:00Z")


def test_always_is_now() -> None:
    assert hours.read("always").opening(5) == 5


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (None, "hours should be 'always' or a mapping"),
        ("never", "hours should be 'always' or a mapping"),
        ({"mon": "09:00-17:00"}, "None is no time zone"),
        ({"zone": "Mars", "mon": "09:00-17:00"}, "'Mars' is no time zone"),
        ({"zone": "UTC", "mno": "09:00-17:00"}, "'mno' is no day: did you mean 'mon'?"),
        ({"zone": "UTC", "mon-wed-fri": "09:00-17:00"}, "no range of days"),
        ({"zone": "UTC", "mon": "9-17"}, "'9-17' are no hours"),
        ({"zone": "UTC", "mon": "09:60-17:00"}, "are no hours"),
        ({"zone": "UTC", "mon": "09:00-24:01"}, "are no hours"),
        ({"zone": "UTC", "mon": "closed"}, "hours open on no day"),
    ],
)
def test_wrong_hours_are_told(raw: Any, message: str) -> None:
    with pytest.raises(DefinitionError, match=message) as caught:
        hours.read(raw)

    assert caught.value.message


@given(MOMENTS, st.sampled_from(ZONES))
def test_opening_is_the_first_open_moment(now: Millis, zone: str) -> None:
    office = hours.read({"zone": zone, "mon-sun": "09:00-17:00"})
    opens = office.opening(now)

    assert opens >= now
    assert _local(opens, zone).hour in range(9, 17)
    assert office.opening(opens) == opens
    if opens > now:
        before = _local(opens - MINUTE, zone)
        assert before.hour not in range(9, 17)
        assert opens - now <= 2 * DAY


@given(
    st.datetimes(datetime(2010, 1, 1), datetime(2034, 12, 31)),  # noqa: DTZ001  # a local time
    st.sampled_from(ZONES),
)
def test_a_local_time_comes_once_and_a_skipped_one_at_the_next_minute(
    stamp: datetime, zone: str
) -> None:
    stamp = stamp.replace(second=0, microsecond=0)
    found = moments.local(PlainDateTime.parse_iso(stamp.isoformat()), zone)

    assert found == _oracle(stamp, zone)


@pytest.mark.parametrize(
    ("stamp", "zone", "expected"),
    [
        ("2026-03-08T02:30", "America/New_York", "2026-03-08T07:00:00.000Z"),  # skipped
        ("2026-11-01T01:30", "America/New_York", "2026-11-01T05:30:00.000Z"),  # comes twice
        ("2026-10-04T02:15", "Australia/Lord_Howe", "2026-10-03T15:30:00.000Z"),  # half an hour
        ("2011-12-30T12:00", "Pacific/Apia", "2011-12-30T10:00:00.000Z"),  # a whole day skipped
    ],
)
def test_clock_changes(stamp: str, zone: str, expected: str) -> None:
    assert iso(moments.local(PlainDateTime.parse_iso(stamp), zone)) == expected


@pytest.mark.parametrize(
    ("value", "zone", "expected"),
    [
        ("2026-07-01T09:00", "Europe/Paris", "2026-07-01T07:00:00.000Z"),
        ("2026-07-01T09:00", None, "2026-07-01T09:00:00.000Z"),
        ("2026-07-01T09:00-04:00", "Europe/Paris", "2026-07-01T13:00:00.000Z"),
        ("2026-07-01", None, "2026-07-01T00:00:00.000Z"),
        (1782889200000, None, "2026-07-01T07:00:00.000Z"),
        (1782889200000.5, None, "2026-07-01T07:00:00.000Z"),
    ],
)
def test_times_are_read(value: object, zone: str | None, expected: str) -> None:
    found = moments.read(value, zone)

    assert found is not None
    assert iso(found) == expected


@pytest.mark.parametrize(
    "value", [None, True, "", "noon", "9" * 400, 1e300, float("inf"), [], "0000-01-01"]
)
def test_what_is_no_time_is_none(value: object) -> None:
    assert moments.read(value) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("30s", 30_000),
        ("2h", 2 * HOUR),
        ("1w", 7 * DAY),
        ("1.5h", None),
        ("h", None),
        ("-1h", None),
    ],
)
def test_durations(text: str, expected: Millis | None) -> None:
    assert moments.duration(text) == expected


def _local(moment: Millis, zone: str) -> datetime:
    return datetime.fromtimestamp(moment / 1000, ZoneInfo(zone))


def _oracle(stamp: datetime, zone: str) -> Millis:
    """The first minute whose local time is the stamp or later: walked through, minute by minute."""
    minute = stamp.replace(tzinfo=UTC) - timedelta(hours=15)
    while _naive(minute, zone) < stamp:
        minute += timedelta(minutes=1)
    return round(minute.timestamp() * 1000)


def _naive(moment: datetime, zone: str) -> datetime:
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
