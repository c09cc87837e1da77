"""One form for answers that HighLevel gives in several."""

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
