"""How HighLevel says yes and no.

Bodies differ: the text stands under `message` (string or list), `msg`, `error` or `detail`, or it
is the whole body; the status of HTTP counts, the body's may differ; every top-level id is kept, for
it is often the way out. A missing scope, a wrong version and even a gateway's time-out come as 401,
so the text is read before a refresh is thought of.
"""

import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from dragoman.catalog import bodies
from dragoman.catalog.entries import CONSENT, GONE
from dragoman.catalog.quotas import Quota
from dragoman.catalog.wire import Answer
from dragoman.kernel.errors import (
    AnswerLost,
    DragomanError,
    RateLimited,
    Rejected,
    TokenRefused,
)

_SAYING = ("message", "msg", "error", "detail")
_NOT_THE_TOKEN = re.compile(
    r"not authorized for this scope|user type mismatch|authclass|version header|\bE01\b",
    re.IGNORECASE,
)
_UNWILLING = re.compile(r"DND is active|has unsubscribed", re.IGNORECASE)
_NOT_THERE = re.compile(r"\bnot found\b", re.IGNORECASE)
_GATEWAY = re.compile(r"timed out", re.IGNORECASE)


def read(answer: Answer) -> Any:
    """Give the content of a 2xx answer, or raise what the answer means."""
    content = bodies.content(answer)
    if bodies.succeeded(answer):
        if isinstance(content, dict | list) or _is_plain(content, answer):
            return content
        if answer.status == HTTPStatus.NO_CONTENT:  # a deleted voice agent says no more
            return {}
        raise bodies.unusable("HighLevel", answer)
    error = _error(answer, content)
    error.trace = trace(answer.headers, content)
    raise error


def _is_plain(content: Any, answer: Answer) -> bool:
    """Whether it is a bare true, false or text that says itself to be JSON, as of `/saas-api`."""
    return isinstance(content, bool | str) and "json" in answer.headers.get("content-type", "")


def trace(headers: Mapping[str, str], content: Any) -> str:
    found = content.get("traceId") if isinstance(content, dict) else None
    return str(found) if found else headers.get("traceid", "")


def quota(headers: Mapping[str, str]) -> Quota:
    interval = _number(headers, "x-ratelimit-interval-milliseconds")
    reset = _number(headers, "x-ratelimit-daily-reset")
    return Quota(
        burst=_number(headers, "x-ratelimit-max"),
        interval=None if interval is None else interval / 1000,
        remaining=_number(headers, "x-ratelimit-remaining"),
        daily_limit=_number(headers, "x-ratelimit-limit-daily"),
        daily_remaining=_number(headers, "x-ratelimit-daily-remaining"),
        daily_reset=None if reset is None else reset / 1000,
    )


def _error(answer: Answer, content: Any) -> DragomanError:
    facts = content if isinstance(content, dict) else {}
    words = bodies.words(answer, content, _SAYING)
    status = answer.status
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return RateLimited("HighLevel asked to wait")
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        # A gateway may give up while the server behind it goes on: it may have happened.
        return AnswerLost(f"HighLevel answered {status}: {words}")
    if status == HTTPStatus.UNAUTHORIZED and _GATEWAY.search(words):
        # The same here: a time-out, whatever its number says.
        return AnswerLost(f"HighLevel's gateway answered {status}: {words}")
    if status == HTTPStatus.UNAUTHORIZED and not _NOT_THE_TOKEN.search(words):
        return TokenRefused(f"HighLevel does not accept the access token: {words}")
    return Rejected(
        f"HighLevel answered {status}: {words}",
        status=status,
        reason=CONSENT if _UNWILLING.search(words) else _reason(facts) or _gone(status, words),
        ids=_ids(facts),
    )


def _reason(content: dict[str, Any]) -> str:
    envelope = content.get("error")
    found = content.get("canonicalCode") or (
        envelope.get("code") if isinstance(envelope, dict) else None
    )
    return found if isinstance(found, str) else ""


def _gone(status: int, words: str) -> str:
    """A missing record is a 400 here and a 404 there; a wrong path is a 404, too."""
    there = status in {HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND}
    return GONE if there and _NOT_THERE.search(words) else ""


def _ids(content: dict[str, Any]) -> dict[str, str]:
    meta = content.get("meta")
    found = {**content, **meta} if isinstance(meta, dict) else content
    return {
        name: value
        for name, value in found.items()
        if isinstance(value, str) and (name == "id" or name.endswith("Id")) and name != "traceId"
    }


def _number(headers: Mapping[str, str], name: str) -> int | None:
    try:
        return int(headers[name])
    except (KeyError, ValueError):
        return None
