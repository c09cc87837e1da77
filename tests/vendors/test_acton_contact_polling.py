"""Act-On Contacts that came, were changed, joined a segment or reached a score; driven by hand."""

from collections.abc import Callable
from typing import Any

import pytest

from dragoman.catalog.parts import Found, PollPlan, Watch
from dragoman.kernel.clock import HOUR, SECOND, Millis, iso
from dragoman.kernel.errors import BadAnswer
from dragoman.vendors.acton import contact_polling, import_polling, program_polling
from tests.vendors.plans import Drive

SINCE: Millis = 1_772_463_845_678
NOW = SINCE + HOUR
Plan = Callable[[Watch], PollPlan]


def contact(number: int, updated: Any = SINCE, created: Any = SINCE, **more: Any) -> dict[str, Any]:
    dates = {"createdDate": created, "updatedDate": updated}
    return {
        "id": f"l-unified-contacts:{number}",
        "email": f"bo{number}@example.com",
        **dates,
        **more,
    }


def page(*rows: Any, total: Any = None) -> dict[str, Any]:
    return {"contacts": list(rows), "page": 0, "pageSize": 2, "totalCount": total}


def drive(plan: Plan, *pages: Any, cursor: Any = None, **settings: Any) -> Drive:
    asked = Drive(plan(Watch(settings, cursor or {}, SINCE, 2, NOW)))
    for one in pages:
        asked.answer(one)
    return asked


def numbers(found: Found) -> list[int]:
    return [int(one["id"].rpartition(":")[2]) for one in found.rows]


