"""Putting a conversation away, driven by hand."""

from typing import Any

import pytest

from dragoman.catalog.entries import GONE
from dragoman.kernel.errors import AnswerLost, BadAnswer, BadInput, Rejected
from dragoman.vendors.highlevel.archive import archive
from tests.vendors.plans import Drive

TAGS = ["archived"]
REFUSED = Rejected("Failed cancel the scheduled message", status=404)


def sms(number: int, status: str = "scheduled", **more: Any) -> dict[str, Any]:
    return {"id": f"m-{number}", "messageType": "TYPE_SMS", "status": status, **more}


def mail(number: int, *ids: str) -> dict[str, Any]:
    return sms(number, messageType="TYPE_EMAIL", meta={"email": {"messageIds": list(ids)}})


def page(*messages: dict[str, Any], more: bool = False) -> dict[str, Any]:
    return {"messages": list(messages), "nextPage": more}


def tagged(**given: Any) -> Drive:
    """As far as the first page of messages."""
    drive = Drive(archive({"conversationId": "v-1", "tags": TAGS, **given}))
    drive.answer({"id": "v-1", "contactId": "c-1"})
    return drive.answer({"success": True}).answer({"tags": TAGS})


def names(drive: Drive) -> list[str]:
    return [one.operation.removeprefix("highlevel.") for one in drive.asked]


def test_it_is_read_and_unstarred_its_contact_tagged_and_what_is_scheduled_cancelled() -> None:
    drive = tagged().answer(page(sms(3), mail(2, "e-2"), sms(1, "delivered")))
    drive.answer({"status": 200}).answer({"status": 200})

    assert [(one.operation.removeprefix("highlevel."), one.input) for one in drive.asked] == [
        ("conversations.get", {"conversationId": "v-1"}),
        ("conversations.update", {"conversationId": "v-1", "unreadCount": 0, "starred": False}),
        ("contacts.add_tags", {"contactId": "c-1", "tags": TAGS}),
        ("messages.list", {"conversationId": "v-1", "limit": 100}),
        ("messages.cancel_scheduled", {"messageId": "m-3"}),
        ("messages.cancel_scheduled_email", {"emailMessageId": "e-2"}),
    ]
    assert drive.result == {
        "conversationId": "v-1",
        "contactId": "c-1",
        "cancelled": ["m-3", "m-2"],
        "too_late": [],
        "tags": TAGS,
        "complete": True,
    }


def test_the_conversation_of_a_contact_is_found() -> None:
    drive = Drive(archive({"contactId": "c-1", "tags": TAGS}))
    other = {"id": "v-9", "contactId": "c-9"}
    drive.answer({"conversations": [other, {"id": "v-1", "contactId": "c-1"}]})

    assert drive.part.input["conversationId"] == "v-1"


def test_a_contact_without_a_conversation_is_tagged() -> None:
    drive = Drive(archive({"contactId": "c-1", "tags": TAGS})).answer({"conversations": []})

    assert names(drive) == ["conversations.search", "contacts.add_tags"]
    assert drive.answer({}).result == {
        "conversationId": None,
        "contactId": "c-1",
        "cancelled": [],
        "too_late": [],
        "tags": TAGS,
        "complete": True,
    }


def test_without_tags_nobody_is_tagged() -> None:
    drive = Drive(archive({"conversationId": "v-1", "tags": []}))
    drive.answer({"id": "v-1", "contactId": "c-1"}).answer({}).answer(page())

    assert "contacts.add_tags" not in names(drive)
    assert drive.result["tags"] == []


def test_both_ids_must_fit_each_other() -> None:
    drive = Drive(archive({"conversationId": "v-1", "contactId": "c-9", "tags": TAGS}))

    with pytest.raises(BadInput, match="not that contact's"):
        drive.answer({"id": "v-1", "contactId": "c-1"})
    assert names(drive) == ["conversations.get"]


def test_both_ids_that_fit_are_fine() -> None:
    assert not tagged(contactId="c-1").ended


