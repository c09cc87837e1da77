"""How HighLevel says no, row by row of what is documented and what was seen."""

from typing import Any

import pytest

from dragoman.catalog.entries import GONE
from dragoman.catalog.quotas import Quota
from dragoman.catalog.wire import Answer
from dragoman.kernel.errors import (
    AnswerLost,
    BadAnswer,
    DragomanError,
    RateLimited,
    Rejected,
    TokenRefused,
)
from dragoman.vendors.highlevel import answers
from tests.vendors.answers import JSON, PAGE, brief, json, page, raw

TRACE = "0f9d5a52-6c1e-4d0b-9a53-3f1f7b1c2d10"


def refusal(answer: Answer) -> DragomanError:
    with pytest.raises(DragomanError) as refused:
        answers.read(answer)
    return refused.value


def said(status: int, message: Any, **more: Any) -> Answer:
    return json(status, {"statusCode": status, "message": message, "traceId": TRACE, **more})


@pytest.mark.parametrize(
    "answer",
    [
        said(401, "Invalid JWT"),
        said(401, "Invalid Private Integration token"),
        said(401, "Invalid token: access token is invalid", error="Unauthorized"),
        said(401, ""),
        json(401, {}),
        json(401, []),
        raw(401),
        page(401),
        raw(401, b"Unauthorized", "text/plain"),
        said(401, "Invalid JWT from node-e012"),
    ],
    ids=brief,
)
def test_a_401_about_the_token_asks_for_a_refresh(answer: Answer) -> None:
    assert type(refusal(answer)) is TokenRefused


@pytest.mark.parametrize(
    "answer",
    [
        said(401, "The token is not authorized for this scope."),
        said(401, "Token's user type mismatch!"),
        said(401, "This authClass type is not allowed to access this scope."),
        said(401, "version header was not found."),
        said(401, "version header is invalid"),
        said(401, "E01 - Unauthorized request"),
        raw(401, b"The token is not authorized for this scope.", "text/plain"),
        raw(401, b'"The token is not authorized for this scope."', "application/json"),
        json(401, {"error": {"code": "UNAUTHORIZED", "message": "version header is invalid"}}),
    ],
    ids=brief,
)
def test_a_401_about_something_else_spends_no_refresh(answer: Answer) -> None:
    error = refusal(answer)

    assert type(error) is Rejected
    assert error.status == 401


@pytest.mark.parametrize(
    "answer",
    [
        said(401, "Command timed out"),
        raw(401, b"Command timed out", "text/plain"),
        raw(401, b"Command timed out"),
        raw(401, b'"Command timed out"', "application/json"),
    ],
    ids=range(4),
)
def test_a_gateway_that_gave_up_leaves_open_whether_it_happened(answer: Answer) -> None:
    error = refusal(answer)

    assert type(error) is AnswerLost
    assert "Command timed out" in error.message


@pytest.mark.parametrize(
    ("answer", "words", "reason", "ids"),
    [
        (said(403, "The token does not have access to this location."), "this location", "", {}),
        (said(403, "Forbidden resource", error="Forbidden"), "Forbidden resource", "", {}),
        (page(403), f"a page of {len(PAGE)} bytes (text/html)", "", {}),
        (said(404, "Cannot GET /contacts", error="Not Found"), "Cannot GET /contacts", "", {}),
        (raw(404), "nothing", "", {}),
        (
            json(400, {"error": "Contact with id c-1 not found", "status": 400}),
            "Contact with id c-1 not found",
            GONE,
            {},
        ),
        (
            json(400, {"error": "Task with id t-1 not found"}),
            "Task with id t-1 not found",
            GONE,
            {},
        ),
        (said(404, "Transcription not found", error="Not Found"), "Transcription", GONE, {}),
        (said(422, "Template not found"), "Template not found", "", {}),
        (said(400, "Phone has not founded a company"), "has not founded", "", {}),
        (
            json(
                400,
                {
                    "message": "Conversation already exists",
                    "canonicalCode": "CONVERSATIONS_CONVERSATION_ALREADY_EXISTS",
                    "conversationId": "v-1",
                    "traceId": TRACE,
                },
            ),
            "Conversation already exists",
            "CONVERSATIONS_CONVERSATION_ALREADY_EXISTS",
            {"conversationId": "v-1"},
        ),
        (
            json(
                400,
                {
                    "statusCode": 400,
                    "message": "This location does not allow duplicated contacts.",
                    "meta": {"contactId": "c-1", "matchingField": "email", "id": "m-1"},
                },
            ),
            "does not allow duplicated contacts",
            "",
            {"contactId": "c-1", "id": "m-1"},
        ),
        (
            said(400, "Cannot send message as DND is active for SMS"),
            "Cannot send message as DND is active for SMS",
            "consent",
            {},
        ),
        (json(400, {"statusCode": 422, "message": "bad"}), "answered 400: bad", "", {}),
        (json(413, {"status": 413, "message": "File too large"}), "File too large", "", {}),
        (json(415, {"status": 415, "msg": "File type"}), "File type", "", {}),
        (
            said(422, ["property locationId should not exist", "limit must be a number"]),
            "property locationId should not exist; limit must be a number",
            "",
            {},
        ),
        (json(400, {"message": [], "detail": "in detail"}), "in detail", "", {}),
        (
            json(
                404,
                {
                    "error": {
                        "code": "RESOURCE_NOT_FOUND",
                        "message": "No such contact",
                        "details": [],
                    }
                },
            ),
            "No such contact",
            "RESOURCE_NOT_FOUND",
            {},
        ),
        (json(400, {"message": "m", "canonicalCode": None, "contactId": None}), "m", "", {}),
        (raw(400, b"not json at all", "text/plain"), "not json at all", "", {}),
        (raw(302, b"", "text/plain"), "nothing", "", {}),
    ],
    ids=brief,
)
def test_a_refusal_keeps_words_reason_and_the_ids_that_are_the_way_out(
    answer: Answer, words: str, reason: str, ids: dict[str, str]
) -> None:
    error = refusal(answer)

    assert type(error) is Rejected
    assert (error.status, error.reason, error.ids) == (answer.status, reason, ids)
    assert words in error.message
    assert str(answer.status) in error.message


