"""How Act-On says yes and no. There is no common error format: the keys of the body tell which.

The gateway says `{httpCode, httpMessage, moreInformation}`, the original API `{errorCode, message}`
with the code sometimes as text, the contacts API an empty body.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from dragoman.catalog.quotas import Quota
from dragoman.catalog.wire import Answer
from dragoman.kernel import jsons
from dragoman.kernel.errors import (
    AnswerLost,
    BadAnswer,
    DragomanError,
    RateLimited,
    Rejected,
    TokenRefused,
)

_WORDS = 500


def read(answer: Answer) -> Any:
    """Give the content of a 2xx answer, or raise what the answer means."""
    try:
        content = jsons.decode(answer.body)
    except jsons.Unreadable:
        content = None
    if HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES:
        if isinstance(content, dict | list):
            return content
        raise BadAnswer(
            f"Act-On answered {answer.status} with {_plain(answer)} where JSON was due",
            fix="see the kept answer; the vendor or a proxy before it may be in trouble",
        )
    error = _error(answer, content if isinstance(content, dict) else {})
    error.trace = trace(answer.headers, content)
    raise error


def trace(headers: Mapping[str, str], content: Any) -> str:
    del content  # Act-On's ids stand in the headers of its gateway
    return headers.get("x-global-transaction-id") or headers.get("x-request-id", "")


def quota(headers: Mapping[str, str]) -> Quota:
    del headers  # Act-On's answers say nothing of its limits
    return Quota()


def _error(answer: Answer, content: dict[str, Any]) -> DragomanError:
    words = _words(content) or _plain(answer)
    status = answer.status
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return RateLimited(f"Act-On asked to wait: {words}")
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return AnswerLost(f"Act-On answered {status}: {words}")
    if status == HTTPStatus.UNAUTHORIZED:
        return TokenRefused(f"Act-On does not accept the access token: {words}")
    fix = ""
    if "PUBLIC_API_FEATURE_NOT_ENABLED" in words:
        fix = "ask Act-On's support to enable API access for this account"
    return Rejected(
        f"Act-On answered {status}: {words}",
        status=status,
        reason=str(content.get("errorCode", content.get("httpCode", ""))),
        fix=fix,
    )


def _words(content: dict[str, Any]) -> str:
    names = ("message", "moreInformation", "error_description", "httpMessage", "error")
    found = (content.get(name) for name in names)
    return next((one[:_WORDS] for one in found if isinstance(one, str) and one), "")


def _plain(answer: Answer) -> str:
    kind = answer.headers.get("content-type", "").partition(";")[0]
    if not answer.body:
        return "nothing"
    return f"a page of {len(answer.body)} bytes ({kind or 'no content type'})"
