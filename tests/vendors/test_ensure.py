"""Find or create the conversation of a contact, driven by hand."""

from typing import Any

import pytest

from dragoman.kernel.errors import AnswerLost, Rejected
from dragoman.vendors.highlevel.conversations import ensure
from tests.vendors.plans import Drive

EXISTS = Rejected(
    "Conversation already exists",
    status=400,
    reason="CONVERSATIONS_CONVERSATION_ALREADY_EXISTS",
    ids={"conversationId": "v-2"},
)


def searched(*conversations: dict[str, Any]) -> dict[str, Any]:
    return {"conversations": list(conversations), "total": len(conversations)}


def test_a_conversation_that_is_there_is_given() -> None:
    drive = Drive(ensure({"contactId": "c-1"}))

    drive.answer(searched({"id": "v-1", "contactId": "c-1"}))

    assert drive.result == {"id": "v-1", "contactId": "c-1", "created": False}
    assert [one.operation for one in drive.asked] == ["highlevel.conversations.search"]


def test_a_conversation_of_somebody_else_is_not_taken() -> None:
    drive = Drive(ensure({"contactId": "c-1"}))

    drive.answer(searched({"id": "v-9", "contactId": "c-9"}, {"id": "v-1", "contactId": "c-1"}))

    assert drive.result["id"] == "v-1"


def test_where_there_is_none_it_is_created() -> None:
    drive = Drive(ensure({"contactId": "c-1"}))

    drive.answer(searched())
    assert drive.part.operation == "highlevel.conversations.create"
    assert drive.part.input == {"contactId": "c-1"}
    drive.answer({"success": True, "conversation": {"id": "v-1"}})

    assert drive.result == {"id": "v-1", "contactId": "c-1", "created": True}


def test_already_exists_is_an_answer_for_it_names_the_conversation() -> None:
    drive = Drive(ensure({"contactId": "c-1"})).answer(searched()).fail(EXISTS)

    assert drive.result == {"id": "v-2", "contactId": "c-1", "created": False}


@pytest.mark.parametrize("error", [Rejected("no such contact", status=400), AnswerLost()])
def test_any_other_failure_goes_on_up(error: Exception) -> None:
    drive = Drive(ensure({"contactId": "c-1"})).answer(searched())

    with pytest.raises(type(error)) as refused:
        drive.fail(error)

    assert refused.value is error


def test_a_search_that_fails_is_not_followed_by_a_create() -> None:
    drive = Drive(ensure({"contactId": "c-1"}))

    with pytest.raises(Rejected):
        drive.fail(EXISTS)

    assert len(drive.asked) == 1