@pytest.mark.parametrize("remaining", ["0", "7"])
def test_a_429_is_a_wait_and_no_refusal(remaining: str) -> None:
    headers = {"x-ratelimit-daily-remaining": remaining}
    error = refusal(json(429, {"statusCode": 429, "message": "Too Many Requests"}, **headers))

    assert type(error) is RateLimited
    assert error.retry_after is None


@pytest.mark.parametrize("status", [500, 502, 503, 504, 520, 599])
@pytest.mark.parametrize("body", [b"", PAGE, b'{"message":"Internal server error"}'])
def test_after_a_5xx_it_may_have_happened(status: int, body: bytes) -> None:
    error = refusal(raw(status, body))

    assert type(error) is AnswerLost
    assert str(status) in error.message


@pytest.mark.parametrize(
    "body",
    [b"", PAGE, b'"text"', b"3", b"null", b"true", b'{"a":', b"\xff\xfe", b"[" * 100_000],
    ids=range(9),
)
@pytest.mark.parametrize("status", [200, 201])
def test_a_yes_without_an_object_or_a_list_cannot_be_used(status: int, body: bytes) -> None:
    error = refusal(raw(status, body, "text/html"))

    assert type(error) is BadAnswer
    assert error.fix


def test_a_yes_is_its_content() -> None:
    assert answers.read(json(201, {"contact": {"id": "c-1"}})) == {"contact": {"id": "c-1"}}


@pytest.mark.parametrize(("body", "content"), [(b"true", True), (b'"updated"', "updated")])
def test_a_yes_may_be_a_word_that_says_itself_to_be_json(body: bytes, content: Any) -> None:
    assert answers.read(raw(200, body, "application/json; charset=utf-8")) == content
    assert type(refusal(raw(200, body))) is BadAnswer


def test_a_yes_that_says_so_may_be_silent() -> None:
    assert answers.read(raw(204)) == {}


def test_the_vendors_words_are_cut() -> None:
    for answer in (said(400, "x" * 100_000), raw(400, b"x" * 100_000), said(400, ["x" * 100_000])):
        assert len(refusal(answer).message) < 600


def test_the_lines_of_a_plain_body_become_one() -> None:
    assert "first second" in refusal(raw(400, b"first\r\nsecond\n", "text/plain")).message


def test_a_refusal_carries_the_vendors_id_of_the_call() -> None:
    assert refusal(said(400, "no")).trace == TRACE
    assert refusal(raw(502)).trace == ""
    assert answers.trace({"traceid": TRACE}, None) == TRACE
    assert answers.trace({"traceid": "header"}, {"traceId": TRACE}) == TRACE
    assert answers.trace({}, []) == ""


def test_the_trace_is_not_among_the_ids() -> None:
    error = refusal(json(400, {"message": "no", "traceId": TRACE, "id": "i-1"}))

    assert isinstance(error, Rejected)
    assert error.ids == {"id": "i-1"}


def test_the_six_headers_of_the_limits_are_read() -> None:
    headers = {
        "x-ratelimit-limit-daily": "200000",
        "x-ratelimit-daily-remaining": "199941",
        "x-ratelimit-interval-milliseconds": "10000",
        "x-ratelimit-max": "100",
        "x-ratelimit-remaining": "98",
        "x-ratelimit-daily-reset": "3600000",
        "x-ratelimit-limit": "7",
        "x-ratelimit-reset": "8",
    }

    assert answers.quota(headers) == Quota(
        burst=100,
        interval=10,
        remaining=98,
        daily_limit=200_000,
        daily_remaining=199_941,
        daily_reset=3600,
    )


@pytest.mark.parametrize("odd", ["", "many", "1.5", "1e3", "9" * 5000, " "])
def test_headers_that_say_nothing_readable_say_nothing(odd: str) -> None:
    names = ("max", "remaining", "daily-remaining", "limit-daily", "daily-reset")
    headers = {f"x-ratelimit-{name}": odd for name in (*names, "interval-milliseconds")}

    assert answers.quota(headers) == answers.quota(JSON) == Quota()
