"""OAuth 2 as both vendors speak it: bearer tokens, and refresh tokens that work once."""

import math
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from dragoman.catalog import bodies
from dragoman.catalog.vendors import Credentials, Tokens
from dragoman.catalog.wire import Answer, Request
from dragoman.kernel.errors import BadAnswer, CredentialsError, RateLimited, TransientError
from dragoman.kernel.secret import Secret


def bearer(token: Secret) -> dict[str, str]:
    """What every call carries."""
    return {"Authorization": f"Bearer {token.reveal()}", "Accept": "application/json"}


def refresh(path: str, credentials: Credentials) -> Request:
    """Ask for a new pair of tokens."""
    form = {
        "client_id": credentials.client_id,
        "client_secret": credentials.client_secret.reveal(),
        "grant_type": "refresh_token",
        "refresh_token": credentials.refresh_token.reveal(),
    }
    kind = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    return Request("POST", path, headers=kind, body=urlencode(form).encode())


def tokens(title: str, answer: Answer) -> Tokens:
    """Read the token endpoint's answer; the names of its fields in snake or camel case.

    Raises:
        CredentialsError: the refresh token is used up or revoked, or the client is wrong.
        RateLimited, TransientError: the endpoint, or something before it, is busy or down.
        BadAnswer: it answered something else than tokens.
    """
    if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
        raise RateLimited(f"{title}'s token endpoint asked to wait")
    if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise TransientError(f"{title}'s token endpoint answered {answer.status}")
    if answer.status == HTTPStatus.REQUEST_TIMEOUT or _blocked(answer):
        raise TransientError(f"something before {title}'s token endpoint answered {answer.status}")
    if answer.status >= HTTPStatus.BAD_REQUEST:
        raise CredentialsError(
            f"{title} refused the refresh token ({answer.status})",
            fix="reconnect the account: `dragoman connections add`",
        )
    content = bodies.content(answer)
    try:
        return Tokens(
            access_token=Secret(_text(content, "access_token", "accessToken")),
            refresh_token=Secret(_text(content, "refresh_token", "refreshToken")),
            expires_in=_seconds(content, "expires_in", "expiresIn"),
        )
    except (KeyError, TypeError, ValueError):
        raise BadAnswer(f"{title}'s token endpoint answered without tokens") from None


def _blocked(answer: Answer) -> bool:
    """Whether a page, or a gateway's time-out, came where the endpoint itself says no in JSON."""
    if answer.status < HTTPStatus.BAD_REQUEST:
        return False
    return bodies.is_page(answer) or b"timed out" in answer.body.lower()


def _text(content: Any, *names: str) -> str:
    found = _first(content, *names)
    if not (isinstance(found, str) and found):
        raise TypeError(names)
    return found


def _seconds(content: Any, *names: str) -> float:
    found = float(_first(content, *names))
    if not (math.isfinite(found) and found > 0):
        raise ValueError(names)
    return found


def _first(content: Any, *names: str) -> Any:
    for name in names:
        if name in content:
            return content[name]
    raise KeyError(names)
