"""Whether a record was added whose answer was lost, driven by hand."""

from typing import Any

import pytest

from dragoman.catalog.parts import Lost
from dragoman.kernel.clock import MINUTE, SECOND, Millis
from dragoman.kernel.errors import BadAnswer
from dragoman.vendors.acton.lookup import record_by_values
from tests.vendors.plans import Drive

TRIED: Millis = 1_772_463_845_678
HEADERS = ["_contact_id_", "First Name", "E-mail Address", "__created_date", "__modified_date"]
RECORD = {"E-mail Address": "bo@example.com", "First Name": "Bo"}


def row(number: int, email: str = "bo@example.com", name: str = "Bo", at: Any = TRIED) -> list[Any]:
    return [f"l-0001:{number:x}", name, email, at, at]


def rows(*data: list[Any]) -> dict[str, Any]:
    return {"headers": HEADERS, "data": list(data), "totalCount": len(data)}


def begun(record: dict[str, Any] | None = None) -> Drive:
    """As far as the first page; the filter of this list counts milliseconds."""
    lost = Lost({"listid": "l-0001", "record": record or RECORD}, TRIED)
    return Drive(record_by_values(lost)).answer(rows(row(1))).answer(rows(row(1)))


def ids(drive: Drive) -> list[str]:
    return [one["id"] for one in drive.answer(rows()).result]


def test_a_record_with_all_of_the_same_values_since_the_first_try_is_ours() -> None:
    drive = begun()

    assert drive.part.input == {
        "listid": "l-0001",
        "datequalifiers": True,
        "count": 1000,
        "createdafter": TRIED - 15 * SECOND - 1,
        "offset": 0,
    }
    drive.answer(rows(row(1, "ann@example.com"), row(2), row(3, name="Bob")))
    assert drive.part.input["offset"] == 3
    assert drive.answer(rows()).result == [{"id": "l-0001:2", "contact_id": "l-0001:2"}]


def test_case_and_blanks_do_not_matter_and_nothing_is_empty_text() -> None:
    drive = begun({"E-mail Address": " Bo@Example.com", "First Name": None})

    assert ids(drive.answer(rows(row(1, name=""), row(2, name="Bo")))) == ["l-0001:1"]


@pytest.mark.parametrize("at", [TRIED - MINUTE, None, "yesterday", ""])
def test_a_record_from_before_or_of_no_known_moment_is_not_ours(at: Any) -> None:
    assert ids(begun().answer(rows(row(1, at=at)))) == []


def test_a_clock_that_lies_a_little_behind_does_not_hide_it() -> None:
    assert ids(begun().answer(rows(row(1, at=TRIED - 10 * SECOND)))) == ["l-0001:1"]


def test_of_an_empty_list_nothing_is_ours() -> None:
    lost = Lost({"listid": "l-0001", "record": RECORD}, TRIED)

    assert Drive(record_by_values(lost)).answer(rows()).result == []


def test_a_system_name_that_the_list_does_not_show_leaves_it_open() -> None:
    with pytest.raises(BadAnswer, match=r"'EMAIL'.*nobody can tell"):
        begun({"EMAIL": "bo@example.com"}).answer(rows(row(1)))


def test_too_many_rows_since_leave_it_open() -> None:
    drive = begun()
    for number in range(4):
        drive.answer(rows(row(number)))

    with pytest.raises(BadAnswer, match="nobody can tell"):
        drive.answer(rows(row(9)))