def test_without_any_id_nothing_is_asked() -> None:
    with pytest.raises(BadInput, match="needs 'conversationId' or 'contactId'"):
        Drive(archive({"tags": TAGS}))


def test_a_conversation_that_names_nobody_is_not_touched() -> None:
    drive = Drive(archive({"conversationId": "v-1", "tags": TAGS}))

    with pytest.raises(BadAnswer):
        drive.answer({"id": "v-1"})
    assert len(drive.asked) == 1


def test_all_pages_are_looked_through() -> None:
    drive = tagged().answer(page(sms(9), sms(8, "sent"), more=True)).answer({"status": 200})

    assert drive.part.input == {"conversationId": "v-1", "limit": 100, "lastMessageId": "m-8"}
    assert drive.answer(page(sms(1))).answer({"status": 200}).result["cancelled"] == ["m-9", "m-1"]


def test_a_conversation_without_an_end_is_told_to_be_incomplete() -> None:
    drive = tagged()
    while not drive.ended:
        drive.answer(page(sms(len(drive.asked), "read"), more=True))

    assert names(drive).count("messages.list") == 20
    assert drive.result["complete"] is False


@pytest.mark.parametrize("status", ["sent", "delivered", "failed", "pending", "SENT"])
def test_a_cancel_that_came_too_late_is_told_and_stops_no_other(status: str) -> None:
    drive = tagged().answer(page(sms(2), sms(1))).fail(REFUSED)

    assert drive.part.operation == "highlevel.messages.get"
    assert drive.part.input == {"id": "m-2"}
    drive.answer({"message": sms(2, status)}).answer({"status": 200})
    assert (drive.result["cancelled"], drive.result["too_late"]) == (["m-1"], ["m-2"])


@pytest.mark.parametrize(
    "found",
    [
        Rejected("not found", status=400, reason=GONE),
        Rejected("nothing", status=404),
        {"message": sms(1, "cancelled")},
        {"message": sms(1, "Canceled")},
    ],
    ids=["gone", "404", "cancelled", "Canceled"],
)
def test_a_refused_cancel_of_what_is_gone_was_done_by_a_try_whose_answer_was_lost(
    found: Any,
) -> None:
    drive = tagged().answer(page(sms(1))).fail(REFUSED)
    done = drive.fail(found) if isinstance(found, Exception) else drive.answer(found)

    assert (done.result["cancelled"], done.result["too_late"]) == (["m-1"], [])


@pytest.mark.parametrize("status", ["scheduled", ""])
def test_a_refused_cancel_of_what_is_still_to_be_sent_is_a_failure(status: str) -> None:
    drive = tagged().answer(page(sms(1))).fail(REFUSED)

    with pytest.raises(Rejected) as refused:
        drive.answer({"message": sms(1, status)})
    assert refused.value is REFUSED


def test_a_message_that_cannot_be_looked_at_is_a_failure() -> None:
    forbidden = Rejected("no", status=403)
    drive = tagged().answer(page(sms(1))).fail(REFUSED)

    with pytest.raises(Rejected) as refused:
        drive.fail(forbidden)
    assert refused.value is forbidden


def test_any_other_failure_goes_on_up() -> None:
    with pytest.raises(AnswerLost):
        tagged().answer(page(sms(1))).fail(AnswerLost())


@pytest.mark.parametrize("meta", [None, "x", {}, {"email": None}, {"email": {"messageIds": []}}])
def test_a_mail_without_its_own_id_is_cancelled_by_that_of_the_message(meta: Any) -> None:
    drive = tagged().answer(page(sms(1, meta=meta)))

    assert drive.part.input == {"messageId": "m-1"}


def test_every_id_of_a_mail_is_cancelled() -> None:
    drive = tagged().answer(page(mail(1, "e-1", "e-2"))).answer({}).answer({})

    assert [one.input for one in drive.asked[-2:]] == [
        {"emailMessageId": "e-1"},
        {"emailMessageId": "e-2"},
    ]
    assert drive.result["cancelled"] == ["m-1"]
