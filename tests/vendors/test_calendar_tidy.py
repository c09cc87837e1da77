"""One form for what calendars answer."""

from typing import Any

import pytest

from dragoman.vendors.highlevel import calendar_tidy

ONE = {"id": "e-1"}


@pytest.mark.parametrize(
    "said", [{"appointment": ONE, "traceId": "t"}, {"event": ONE, "traceId": "t"}]
)
def test_an_appointment_stands_under_its_name(said: dict[str, Any]) -> None:
    assert calendar_tidy.appointment(said) == {"appointment": ONE, "traceId": "t"}


def test_free_slots_are_a_list_of_days_in_order() -> None:
    said = {"2026-03-04": {"slots": ["b"]}, "traceId": "t", "2026-03-03": {"slots": ["a"]}}

    assert calendar_tidy.free_slots(said) == {
        "days": [{"date": "2026-03-03", "slots": ["a"]}, {"date": "2026-03-04", "slots": ["b"]}],
        "traceId": "t",
    }
    assert calendar_tidy.free_slots({}) == {"days": [], "traceId": None}


def test_a_bare_list_gets_a_name() -> None:
    assert calendar_tidy.notifications([ONE]) == {"notifications": [ONE]}
    assert calendar_tidy.resources([ONE]) == {"resources": [ONE]}


@pytest.mark.parametrize(
    "tidy",
    [
        *(calendar_tidy.appointment, calendar_tidy.free_slots),
        *(calendar_tidy.notifications, calendar_tidy.resources),
    ],
)
def test_what_is_neither_is_left_to_the_check_of_the_output(tidy: Any) -> None:
    assert tidy("nonsense") == "nonsense"
