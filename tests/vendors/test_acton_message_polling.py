"""Openings and clicks in the reports of messages, and who may be written to again; by hand."""

from typing import Any

import pytest

from dragoman.catalog.parts import Found, Watch
from dragoman.kernel.clock import DAY, HOUR, Millis
from dragoman.kernel.errors import BadAnswer
from dragoman.vendors.acton import message_polling, suppression_polling
from tests.vendors.plans import Drive

NOW: Millis = 1_772_463_845_678
SINCE = NOW - HOUR


def row(number: int, at: Any = SINCE, **more: Any) -> dict[str, Any]:
    return {"email": f"Bo{number}@example.com", "ts": at, "recid": f"l-1:{number}", **more}


def report(*rows: Any, total: int | None = None) -> dict[str, Any]:
    return {"result": list(rows), "totalCount": len(rows) if total is None else total}


def sent(*messages: tuple[str, Millis]) -> dict[str, Any]:
    return {
        "msgresult": [
            {"msgId": id_, "timeStamp": str(at), "name": "Spring"} for id_, at in messages
        ]
    }


def opened(cursor: Any = None, page: int = 2, **settings: Any) -> Drive:
    return Drive(message_polling.opened(Watch(settings, cursor or {}, SINCE, page, NOW)))


def test_a_message_that_is_named_is_the_only_one() -> None:
    asked = opened(message="s-1").answer(report(row(1), total=3))
    asked.answer(report(row(1), row(2), total=3)).answer(report(row(3), total=3))

    common = {"id": "s-1", "drilldown": "OPENED"}
    assert [part.input for part in asked.asked] == [
        {**common, "count": 1, "offset": 0},
        {**common, "count": 2, "offset": 0},
        {**common, "count": 2, "offset": 2},
    ]
    found = asked.result
    assert [one["address"] for one in found.rows] == [f"bo{n}@example.com" for n in (1, 2, 3)]
    assert (found.cursor, found.complete) == ({"counts": {"s-1": 3}}, True)


def test_where_nothing_is_new_one_question_is_enough() -> None:
    assert opened({"counts": {"s-1": 3}}, message="s-1").answer(report(row(1), total=3)).ended
    assert opened(message="s-1").answer(report()).ended


def test_else_it_is_those_of_the_last_days_and_those_triggered() -> None:
    asked = opened(days="2")
    asked.answer(sent(("s-1", NOW - DAY), ("s-2", NOW - 3 * DAY))).answer(sent())
    asked.answer(sent(("t-1", NOW - 300 * DAY))).answer(sent())
    while not asked.ended:
        asked.answer(report())

    reports = [part.input["id"] for part in asked.asked if "drilldown" in part.input]
    assert reports == ["s-1", "t-1"]


def test_clicks_are_asked_for_by_their_own_word() -> None:
    asked = Drive(message_polling.clicked(Watch({"message": "s-1"}, {}, SINCE, 2, NOW)))

    assert asked.part.input["drilldown"] == "CLICKED"


def test_a_report_that_grows_while_it_is_read_is_read_again() -> None:
    asked = opened(message="s-1").answer(report(row(1), total=3))
    asked.answer(report(row(1), row(2), total=3)).answer(report(row(3), row(4), total=4))
    while not asked.ended:
        asked.answer(report(total=4))

    assert not asked.result.complete
    assert asked.result.cursor == {"counts": {}}


def test_what_happened_long_ago_was_seen_and_what_names_nobody_is_kept_aside() -> None:
    rows = (row(1, SINCE - 2 * DAY), row(2, "soon"), {**row(3), "email": " "}, row(4, str(SINCE)))
    found: Found = (
        opened(message="s-1", page=9).answer(report(rows[0], total=4)).answer(report(*rows)).result
    )

    assert [one["address"] for one in found.rows] == ["bo4@example.com"]
    assert len(found.unusable) == 2


def out(number: int, at: Any = SINCE) -> dict[str, Any]:
    return {"email": f"Bo{number}@example.com", "timestamp": at, "origin": "Ann"}


def opt_ins(*pages: Any, cursor: Any = None) -> Drive:
    asked = Drive(suppression_polling.opt_ins(Watch({}, cursor or {}, SINCE, 2, NOW)))
    for rows in pages:
        asked.answer({"offset": 0, "count": 0, "totalCount": -1, "result": list(rows)})
    return asked


BOTH = ((out(1), out(2)), (out(2),))
FIRST_ONE = ((out(1),), (out(1),))


def test_who_is_on_the_list_of_opt_outs_no_more_has_opted_in() -> None:
    first = opt_ins(*BOTH).result
    found = opt_ins(*FIRST_ONE, cursor=first.cursor).result

    assert first.rows == []
    assert found.rows == [
        {
            "address": "bo2@example.com",
            "email": "Bo2@example.com",
            "opted_out_at": SINCE,
            "found_at": NOW,
        }
    ]
    assert opt_ins(*FIRST_ONE, cursor=found.cursor).result.rows == []


def test_where_the_list_moved_while_it_was_read_nobody_has_opted_in() -> None:
    cursor = opt_ins(*BOTH).result.cursor
    found = opt_ins((out(1),), (out(3),), (out(3),), cursor=cursor).result

    assert (found.rows, found.cursor, found.complete) == ([], cursor, False)


def test_of_too_many_opt_outs_one_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suppression_polling, "_MOST", 1)

    with pytest.raises(BadAnswer, match="too many to remember"):
        opt_ins(*BOTH)


@pytest.mark.parametrize(
    ("plan", "operation"),
    [
        (suppression_polling.hard_bounces, "acton.suppressions.hard_bounces"),
        (suppression_polling.spam_complaints, "acton.suppressions.spam_complaints"),
    ],
)
def test_bounces_and_complaints_are_read_like_opt_outs(plan: Any, operation: str) -> None:
    asked = Drive(plan(Watch({}, {"unit": "ms"}, SINCE, 2, NOW)))
    for rows in FIRST_ONE:
        asked.answer({"result": list(rows)})

    assert {part.operation for part in asked.asked} == {operation}
    assert [one["address"] for one in asked.result.rows] == ["bo1@example.com"]
