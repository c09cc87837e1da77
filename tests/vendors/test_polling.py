"""Rows added to a Marketing List, found by asking; driven by hand."""

from typing import Any

import pytest

from dragoman.catalog.parts import Watch
from dragoman.kernel.clock import SECOND, Millis
from dragoman.kernel.errors import BadAnswer
from dragoman.vendors.acton.polling import rows_added, rows_changed
from tests.vendors.plans import Drive

SINCE: Millis = 1_772_463_845_678
HEADERS = ["_contact_id_", "First Name", "__created_date", "__modified_date"]


def row(number: int, created: Any = SINCE + SECOND, modified: Any = None) -> list[Any]:
    return [f"l-0001:{number:x}", f"Bo {number}", created, modified or created]


def rows(*data: list[Any], total: Any = None, headers: list[str] = HEADERS) -> dict[str, Any]:
    count = len(data) if total is None else total
    return {"listId": "l-0001", "totalCount": count, "headers": headers, "data": list(data)}


def drive(page: int = 2, **cursor: Any) -> Drive:
    return Drive(rows_added(Watch({"list": "l-0001"}, cursor, SINCE, page)))


def ids(found: Any) -> list[str]:
    return [one["_contact_id_"] for one in found.rows]


def test_the_unit_of_the_filter_is_found_out_once_and_kept() -> None:
    asked = drive()
    assert asked.part.input == {"listid": "l-0001", "count": 1, "datequalifiers": True}
    asked.answer(rows(row(1)))
    assert asked.part.input["createdafter"] == 1_000_000_000_000
    asked.answer(rows(row(1)))
    assert asked.part.input["createdafter"] == SINCE - 1
    asked.answer(rows(row(1)))

    assert asked.result.cursor == {"unit": "ms"}
    assert ids(asked.result) == ["l-0001:1"]
    assert asked.result.complete


def test_a_filter_in_seconds_is_recognised_by_finding_nothing_after_the_year_33658() -> None:
    asked = drive().answer(rows(row(1))).answer(rows())

    assert asked.part.input["createdafter"] == SINCE // 1000 - 1
    assert asked.answer(rows(row(1))).result.cursor == {"unit": "s"}


def test_an_empty_list_can_tell_nothing_and_is_asked_again_next_time() -> None:
    result = drive().answer(rows()).result

    assert (result.rows, result.cursor, result.complete) == ([], {}, True)


