"""Whether a message of Act-On's was made or sent whose answer was lost, driven by hand."""

from typing import Any

import pytest

from dragoman.catalog.parts import Lost
from dragoman.kernel.clock import MINUTE, SECOND, Millis
from dragoman.kernel.errors import BadAnswer
from dragoman.vendors.acton.message_lookups import draft_by_title, send_by_title
from tests.vendors.plans import Drive

TRIED: Millis = 1_772_463_845_678
DRAFT = {"type": "draft", "subject": "News", "title": "Spring"}


def row(number: int, name: Any = "Spring", at: Any = str(TRIED)) -> dict[str, Any]:
    return {"msgId": f"d-{number:04x}", "name": name, "timeStamp": at}


def rows(*found: Any) -> dict[str, Any]:
    return {"msgresult": list(found), "totalCount": len(found)}


def draft(*found: Any) -> Any:
    return Drive(draft_by_title(Lost(DRAFT, TRIED))).answer(rows(*found)).result


def test_a_draft_of_the_same_title_since_the_first_try_is_ours() -> None:
    drive = Drive(draft_by_title(Lost(DRAFT, TRIED)))

    assert drive.part.input == {"type": "DRAFT", "count": 1000, "offset": 0}
    assert drive.answer(rows(row(1, "Summer"), row(2, " Spring "))).result == [{"id": "d-0002"}]


@pytest.mark.parametrize("at", [TRIED - MINUTE, str(TRIED - 2 * MINUTE), None, "yesterday"])
def test_one_from_before_or_of_no_known_moment_is_not_ours(at: Any) -> None:
    assert draft(row(1, at=at)) == []


def test_a_clock_that_lies_a_little_behind_does_not_hide_it() -> None:
    assert draft(row(1, at=TRIED - 10 * SECOND)) == [{"id": "d-0001"}]


@pytest.mark.parametrize("strange", [{"name": "Spring"}, {"msgId": 7, "name": "Spring"}])
def test_a_row_without_an_id_is_passed_over(strange: dict[str, Any]) -> None:
    assert draft({**strange, "timeStamp": str(TRIED)}) == []


def test_without_a_title_nobody_can_tell() -> None:
    lost = Lost({"type": "draft", "subject": "News"}, TRIED)

    with pytest.raises(BadAnswer, match="no title"):
        Drive(draft_by_title(lost))


def test_a_send_is_looked_for_among_those_that_went_out_are_to_go_and_failed() -> None:
    drive = Drive(send_by_title(Lost({"title": "Spring"}, TRIED)))
    for kind in ("SENT", "SCHEDULED", "FAILED"):
        assert drive.part.input["type"] == kind
        drive.answer(rows(row(1 + len(kind), at=str(TRIED + MINUTE))))

    assert [one["id"] for one in drive.result] == ["d-0005", "d-000a", "d-0007"]


def test_a_full_page_is_followed_by_the_next_and_too_many_leave_it_open() -> None:
    drive = Drive(draft_by_title(Lost(DRAFT, TRIED)))
    full = rows(*[row(number, "Summer") for number in range(1000)])
    for _ in range(4):
        drive.answer(full)

    assert drive.part.input["offset"] == 4000
    with pytest.raises(BadAnswer, match="nobody can tell"):
        drive.answer(full)
