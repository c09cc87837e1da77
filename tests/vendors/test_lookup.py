"""Whether a create happened whose answer was lost, driven by hand."""

from typing import Any

import pytest

from dragoman.catalog.parts import Lost
from dragoman.kernel.clock import MINUTE, SECOND, Millis, iso
from dragoman.kernel.errors import BadAnswer, TransientError
from dragoman.vendors.highlevel.lookup import (
    contact_in_workflow,
    conversation_of_contact,
    message_by_body,
    note_by_body,
    task_by_title,
)
from tests.vendors.plans import Drive

SENT: Millis = 1_772_463_845_000
SMS = Lost({"type": "SMS", "contactId": "c-1", "message": "Hello Bo"}, SENT)


def message(number: int, at: Millis = SENT, **more: Any) -> dict[str, Any]:
    return {
        "id": f"m-{number}",
        "dateAdded": iso(at),
        "direction": "outbound",
        "body": "Hello Bo",
        **more,
    }


def conversations(*ids: str) -> dict[str, Any]:
    return {"conversations": [{"id": one, "contactId": "c-1"} for one in ids]}


def page(*messages: dict[str, Any], more: bool = False) -> dict[str, Any]:
    return {"messages": list(messages), "nextPage": more}


def begun(*ids: str, lost: Lost = SMS) -> Drive:
    return Drive(message_by_body(lost)).answer(conversations(*ids or ("v-1",)))


def test_the_message_that_was_sent_is_found() -> None:
    drive = begun().answer(page(message(1, SENT + SECOND)))

    assert drive.result == [{"conversationId": "v-1", "messageId": "m-1"}]
    assert drive.asked[0].input == {"contactId": "c-1"}
    assert drive.asked[1].input == {"conversationId": "v-1", "limit": 100}


@pytest.mark.parametrize(
    "other",
    [
        message(1, direction="inbound"),
        message(1, body="Hello Bo!"),
        message(1, body=None),
        message(1, SENT - 3 * MINUTE),
    ],
    ids=["inbound", "other text", "no text", "long before"],
)
def test_another_message_is_not_taken_for_it(other: dict[str, Any]) -> None:
    assert begun().answer(page(other)).result == []


def test_a_clock_that_lies_a_little_behind_does_not_hide_it() -> None:
    assert begun().answer(page(message(1, SENT - 10 * SECOND))).result != []


def test_all_that_fit_are_given_the_newest_first() -> None:
    newest = page(message(2, SENT + 2 * SECOND), message(1, SENT + SECOND))

    assert [one["messageId"] for one in begun().answer(newest).result] == ["m-2", "m-1"]


def test_all_conversations_of_the_contact_are_looked_at() -> None:
    drive = begun("v-1", "v-2").answer(page()).answer(page(message(1)))

    assert drive.result == [{"conversationId": "v-2", "messageId": "m-1"}]


def test_a_search_that_shows_no_conversation_proves_nothing() -> None:
    with pytest.raises(TransientError):
        Drive(message_by_body(SMS)).answer({"conversations": []})


def test_further_pages_are_asked_for_while_messages_are_new() -> None:
    full = [message(number, SENT + SECOND, body="other") for number in range(100)]
    drive = begun().answer(page(*full, more=True))

    assert drive.part.input["lastMessageId"] == "m-99"
    assert drive.answer(page(message(100))).result == [
        {"conversationId": "v-1", "messageId": "m-100"}
    ]


def test_pages_from_before_the_send_are_not_asked_for() -> None:
    drive = begun().answer(page(message(2), message(1, SENT - 3 * MINUTE), more=True))

    assert len(drive.asked) == 2
    assert [one["messageId"] for one in drive.result] == ["m-2"]


def test_an_empty_page_that_promises_more_ends_the_search() -> None:
    assert begun().answer(page(more=True)).result == []


def test_too_many_messages_since_leave_it_open() -> None:
    drive = begun()
    full = [message(number, SENT + SECOND) for number in range(100)]
    for _ in range(4):
        drive.answer(page(*full, more=True))

    with pytest.raises(BadAnswer, match="nobody can tell"):
        drive.answer(page(*full, more=True))


@pytest.mark.parametrize("date", [None, "", "yesterday", 1_772_463_845_000, ["2026"]])
def test_a_message_without_a_readable_date_leaves_it_open(date: Any) -> None:
    drive = begun()

    with pytest.raises(BadAnswer, match="nobody can tell"):
        drive.answer(page({**message(1), "dateAdded": date}))


def test_a_message_without_any_date_leaves_it_open() -> None:
    dateless = {key: value for key, value in message(1).items() if key != "dateAdded"}
    drive = begun()

    with pytest.raises(BadAnswer, match="nobody can tell"):
        drive.answer(page(dateless))


