"""How Act-On says no: there is no common form, so each known one is a row."""

import pytest

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
from dragoman.vendors.acton import answers
from tests.vendors.answers import PAGE, brief, json, page, raw


def refusal(answer: Answer) -> DragomanError:
    with pytest.raises(DragomanError) as refused:
        answers.read(answer)
    return refused.value


def gateway(status: int, words: str, more: str = "") -> Answer:
    body = {"httpCode": str(status), "httpMessage": words, "moreInformation": more}
    return json(status, body)


@pytest.mark.parametrize(
    ("answer", "words", "reason"),
    [
        (
            gateway(404, "Not Found", "No resources match requested URI"),
            "No resources match requested URI",
            "404",
        ),
        (gateway(403, "Forbidden"), "Forbidden", "403"),
        (
            json(403, {"error": "invalid_grant", "error_description": "Wrong email or password."}),
            "Wrong email or password.",
            "invalid_grant",
        ),
        (
            json(400, {"errorCode": 10004, "message": "Invalid or missing list"}),
            "Invalid or missing list",
            "10004",
        ),
        (
            json(400, {"errorCode": "10010", "message": "Invalid Column Specified"}),
            "Invalid Column Specified",
            "10010",
        ),
        (
            raw(
                400,
                b'{\n  "errorCode": "10010",\n  "message": "Invalid Column Specified",\n}',
                "application/json",
            ),
            "Invalid Column Specified",
            "",
        ),
        (json(422, {"errorCode": 10121, "message": "email missing"}), "email missing", "10121"),
        (
            json(400, {"errorName": "SUPPRESSED", "message": "Recipient is suppressed"}),
            "Recipient is suppressed",
            "SUPPRESSED",
        ),
        (
            json(400, {"success": False, "message": "Bad", "suppressedRecipients": []}),
            "Bad",
            "",
        ),
        (
            json(
                400,
                {
                    "success": False,
                    "message": "Recipient has been suppressed",
                    "suppressedRecipients": ["bo@example.com"],
                },
            ),
            "Recipient has been suppressed",
            "consent",
        ),
        (
            json(
                500,
                {"errorName": "EmailServiceException", "message": "A subscription is required"},
            ),
            "A subscription is required",
            "EmailServiceException",
        ),
        (
            json(
                400,
                {
                    "errorId": "e-1",
                    "requestUri": "/custom-objects/v1/1",
                    "errorMessage": "Validation failed",
                    "errorList": ["name: must not be blank"],
                    "status": "400 BAD_REQUEST",
                },
            ),
            "Validation failed",
            "",
        ),
        (json(400, {"errors": ["row 1: e-mail", "row 2: e-mail"]}), "row 1: e-mail; row 2", ""),
        (raw(404, b"", "text/plain"), "nothing", ""),
        (raw(409, b"", "text/plain"), "nothing", ""),
        (raw(413, b"File too large", "text/plain"), "File too large", ""),
        (page(403), f"a page of {len(PAGE)} bytes (text/html)", ""),
        (raw(406, PAGE), f"a page of {len(PAGE)} bytes (no content type)", ""),
        (json(400, []), "[]", ""),
        (json(400, {"errorCode": None, "message": None, "errorName": 0}), "a page of", ""),
    ],
    ids=brief,
)
def test_a_refusal_keeps_the_words_and_the_code(answer: Answer, words: str, reason: str) -> None:
    error = refusal(answer)

    assert type(error) is Rejected
    assert (error.status, error.reason) == (answer.status, reason)
    assert words in error.message


@pytest.mark.parametrize(
    "answer",
    [gateway(401, "Unauthorized"), raw(401), json(401, {"error": "access_denied"}), page(401)],
    ids=range(4),
)
def test_a_401_asks_for_a_refresh(answer: Answer) -> None:
    assert type(refusal(answer)) is TokenRefused


@pytest.mark.parametrize("status", [400, 401, 403, 500])
@pytest.mark.parametrize("form", ["json", "plain"])
def test_an_account_without_api_access_is_told_whom_to_ask(status: int, form: str) -> None:
    word = "PUBLIC_API_FEATURE_NOT_ENABLED"
    plain = raw(status, word.encode(), "text/plain")
    error = refusal(json(status, {"message": word}) if form == "json" else plain)

    assert type(error) is Rejected
    assert error.reason == word
    assert "Act-On's support" in error.fix


def test_a_429_is_a_wait_and_no_refusal() -> None:
    error = refusal(gateway(429, "Too Many Requests", "Rate Limit exceeded"))

    assert type(error) is RateLimited
    assert "Rate Limit exceeded" in error.message


@pytest.mark.parametrize("status", [500, 502, 503, 504])
@pytest.mark.parametrize("body", [b"", PAGE, b'{"message":"oops"}'])
def test_after_a_5xx_it_may_have_happened(status: int, body: bytes) -> None:
    assert type(refusal(raw(status, body))) is AnswerLost


@pytest.mark.parametrize(
    "body",
    [b"", PAGE, b'"text"', b"3", b"null", b'{"a":', b"a,b\n1,2\n", b"[" * 100_000],
    ids=range(8),
)
def test_a_yes_without_json_cannot_be_used(body: bytes) -> None:
    assert type(refusal(raw(200, body))) is BadAnswer


def test_a_yes_is_its_content_list_or_object() -> None:
    assert answers.read(json(200, ["l-0001:a", "Bo"])) == ["l-0001:a", "Bo"]
    assert answers.read(json(200, {"status": "success"})) == {"status": "success"}


def test_a_bare_true_or_false_is_whether_it_worked() -> None:
    assert answers.read(raw(200, b"true", "application/json")) == {"isSuccess": True}
    assert answers.read(raw(200, b"false", "application/json")) == {"isSuccess": False}


@pytest.mark.parametrize("answer", [raw(204), raw(200, b"", "text/plain;charset=UTF-8")])
def test_a_yes_that_says_so_may_be_silent(answer: Answer) -> None:
    assert answers.read(answer) == {}


def test_the_vendors_words_are_cut() -> None:
    for answer in (json(400, {"message": "x" * 100_000}), raw(400, b"x" * 100_000)):
        assert len(refusal(answer).message) < 600


def test_the_ids_of_the_gateway_are_kept() -> None:
    both = {"x-global-transaction-id": "g-1", "x-request-id": "r-1"}

    assert refusal(json(400, {}, **both)).trace == "g-1"
    assert answers.trace({"x-request-id": "r-1"}, {}) == "r-1"
    assert answers.trace({}, None) == ""


def test_the_headers_say_nothing_of_limits() -> None:
    assert answers.quota({"x-ratelimit-max": "100"}) == Quota()
