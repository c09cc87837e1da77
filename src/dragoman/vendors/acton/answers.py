"""How Act-On says yes and no. There is no common error format: the keys of the body tell which.

The gateway says `{httpCode, httpMessage, moreInformation}`, the token endpoint `{error,
error_description}`, the original API `{errorCode, message}` with the code sometimes as text,
triggered e-mail `{errorName, message}`, custom data `{errorMessage, errorList}`, an import
`{errors}`; the contacts API often leaves the body empty. Some bodies are not quite JSON.
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
"""Characters of the vendor's own words that are kept."""
_SAYING = (
    "message",
    "moreInformation",
    "error_description",
    "errorMessage",
    "errors",
    "errorList",
    "httpMessage",
    "error",
)
_NOT_ENABLED = "PUBLIC_API_FEATURE_NOT_ENABLED"


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
    error = _error(answer, content)
    error.trace = trace(answer.headers, content)
    raise error


def trace(headers: Mapping[str, str], content: Any) -> str:
    del content  # Act-On's ids stand in the headers of its gateway
    return headers.get("x-global-transaction-id") or headers.get("x-request-id", "")


def quota(headers: Mapping[str, str]) -> Quota:
    del headers  # Act-On's answers say nothing of its limits
    return Quota()


def _error(answer: Answer, content: Any) -> DragomanError:
    words = _words(answer, content) or _plain(answer)
    status = answer.status
    if _NOT_ENABLED in words:
        # Whatever the status: a fresh token would be refused for the same reason.
        fix = "ask Act-On's support to enable API access for this account"
        return Rejected(
            f"Act-On answered {status}: {words}", status=status, reason=_NOT_ENABLED, fix=fix
        )
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return RateLimited(f"Act-On asked to wait: {words}")
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return AnswerLost(f"Act-On answered {status}: {words}")
    if status == HTTPStatus.UNAUTHORIZED:
        return TokenRefused(f"Act-On does not accept the access token: {words}")
    reason = _reason(content) if isinstance(content, dict) else ""
    return Rejected(f"Act-On answered {status}: {words}", status=status, reason=reason)


def _words(answer: Answer, content: Any) -> str:
    """Act-On's own words, wherever they stand; nothing where a page came instead."""
    match content:
        case dict():
            return _named(content)[:_WORDS]
        case str():
            return content[:_WORDS]
        case _ if _kind(answer) in {"text/html", "application/xhtml+xml"}:
            return ""
        case _ if answer.body.lstrip()[:1] == b"<":
            return ""
        case _:
            text = answer.body[: _WORDS * 4].decode(errors="replace")
            return " ".join(text.split())[:_WORDS]


def _named(content: dict[str, Any]) -> str:
    for name in _SAYING:
        match content.get(name):
            case str() as words if words:
                return words
            case [*lines] if lines:
                return "; ".join(str(line) for line in lines)
            case _:
                continue
    return ""


def _reason(content: dict[str, Any]) -> str:
    """The code, which comes as a number here and as text there."""
    found = (content.get(name) for name in ("errorCode", "errorName", "httpCode", "error"))
    return next((str(one) for one in found if isinstance(one, str | int) and one), "")


def _plain(answer: Answer) -> str:
    if not answer.body:
        return "nothing"
    return f"a page of {len(answer.body)} bytes ({_kind(answer) or 'no content type'})"


def _kind(answer: Answer) -> str:
    return answer.headers.get("content-type", "").partition(";")[0].strip().lower()
