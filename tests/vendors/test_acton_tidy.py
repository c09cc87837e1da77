"""One form for answers of Act-On's that come in several, or were never published."""

from typing import Any

import pytest

from dragoman.kernel.errors import BadAnswer
from dragoman.vendors.acton import tidy

ROWS = [{"id": "1"}]


@pytest.mark.parametrize(
    "content", [ROWS, {"result": ROWS}, {"senders": ROWS}, {"count": 1, "campaigns": ROWS}]
)
def test_wherever_the_rows_stand_they_are_found(content: Any) -> None:
    assert tidy.listed(content)["result"] == ROWS


def test_a_list_beside_the_rows_does_not_hide_them() -> None:
    assert tidy.listed({"result": ROWS, "folders": []})["result"] == ROWS


@pytest.mark.parametrize("content", [{}, {"status": "ok"}, {"one": [], "other": []}])
def test_without_a_list_or_with_two_nobody_can_say(content: Any) -> None:
    with pytest.raises(BadAnswer, match="lists where one was due"):
        tidy.listed(content)


def test_the_older_names_of_a_messages_fields_become_those_of_today() -> None:
    older = {"title": "Spring", "msg_id": "s-0001-2603", "timestamp": 1, "sender_email": "a@b.c"}

    page = tidy.messages({"msgresult": [older, "?"], "offset": 0})

    today = {"name": "Spring", "msgId": "s-0001-2603", "timeStamp": 1, "senderEmail": "a@b.c"}
    assert page == {"msgresult": [today, "?"], "offset": 0}


@pytest.mark.parametrize("content", [[], {"result": []}, {"msgresult": None}])
def test_what_is_no_page_of_messages_stays_as_it_is(content: Any) -> None:
    assert tidy.messages(content) == content


@pytest.mark.parametrize(
    ("content", "sent"),
    [
        ({"id": "s-0001-2603", "message": "x s-0002-2603"}, "s-0001-2603"),
        ({"message": "Message scheduled for launch: s-00af-2603."}, "s-00af-2603"),
        ({"message": "Message s-00af"}, None),
        ({"status": "success"}, None),
    ],
)
def test_the_id_of_a_send_stands_beside_its_words_or_in_them(content: Any, sent: Any) -> None:
    assert tidy.sent(content).get("id") == sent
