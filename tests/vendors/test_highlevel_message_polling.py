"""What became of messages, and transcripts of calls, found by asking; driven by hand."""

from itertools import pairwise
from typing import Any

import pytest

from dragoman.catalog.parts import Found, Watch
from dragoman.kernel.clock import DAY, HOUR, MINUTE, SECOND, Millis, iso
from dragoman.vendors.highlevel import (
    call_polling,
    message_polling,
)
from tests.vendors.plans import Drive

SINCE: Millis = 1_772_463_845_678
NOW = SINCE + 10 * MINUTE


def watch(page: int = 2, now: Millis = NOW, **cursor: Any) -> Watch:
    return Watch({}, cursor, SINCE, page, now)


def message(number: int, changed: Millis | None = SINCE, **more: Any) -> dict[str, Any]:
    dates = {} if changed is None else {"dateAdded": iso(changed), "dateUpdated": iso(changed)}
    return {"id": f"m{number}", "contactId": f"c{number}", "status": "sent", **dates, **more}


def messages(*rows: Any, cursor: str | None = None) -> dict[str, Any]:
    return {"messages": list(rows), "nextCursor": cursor, "total": len(rows)}


def ids(rows: list[dict[str, Any]]) -> list[str]:
    return [one["id"] for one in rows]


NONE = messages()


def statuses(*pages: dict[str, Any]) -> Drive:
    asked = Drive(message_polling.statuses(watch(10)))
    for page in pages:
        asked.answer(page)
    return asked


def test_messages_are_asked_for_by_their_change_and_e_mails_apart() -> None:
    asked = statuses(messages(message(1)), messages(message(2)))

    common = {"limit": 10, "sortBy": "updatedAt", "sortOrder": "desc"}
    assert [part.input for part in asked.asked] == [common, {**common, "channel": "Email"}]
    assert ids(asked.result.rows) == ["m1", "m2"]
    assert asked.result.rows[0]["dateUpdated"] == SINCE


def test_pages_are_followed_until_one_is_older_or_the_last() -> None:
    asked = statuses(messages(message(1), cursor="a"), messages(message(2), cursor="b"))
    asked.answer(messages(message(3), message(4, SINCE - 1), cursor="c"))

    assert [part.input.get("cursor") for part in asked.asked] == [None, "a", "b", None]
    assert ids(asked.answer(NONE).result.rows) == ["m1", "m2", "m3"]


def test_an_export_that_repeats_itself_comes_to_an_end() -> None:
    same = messages(message(1), cursor="a")

    assert ids(statuses(same, same, NONE).result.rows) == ["m1"]


def test_what_has_no_status_or_no_date_is_no_event() -> None:
    rows = (message(1, status=None), message(2, None), message(3))
    found: Found = statuses(messages(*rows), NONE).result

    assert ids(found.rows) == ["m3"]
    assert ids(found.unusable) == ["m2"]


def test_where_no_change_is_told_the_making_counts() -> None:
    made = {"id": "m1", "status": "sent", "dateAdded": iso(SINCE + SECOND)}

    assert statuses(messages(made), NONE).result.rows[0]["dateUpdated"] == SINCE + SECOND


# Transcripts


def transcript(text: str = "") -> dict[str, Any]:
    return {"ready": bool(text), "segments": [], "turns": [], "text": text}


def calls(*pages: Any, now: Millis = NOW, **cursor: Any) -> Drive:
    asked = Drive(call_polling.transcripts(watch(10, now, **cursor)))
    for page in pages:
        asked.answer(page)
    return asked


def call(number: int, added: Millis = SINCE, **more: Any) -> dict[str, Any]:
    return message(number, added, status="completed", **more)


def test_a_transcript_is_told_when_it_is_there_and_once() -> None:
    first = calls(messages(call(1)), transcript()).result
    assert first.rows == []
    assert list(first.cursor["waiting"]) == ["m1"]

    later = NOW + HOUR
    found = calls(messages(call(1)), transcript("Hi"), now=later, **first.cursor).result
    assert [(one["id"], one["text"], one["found_at"]) for one in found.rows] == [
        ("m1", "Hi", later)
    ]
    assert calls(messages(call(1)), now=later, **found.cursor).result.rows == []


def test_what_was_there_when_one_began_to_look_is_no_news() -> None:
    found = calls(messages(call(1)), transcript("Hi")).result

    assert found.rows == []
    assert found.cursor == {"waiting": {}, "settled": {"m1": SINCE}}


def test_a_call_without_a_transcript_is_asked_about_less_and_less_and_then_given_up() -> None:
    cursor = calls(messages(call(1)), transcript()).result.cursor
    asked, now = [], NOW
    while cursor["waiting"]:
        now += MINUTE
        drive = calls(NONE, now=now, **cursor)
        if not drive.ended:
            asked.append(now)
            drive.answer(transcript())
        cursor = drive.result.cursor

    assert len(asked) < 30
    assert DAY <= asked[-1] - SINCE < 2 * DAY
    pauses = [later - sooner for sooner, later in pairwise(asked)]
    assert pauses == sorted(pauses)


@pytest.mark.parametrize(
    "silent",
    [
        {"status": "no-answer"},
        {"meta": {"callStatus": "Busy"}},
        {"meta": {"call": {"status": "canceled"}}},
    ],
)
def test_nobody_asks_what_was_said_in_a_call_that_nobody_took(silent: dict[str, Any]) -> None:
    assert calls(messages({**call(1), **silent})).result.cursor["waiting"] == {}


def test_of_many_calls_some_are_asked_about_at_a_time() -> None:
    drive = calls(messages(*(call(number) for number in range(60))))
    count = 0
    while not drive.ended:
        drive.answer(transcript())
        count += 1

    assert count == 50
    assert len(drive.result.cursor["waiting"]) == 60
