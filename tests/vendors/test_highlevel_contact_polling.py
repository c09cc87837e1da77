"""Contacts and conversations that changed, found by asking; driven by hand."""

from typing import Any

import pytest

from dragoman.catalog.parts import Found, Watch
from dragoman.kernel.clock import MINUTE, Millis, iso
from dragoman.vendors.highlevel import (
    contact_polling,
    conversation_polling,
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


def contact(number: int, changed: Millis | None = SINCE, **more: Any) -> dict[str, Any]:
    date = None if changed is None else iso(changed)
    return {"id": f"c{number}", "dateUpdated": date, "searchAfter": [changed, f"c{number}"], **more}


def contacts(*rows: Any) -> dict[str, Any]:
    return {"contacts": list(rows), "total": len(rows)}


def test_contacts_are_asked_for_by_their_change_the_oldest_first() -> None:
    asked = Drive(contact_polling.changes(watch()))
    assert asked.part.input == {
        "pageLimit": 2,
        "filters": [{"field": "dateUpdated", "operator": "range", "value": {"gte": iso(SINCE)}}],
        "sort": [{"field": "dateUpdated", "direction": "asc"}],
    }
    asked.answer(contacts(contact(1), contact(2, SINCE + 5)))
    assert asked.part.input["searchAfter"] == [SINCE + 5, "c2"]

    asked.answer(contacts(contact(3, dateAdded=iso(SINCE))))
    assert [(one["id"], one["new"]) for one in asked.result.rows] == [
        ("c1", False), ("c2", False), ("c3", True),
    ]  # fmt: skip


def test_who_is_changed_while_pages_are_read_is_told_as_they_are_now() -> None:
    asked = Drive(contact_polling.changes(watch()))
    asked.answer(contacts(contact(1), contact(2))).answer(contacts(contact(1, SINCE + 9)))

    assert {one["id"]: one["dateUpdated"] for one in asked.result.rows} == {
        "c1": SINCE + 9,
        "c2": SINCE,
    }


def test_a_search_that_repeats_itself_comes_to_an_end() -> None:
    same = contacts(contact(1), contact(2))

    assert ids(Drive(contact_polling.changes(watch())).answer(same).answer(same).result.rows) == [
        "c1",
        "c2",
    ]


def test_a_contact_without_a_date_is_kept_aside() -> None:
    found = Drive(contact_polling.changes(watch())).answer(contacts(contact(1, None))).result

    assert (found.rows, ids(found.unusable)) == ([], ["c1"])


def sms(status: str) -> dict[str, Any]:
    return {"dndSettings": {"SMS": {"status": status}, "Email": {"status": "inactive"}}}


def dnd(row: dict[str, Any], **cursor: Any) -> Found:
    found: Found = (
        Drive(contact_polling.do_not_disturb(watch(**cursor))).answer(contacts(row)).result
    )
    return found


@pytest.mark.parametrize(
    ("said", "before", "event"),
    [
        ({}, [], None),
        ({"dnd": True}, [], ["all"]),
        (sms("active"), [], ["sms"]),
        (sms("permanent"), ["sms"], None),
        (sms("inactive"), ["sms"], []),
        ({"dnd": False}, ["all"], []),
        ({"dnd": True, **sms("active")}, ["sms"], ["all"]),
        ({"dndSettings": {"whatsApp": "active"}}, [], ["whatsapp"]),
        ({"dndSettings": "unreadable"}, [], None),
    ],
)
def test_do_not_disturb_is_told_when_it_is_another_one(
    said: dict[str, Any], before: list[str], event: list[str] | None
) -> None:
    found = dnd(contact(1, **said), on={"c1": before} if before else {})

    told = [(one["channels"], one["before"]) for one in found.rows]
    assert told == ([] if event is None else [(event, before)])
    now = event if event is not None else before
    assert found.cursor == {"on": {"c1": now} if now else {}}


def test_what_was_told_once_is_not_told_again() -> None:
    found = dnd(contact(1, dnd=True))

    assert dnd(contact(1, dnd=True), **found.cursor).rows == []


# Conversations


def conversation(number: int, last: Millis | None = SINCE) -> dict[str, Any]:
    return {"id": f"v{number}", "contactId": "c", "lastMessageDate": last, "sort": [last]}


def conversations(*rows: Any) -> dict[str, Any]:
    return {"conversations": list(rows), "total": len(rows)}


def changes(*pages: Any) -> Drive:
    asked = Drive(conversation_polling.changes(watch()))
    for page in pages:
        asked.answer(page)
    return asked


def test_conversations_are_read_back_to_a_moment() -> None:
    asked = changes(conversations(conversation(1, SINCE + 9), conversation(2, SINCE + 5)))
    assert asked.asked[0].input == {"limit": 2, "sortBy": "last_message_date", "sort": "desc"}
    # One later than the last, for others may have its date.
    assert asked.part.input["startAfterDate"] == SINCE + 6

    asked.answer(conversations(conversation(2, SINCE + 5), conversation(3, SINCE - 1)))
    assert ids(asked.result.rows) == ["v1", "v2"]


def test_who_shares_a_date_with_the_end_of_a_page_is_not_left_out() -> None:
    asked = changes(
        conversations(conversation(1, SINCE + 5), conversation(2, SINCE + 5)),
        conversations(conversation(2, SINCE + 5), conversation(3, SINCE + 5)),
        conversations(conversation(4)),
    )

    assert ids(asked.result.rows) == ["v1", "v2", "v3", "v4"]


def test_more_of_one_date_than_a_page_holds_stop_nobody_below() -> None:
    full = conversations(conversation(1, SINCE + 5), conversation(2, SINCE + 5))
    asked = changes(full, full)
    assert asked.part.input["startAfterDate"] == SINCE + 5

    assert ids(asked.answer(conversations(conversation(3))).result.rows) == ["v1", "v2", "v3"]


def test_a_vendor_that_does_not_look_at_the_cursor_is_asked_no_more() -> None:
    full = conversations(conversation(1, SINCE + 5), conversation(2, SINCE + 5))

    assert ids(changes(full, full, full).result.rows) == ["v1", "v2"]


def test_a_conversation_without_a_date_is_kept_aside() -> None:
    found = changes(conversations(conversation(1, None))).result

    assert (found.rows, ids(found.unusable)) == ([], ["v1"])