@pytest.mark.parametrize(("unit", "after"), [("ms", SINCE - 1), ("s", SINCE // 1000 - 1)])
def test_a_known_unit_is_not_asked_for_again(unit: str, after: int) -> None:
    asked = drive(unit=unit, other="kept")

    assert asked.part.input == {
        "listid": "l-0001",
        "count": 2,
        "datequalifiers": True,
        "createdafter": after,
        "offset": 0,
    }
    assert asked.answer(rows()).result.cursor == {"unit": unit, "other": "kept"}


def test_the_beginning_of_time_is_not_passed() -> None:
    asked = Drive(rows_added(Watch({"list": "l-0001"}, {"unit": "ms"}, 0, 2)))

    assert asked.part.input["createdafter"] == 0


def test_pages_are_asked_for_until_one_is_short() -> None:
    asked = drive(unit="ms")
    asked.answer(rows(row(1), row(2), total=3))
    assert asked.part.input["offset"] == 2
    asked.answer(rows(row(3), total=3))

    assert ids(asked.result) == ["l-0001:1", "l-0001:2", "l-0001:3"]
    assert asked.result.complete


def test_a_last_page_that_is_full_is_followed_by_an_empty_one() -> None:
    asked = drive(unit="ms").answer(rows(row(1), row(2), total=2)).answer(rows(total=2))

    assert ids(asked.result) == ["l-0001:1", "l-0001:2"]
    assert asked.result.complete


def test_a_vendor_that_gives_fewer_than_asked_is_asked_on_as_far_as_its_total() -> None:
    asked = drive(page=1000, unit="ms")
    asked.answer(rows(row(1), row(2), total=3))
    assert asked.part.input["offset"] == 2
    asked.answer(rows(row(3), total=3))

    assert len(asked.result.rows) == 3
    assert asked.result.complete


def test_a_total_that_counts_more_than_is_shown_ends_with_an_empty_page() -> None:
    asked = drive(page=1000, unit="ms").answer(rows(row(1), total=500)).answer(rows(total=500))

    assert ids(asked.result) == ["l-0001:1"]
    assert asked.result.complete


@pytest.mark.parametrize("total", [-1, "2", None, "many", []], ids=repr)
def test_a_total_that_is_not_said_or_said_as_text_is_no_trouble(total: Any) -> None:
    page = {**rows(row(1), row(2)), "totalCount": total}
    last = {**rows(), "totalCount": total}
    asked = drive(unit="ms").answer(page).answer(last)

    assert len(asked.result.rows) == 2
    assert asked.result.complete


def test_a_total_that_changes_between_pages_leaves_the_cursor_where_it_is() -> None:
    asked = drive(unit="ms").answer(rows(row(1), row(2), total=3)).answer(rows(row(4), total=4))
    asked.answer(rows(total=4))

    # What was found counts all the same; the rest is found next time.
    assert len(asked.result.rows) == 3
    assert not asked.result.complete


def test_a_row_that_slid_into_the_next_page_is_one_row_and_a_sign_that_one_was_missed() -> None:
    asked = drive(unit="ms").answer(rows(row(1), row(2), total=3)).answer(rows(row(2), total=3))
    while not asked.ended:
        asked.answer(rows(total=3))

    assert ids(asked.result) == ["l-0001:1", "l-0001:2"]
    assert not asked.result.complete


def test_a_vendor_that_ignores_the_offset_is_not_asked_for_ever() -> None:
    same = rows(row(1), row(2), total=-1)
    asked = drive(unit="ms").answer(same).answer(same)

    assert asked.ended
    assert len(asked.result.rows) == 2
    assert not asked.result.complete


def test_rows_from_before_are_left_out_though_the_filter_let_them_through() -> None:
    asked = drive(page=10, unit="s")
    asked.answer(rows(row(1, SINCE - 1), row(2, SINCE), row(3, SINCE - 5 * SECOND)))

    assert ids(asked.result) == ["l-0001:2"]
    assert asked.result.complete


def test_a_row_carries_its_columns_by_heading_and_what_tells_it_apart() -> None:
    asked = drive(unit="ms").answer(rows(row(1, str(SINCE), "")))

    assert asked.result.rows == [
        {
            "First Name": "Bo 1",
            "list_id": "l-0001",
            "_contact_id_": "l-0001:1",
            "__created_date": SINCE,
            "__modified_date": SINCE,
            "fields": {"First Name": "Bo 1"},
        }
    ]


def test_a_column_of_the_customer_cannot_pass_for_one_of_ours() -> None:
    headers = [*HEADERS, "list_id", "fields"]
    asked = drive(unit="ms").answer(rows([*row(1), "l-9999", "mine"], headers=headers))

    found = asked.result.rows[0]
    assert found["list_id"] == "l-0001"
    assert found["fields"]["list_id"] == "l-9999"


@pytest.mark.parametrize(
    "broken",
    [
        ["l-0001:1", "Bo", None, None],
        ["l-0001:1", "Bo", "yesterday", None],
        ["l-0001:1", "Bo", 10**17, None],
        ["l-0001:1", "Bo", "9" * 40, None],
        ["l-0001:1", "Bo", -5, None],
        ["l-0001:1", "Bo"],
        [None, "Bo", SINCE, None],
        ["", "Bo", SINCE, None],
        [],
    ],
    ids=[
        "no date",
        "words",
        "year 3 million",
        "huge",
        "negative",
        "short",
        "no id",
        "blank",
        "empty",
    ],
)
def test_a_row_without_id_or_moment_is_kept_aside_and_stops_no_other(broken: list[Any]) -> None:
    found = drive(page=5, unit="ms").answer(rows(broken, row(7))).result

    assert len(found.unusable) == 1
    assert len(found.rows) == 1


@pytest.mark.parametrize(
    "headers", [["_contact_id_", "First Name"], ["First Name", "__created_date"]]
)
def test_rows_without_the_columns_that_all_need_are_an_answer_that_cannot_be_used(
    headers: list[str],
) -> None:
    with pytest.raises(BadAnswer, match="list l-0001") as refused:
        drive(unit="ms").answer(rows(["Bo", SINCE], headers=headers))

    assert "Marketing List" in refused.value.fix
    assert "Bo" not in refused.value.message


def test_changed_rows_are_asked_for_by_their_change_and_new_ones_left_out() -> None:
    asked = Drive(rows_changed(Watch({"list": "l-0001"}, {"unit": "ms"}, SINCE, 9)))
    assert asked.part.input["modafter"] == SINCE - 1
    assert "createdafter" not in asked.part.input
    old, late = SINCE - 9 * SECOND, SINCE + 2 * SECOND

    asked.answer(rows(row(1), row(2, old, late), row(3, modified=late), row(4, old, old + 1)))
    assert ids(asked.result) == ["l-0001:2", "l-0001:3"]
