"""One form for answers that HighLevel gives in several."""

from typing import Any

import pytest

from dragoman.kernel.errors import Rejected
from dragoman.vendors.highlevel import tidy

ONE = {"id": "m-1", "body": "Hello"}


def test_a_wrapped_message_stays_as_it_is() -> None:
    wrapped = {"message": ONE, "traceId": "t"}

    assert tidy.message(wrapped) == wrapped


def test_a_flat_message_is_wrapped() -> None:
    assert tidy.message(ONE) == {"message": ONE}
    assert tidy.message({**ONE, "message": "text"}) == {"message": {**ONE, "message": "text"}}


def test_wrapped_messages_are_unwrapped_and_keep_their_trace() -> None:
    inner = {"messages": [ONE], "lastMessageId": "m-1", "nextPage": True}

    assert tidy.messages({"messages": inner, "traceId": "t"}) == {**inner, "traceId": "t"}


def test_flat_messages_stay_as_they_are() -> None:
    flat = {"messages": [ONE], "lastMessageId": "m-1", "nextPage": False}

    assert tidy.messages(flat) == flat


@pytest.mark.parametrize("strange", [[], [ONE], None, "text", 7], ids=repr)
def test_what_is_no_object_is_left_to_whoever_checks_the_shape(strange: Any) -> None:
    assert tidy.message(strange) == tidy.messages(strange) == tidy.cancelled(strange) == strange


@pytest.mark.parametrize("status", [200, 201, "200", None, "", "ok", True, {}], ids=repr)
def test_a_cancel_that_worked_stays_as_it_is(status: Any) -> None:
    done = {"status": status, "message": "Scheduled message cancelled successfully"}

    assert tidy.cancelled(done) == done


@pytest.mark.parametrize("status", [400, 404, "404", 500], ids=repr)
def test_a_refusal_within_a_success_is_a_refusal(status: Any) -> None:
    with pytest.raises(Rejected, match="Failed cancel") as refused:
        tidy.cancelled({"status": status, "message": "Failed cancel the scheduled message"})

    assert refused.value.status == int(status)