@pytest.mark.parametrize(
    ("plan", "condition"),
    [(contact_polling.added, "createdAfter"), (contact_polling.changed, "updatedAfter")],
)
def test_contacts_are_asked_for_in_seconds_page_by_page(plan: Plan, condition: str) -> None:
    asked = drive(plan, page(contact(1, SINCE + 1), contact(2, SINCE + 1)))
    asked.answer(page(contact(3, SINCE + 1))).answer(page())

    since = str(SINCE // SECOND - 1)
    assert [part.input for part in asked.asked] == [
        {condition: since, "page": number, "pageSize": 2} for number in range(3)
    ]
    assert numbers(asked.result) == [1, 2, 3]
    assert asked.result.complete


def test_a_total_spares_the_empty_page() -> None:
    asked = drive(contact_polling.added, page(contact(1), contact(2), total="2"))

    assert asked.ended
    assert asked.result.complete


def test_totals_that_differ_say_that_one_may_have_been_missed() -> None:
    asked = drive(contact_polling.added, page(contact(1), contact(2), total=3))
    asked.answer(page(contact(2), total=2))

    assert not asked.result.complete


@pytest.mark.parametrize("at", [SINCE, str(SINCE), SINCE // SECOND + 1, iso(SINCE)], ids=repr)
def test_a_date_may_come_in_any_form(at: Any) -> None:
    found = drive(contact_polling.added, page(contact(1, at, at)), page()).result

    assert numbers(found) == [1]
    assert type(found.rows[0]["createdDate"]) is int


@pytest.mark.parametrize("broken", [{"createdDate": "soon"}, {"createdDate": None}, {"id": None}])
def test_a_contact_without_id_or_date_stops_no_other(broken: dict[str, Any]) -> None:
    found = drive(contact_polling.added, page({**contact(1), **broken}, contact(2)), page()).result

    assert numbers(found) == [2]
    assert len(found.unusable) == 1


def test_who_was_made_and_not_changed_since_is_not_changed() -> None:
    rows = (contact(1), contact(2, SINCE + 5))

    assert numbers(drive(contact_polling.changed, page(*rows), page()).result) == [2]


def test_the_first_time_all_are_asked_for_their_score_and_later_those_who_changed() -> None:
    first = drive(contact_polling.reached, threshold="50")
    assert first.part.input == {"page": 0, "pageSize": 2}
    old = contact(1, SINCE - HOUR, actonPrimaryScore="50")
    first.answer(page(old, contact(2, actonPrimaryScore="49"))).answer(page())
    assert [(one["score"], one["threshold"]) for one in first.result.rows] == [(50, 50)]

    later = drive(contact_polling.reached, cursor=first.result.cursor, threshold="50")
    assert "updatedAfter" in later.part.input
    later.answer(page(contact(2, actonPrimaryScore=51.0), contact(3, actonPrimaryScore="high")))
    assert numbers(later.answer(page()).result) == [2]


def members(*rows: Any, cursor: Any = None) -> Found:
    found: Found = drive(
        contact_polling.joined, page(*rows), page(), cursor=cursor, segment="g-000b"
    ).result
    return found


def test_who_is_in_a_segment_when_one_begins_to_look_has_not_joined_it() -> None:
    first = members(contact(1))
    second = members(contact(1), contact(2), cursor=first.cursor)

    assert (first.rows, numbers(second)) == ([], [2])
    assert (second.rows[0]["segment_id"], second.rows[0]["found_at"]) == ("g-000b", NOW)


def test_who_leaves_and_comes_back_has_joined_again_and_is_told_apart() -> None:
    cursor = members(contact(1)).cursor
    turns = []
    for rows in ((), (contact(1),), (), (contact(1),)):
        found = drive(
            contact_polling.joined, page(*rows), *([page()] if rows else []), cursor=cursor,
            segment="g-000b",
        ).result  # fmt: skip
        cursor = found.cursor
        turns += [one["turn"] for one in found.rows]

    assert turns == [2, 4]


def test_a_poll_that_is_repeated_tells_the_same() -> None:
    cursor = members(contact(1)).cursor

    once, again = (members(contact(1), contact(2), cursor=cursor) for _ in range(2))

    assert once.rows == again.rows


def test_where_pages_moved_nobody_is_told_of_before_the_next_time() -> None:
    cursor = members(contact(1)).cursor
    asked = drive(
        contact_polling.joined, page(contact(1), contact(2), total=3), cursor=cursor, segment="g"
    )
    found = asked.answer(page(contact(2), total=3)).result

    assert (found.rows, found.cursor, found.complete) == ([], cursor, False)


def test_a_segment_of_too_many_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contact_polling, "_MOST", 1)

    with pytest.raises(BadAnswer, match="too many to remember"):
        members(contact(1), contact(2))


def test_a_change_in_a_segment_is_told_with_the_segment() -> None:
    rows = (contact(1), contact(2, SINCE + 5), contact(3, SINCE - 5, SINCE - 9))
    found = drive(contact_polling.changed_in, page(*rows), page(), segment="q-0002").result

    assert [(one["segment_id"], one["email"]) for one in found.rows] == [
        ("q-0002", "bo2@example.com")
    ]


# Programs


def program(*sources: str) -> dict[str, Any]:
    listed = [{"id": "tr-0001", "name": "Welcome", "srcIds": list(sources)}]
    return {"folders": [{"id": -1, "name": "", "programs": listed}]}


def rows(*records: str) -> dict[str, Any]:
    return {
        "headers": ["_contact_id_", "E-mail Address", "__created_date", "__modified_date"],
        "data": [[one, "bo@example.com", SINCE + 1, SINCE + 1] for one in records],
        "totalCount": len(records),
    }


def test_lists_and_segments_that_feed_a_program_are_all_looked_at() -> None:
    cursor = {"l-0001": {"unit": "ms"}, "g-000b": {"turn": 3, "members": []}}
    asked = drive(
        program_polling.entered, program("l-0001", "g-000b"), cursor=cursor, program="tr-0001"
    )
    assert asked.part.input["listid"] == "l-0001"
    asked.answer(rows("l-0001:a"))
    asked.answer(page(contact(7))).answer(page())

    found = asked.result
    assert [(one["source_id"], one["person_id"], one["turn"]) for one in found.rows] == [
        ("l-0001", "l-0001:a", 0),
        ("g-000b", "l-unified-contacts:7", 3),
    ]
    assert [one["entered_at"] for one in found.rows] == [SINCE + 1, NOW]
    assert found.cursor["g-000b"]["turn"] == 4


def test_a_program_that_is_not_there_is_told() -> None:
    with pytest.raises(BadAnswer, match="no program tr-0009"):
        drive(program_polling.entered, program(), program="tr-0009")


def test_a_program_that_nothing_feeds_tells_nothing() -> None:
    found = drive(program_polling.entered, program(), program="tr-0001").result

    assert (found.rows, found.cursor, found.complete) == ([], {}, True)


# Imports


def test_an_import_is_told_when_it_is_over_and_nothing_is_asked_then() -> None:
    running = {"data": {"importId": "41", "importStatus": "RUNNING"}, "result": None}
    over = {"importId": "41", "importStatus": "COMPLETED", "createdCount": 2}
    settings = {"import": "41"}

    def poll(cursor: dict[str, Any]) -> Drive:
        return Drive(import_polling.finished(Watch(settings, cursor, SINCE, 1, NOW)))

    assert poll({}).answer(running).result == Found([], {})
    found = poll({}).answer({"data": over, "result": over}).result
    assert found.rows == [{**over, "import_id": "41", "found_at": NOW}]
    assert poll(found.cursor).asked == []
