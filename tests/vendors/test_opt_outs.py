"""Addresses on Act-On's list of opt-outs, found by asking; driven by hand."""

from typing import Any

import pytest

from dragoman.catalog.parts import Watch
from dragoman.kernel.clock import SECOND, Millis
from dragoman.vendors.acton import moments
from dragoman.vendors.acton.suppression_polling import opt_outs
from tests.vendors.plans import Drive

SINCE: Millis = 1_772_463_845_678


def row(number: int, at: Any = SINCE + SECOND, **more: Any) -> dict[str, Any]:
    return {"email": f"bo{number}@example.com", "timestamp": at, "origin": "User: Ann", **more}


def page(*rows: Any) -> dict[str, Any]:
    return {"offset": 0, "count": len(rows), "totalCount": -1, "result": list(rows)}


def drive(page_size: int = 3, **cursor: Any) -> Drive:
    return Drive(opt_outs(Watch({}, cursor, SINCE, page_size)))


def emails(found: Any) -> list[str]:
    return [one["email"] for one in found.rows]


def test_the_unit_of_the_filter_is_found_out_once_and_kept() -> None:
    asked = drive()
    assert asked.part.input == {"count": 1}
    asked.answer(page(row(1)))
    assert asked.part.input == {"count": 1, "createdafter": 1_000_000_000_000}
    asked.answer(page(row(1)))
    assert asked.part.input == {"count": 3, "createdafter": SINCE - 1, "offset": 0}
    asked.answer(page(row(1))).answer(page(row(1)))

    assert asked.result.cursor == {"unit": "ms"}
    assert emails(asked.result) == ["bo1@example.com"]
    assert asked.result.complete


def test_a_filter_in_seconds_is_recognised_by_finding_nothing_after_the_year_33658() -> None:
    asked = drive().answer(page(row(1))).answer(page())

    assert asked.part.input["createdafter"] == SINCE // 1000 - 1
    assert asked.answer(page()).result.cursor == {"unit": "s"}


def test_an_empty_list_can_tell_nothing_and_is_asked_again_next_time() -> None:
    result = drive().answer(page()).result

    assert (result.rows, result.cursor, result.complete) == ([], {}, True)


def test_where_nobody_opted_out_since_one_question_is_enough() -> None:
    asked = drive(unit="ms").answer(page())

    assert (len(asked.asked), asked.result.rows, asked.result.complete) == (1, [], True)


def test_each_page_begins_with_the_last_row_of_the_one_before() -> None:
    asked = drive(unit="ms").answer(page(row(1), row(2), row(3)))
    assert asked.part.input["offset"] == 2
    asked.answer(page(row(3), row(4)))
    assert asked.part.input["offset"] == 3
    asked.answer(page(row(4)))

    assert emails(asked.result) == [f"bo{number}@example.com" for number in (1, 2, 3, 4)]
    assert asked.result.complete


def test_a_vendor_that_gives_fewer_than_asked_is_asked_on() -> None:
    asked = drive(page_size=1000, unit="ms").answer(page(row(1), row(2)))
    asked.answer(page(row(2), row(3))).answer(page(row(3)))

    assert len(asked.result.rows) == 3
    assert asked.result.complete


@pytest.mark.parametrize(
    "second",
    [page(row(4), row(5)), page(row(2), row(3), row(4)), page()],
    ids=["one went", "one came in front", "all went"],
)
def test_a_list_that_moves_between_two_pages_leaves_the_cursor_where_it_is(second: Any) -> None:
    asked = drive(unit="ms").answer(page(row(1), row(2), row(3))).answer(second)
    while not asked.ended:
        asked.answer(page())

    assert not asked.result.complete
    assert emails(asked.result)[:3] == [f"bo{number}@example.com" for number in (1, 2, 3)]


def test_a_vendor_that_ignores_the_offset_is_not_asked_for_ever() -> None:
    same = page(row(1), row(2))
    asked = drive(unit="ms").answer(same).answer(same)

    assert asked.ended
    assert len(asked.result.rows) == 2


def test_rows_from_before_are_left_out_though_the_filter_let_them_through() -> None:
    rows = page(row(1, SINCE - 1), row(2, SINCE), row(3, SINCE - 5 * SECOND))
    asked = drive(page_size=10, unit="s").answer(rows).answer(page(row(3, SINCE - 5 * SECOND)))

    assert emails(asked.result) == ["bo2@example.com"]


@pytest.mark.parametrize(
    ("at", "moment"),
    [
        (SINCE + 7, SINCE + 7),
        (str(SINCE), SINCE),
        (SINCE // 1000 + 1, (SINCE // 1000 + 1) * 1000),
        (str(SINCE // 1000 + 1), (SINCE // 1000 + 1) * 1000),
    ],
    ids=["ms", "ms as text", "s", "s as text"],
)
def test_a_moment_may_be_seconds_or_milliseconds_number_or_text(at: Any, moment: Millis) -> None:
    asked = drive(unit="ms").answer(page(row(1, at))).answer(page(row(1, at)))

    assert [one["listed_at"] for one in asked.result.rows] == [moment]


def test_an_address_is_kept_as_it_came_and_told_apart_in_small_letters() -> None:
    shown = row(1, email=" Bo@Example.com ")
    asked = drive(unit="ms").answer(page(shown)).answer(page(shown))

    assert asked.result.rows == [
        {
            "email": "Bo@Example.com",
            "address": "bo@example.com",
            "listed_at": SINCE + SECOND,
            "origin": "User: Ann",
        }
    ]


@pytest.mark.parametrize(
    "broken",
    [
        row(1, None),
        row(1, "yesterday"),
        row(1, 10**17),
        row(1, -5),
        row(1, email=""),
        row(1, email=None),
        {"email": "bo1@example.com"},
        {},
        "bo1@example.com",
        None,
    ],
    ids=range(10),
)
def test_a_row_without_address_or_moment_is_kept_aside_and_stops_no_other(broken: Any) -> None:
    found = drive(unit="ms").answer(page(broken, row(7))).answer(page(row(7))).result

    assert emails(found) == ["bo7@example.com"]
    assert len(found.unusable) == 1


def test_a_moment_below_ten_to_the_eleventh_is_seconds() -> None:
    assert moments.read_either(10**11 - 1) == (10**11 - 1) * 1000
    assert moments.read_either(10**11) == 10**11
    assert moments.read_either(0) == 0
    assert moments.after(0, "s") == moments.after(0, "ms") == 0
