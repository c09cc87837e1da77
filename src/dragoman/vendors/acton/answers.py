"""How Act-On says yes and no. There is no common error format: the keys of the body tell which.

The gateway says `{httpCode, httpMessage, moreInformation}`, the token endpoint `{error,
error_description}`, the original API `{errorCode, message}` with the code sometimes as text,
triggered e-mail `{errorName, message}`, custom data `{errorMessage, errorList}`, an import
`{errors}`; the contacts API often leaves the body empty. Some bodies are not quite JSON.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from dragoman.catalog import bodies
from dragoman.catalog.entries import CONSENT
from dragoman.catalog.quotas import Quota
from dragoman.catalog.wire import Answer
from dragoman.kernel.errors import (
    AnswerLost,
    DragomanError,
    RateLimited,
    Rejected,
    TokenRefused,
)

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
_MAIL_REFUSED = "EmailServiceException"


def read(answer: Answer) -> Any:
    """Give the content of a 2xx answer, or raise what the answer means."""
    content = bodies.content(answer)
    if bodies.succeeded(answer):
        if isinstance(content, dict | list):
            return content
        if isinstance(content, bool):  # of Act-On Contacts, a delete by outside id answers `true`
            return {"isSuccess": content}
        if _silent(answer):
            return {}
        raise bodies.unusable("Act-On", answer)
    error = _error(answer, content)
    error.trace = trace(answer.headers, content)
    raise error


def trace(headers: Mapping[str, str], content: Any) -> str:
    del content  # Act-On's ids stand in the headers of its gateway
    return headers.get("x-global-transaction-id") or headers.get("x-request-id", "")


def quota(headers: Mapping[str, str]) -> Quota:
    del headers  # Act-On's answers say nothing of its limits
    return Quota()


def _silent(answer: Answer) -> bool:
    """Whether the vendor meant to say nothing: Act-On Contacts calls no words at all a text."""
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    told = answer.status == HTTPStatus.NO_CONTENT or kind == "text/plain"
    return told and not answer.body


def _error(answer: Answer, content: Any) -> DragomanError:
    words = bodies.words(answer, content, _SAYING)
    status = answer.status
    if _NOT_ENABLED in words:
        # Whatever the status: a fresh token would be refused for the same reason.
        fix = "ask Act-On's support to enable API access for this account"
        return Rejected(
            f"Act-On answered {status}: {words}", status=status, reason=_NOT_ENABLED, fix=fix
        )
    if isinstance(content, dict) and content.get("errorName") == _MAIL_REFUSED:
        # A 5xx that is a refusal all the same: the account lacks what it would have to buy.
        fix = "send it as not transactional, or ask Act-On for transactional e-mail"
        return Rejected(
            f"Act-On answered {status}: {words}", status=status, reason=_MAIL_REFUSED, fix=fix
        )
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return RateLimited(f"Act-On asked to wait: {words}")
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return AnswerLost(f"Act-On answered {status}: {words}")
    if status == HTTPStatus.UNAUTHORIZED:
        return TokenRefused(f"Act-On does not accept the access token: {words}")
    reason = _reason(content) if isinstance(content, dict) else ""
    return Rejected(f"Act-On answered {status}: {words}", status=status, reason=reason)


def _reason(content: dict[str, Any]) -> str:
    """The code, which comes as a number here and as text there; of a suppressed person, consent."""
    if content.get("suppressedRecipients"):
        return CONSENT
    found = (content.get(name) for name in ("errorCode", "errorName", "httpCode", "error"))
    return next((str(one) for one in found if isinstance(one, str | int) and one), "")