@pytest.mark.parametrize(
    "given",
    [
        {"type": "Email", "contactId": "c-1", "html": "<p>Hello</p>"},
        {"type": "Email", "contactId": "c-1", "message": "Hello"},
        {"type": "SMS", "contactId": "c-1", "attachments": ["https://example.com/a.png"]},
    ],
    ids=["html", "email with text", "attachment alone"],
)
def test_of_what_the_lists_do_not_hold_nobody_can_tell(given: dict[str, Any]) -> None:
    with pytest.raises(BadAnswer, match="nobody can tell"):
        Drive(message_by_body(Lost(given, SENT)))


def test_the_conversation_of_a_contact_is_the_one_whoever_made_it() -> None:
    drive = Drive(conversation_of_contact(Lost({"contactId": "c-1"}, SENT)))
    other = {"id": "v-9", "contactId": "c-9"}
    drive.answer({"conversations": [other, {"id": "v-1", "contactId": "c-1"}, {"id": "v-8"}]})

    assert drive.result == [{"conversation": {"id": "v-1", "contactId": "c-1"}}]


def test_a_contact_without_a_conversation_has_none() -> None:
    drive = Drive(conversation_of_contact(Lost({"contactId": "c-1"}, SENT)))

    assert drive.answer({"conversations": []}).result == []


NOTE = Lost({"contactId": "c-1", "body": "Wants a call"}, SENT)
TASK = Lost({"contactId": "c-1", "title": "Call", "dueDate": "2026-03-03T09:00:00Z"}, SENT)
WORKFLOW = Lost({"contactId": "c-1", "workflowId": "w-1"}, SENT)


def note(number: int, at: Millis = SENT, **more: Any) -> dict[str, Any]:
    return {"id": f"n-{number}", "dateAdded": iso(at), "body": "Wants a call", **more}


def test_a_note_with_the_same_words_since_the_first_try_is_ours() -> None:
    drive = Drive(note_by_body(NOTE))
    drive.answer(
        {
            "notes": [
                note(1, SENT - MINUTE),
                note(2, SENT - 10 * SECOND),
                note(3, body="Wants a visit"),
                note(4, body="<p>Wants a call</p>", bodyText="Wants a call"),
                note(5, body=None),
            ]
        }
    )

    assert [one["note"]["id"] for one in drive.result] == ["n-2", "n-4"]
    assert drive.asked[0].input == {"contactId": "c-1"}


def test_a_note_without_a_date_leaves_it_open_if_it_could_be_ours() -> None:
    dateless = {"id": "n-1", "body": "Wants a call"}

    with pytest.raises(BadAnswer, match="nobody can tell"):
        Drive(note_by_body(NOTE)).answer({"notes": [dateless]})
    assert Drive(note_by_body(NOTE)).answer({"notes": [{**dateless, "body": "x"}]}).result == []


@pytest.mark.parametrize(
    ("task", "ours"),
    [
        ({"title": "Call", "dueDate": "2026-03-03T09:00:00.000Z"}, True),
        ({"title": "Call", "dueDate": "2026-03-03T10:00:00+01:00"}, True),
        ({"title": "Call", "dueDate": "2026-03-04T09:00:00Z"}, False),
        ({"title": "Visit", "dueDate": "2026-03-03T09:00:00Z"}, False),
        ({"title": "Call", "dueDate": "soon"}, False),
        ({"title": "Call"}, False),
    ],
    ids=["same", "same moment", "other day", "other title", "no moment", "no date"],
)
def test_a_task_of_the_same_title_and_date_is_ours(task: dict[str, Any], *, ours: bool) -> None:
    drive = Drive(task_by_title(TASK)).answer({"tasks": [{"id": "t-1", **task}]})

    assert [one["task"]["id"] for one in drive.result] == (["t-1"] if ours else [])


def test_a_date_that_is_no_moment_is_compared_as_it_is_written() -> None:
    lost = Lost({**TASK.input, "dueDate": "tomorrow"}, SENT)
    drive = Drive(task_by_title(lost))

    assert drive.answer({"tasks": [{"id": "t-1", "title": "Call", "dueDate": "tomorrow"}]}).result


def test_who_is_in_the_workflow_or_was_has_been_added() -> None:
    drive = Drive(contact_in_workflow(WORKFLOW))
    either = {"operator": "eq", "value": "w-1"}

    assert drive.part.input["filters"] == [
        {"field": "id", "operator": "eq", "value": "c-1"},
        {
            "group": "OR",
            "filters": [
                {"field": "activeWorkflows", **either},
                {"field": "finishedWorkflows", **either},
            ],
        },
    ]
    assert drive.answer({"contacts": [{"id": "c-1"}]}).result == [{"succeeded": True}]


def test_a_search_that_finds_nobody_or_somebody_else_says_no() -> None:
    assert Drive(contact_in_workflow(WORKFLOW)).answer({"contacts": []}).result == []
    assert Drive(contact_in_workflow(WORKFLOW)).answer({"contacts": [{"id": "c-2"}]}).result == []
