"""Tokens: how a call carries them, and how a new pair is asked for.

Refresh tokens work once and live a year; access tokens live a day. Repeating the same refresh
within 30 seconds gives the same new pair (vendor's changelog), which must not be leaned on.
"""

import math
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from dragoman.catalog.vendors import Credentials, Tokens
from dragoman.catalog.wire import Answer, Request
from dragoman.kernel import jsons
from dragoman.kernel.errors import BadAnswer, CredentialsError, RateLimited, TransientError
from dragoman.kernel.secret import Secret


def headers(token: Secret) -> dict[str, str]:
    return {"Authorization": f"Bearer {token.reveal()}", "Accept": "application/json"}


def refresh(credentials: Credentials) -> Request:
    form = {
        "client_id": credentials.client_id,
        "client_secret": credentials.client_secret.reveal(),
        "grant_type": "refresh_token",
        "refresh_token": credentials.refresh_token.reveal(),
    }
    kind = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    return Request("POST", "/oauth/token", headers=kind, body=urlencode(form).encode())


def tokens(answer: Answer) -> Tokens:
    """Read the token endpoint's answer.

    Raises:
        CredentialsError: the refresh token is used up, revoked, or the location is switched off.
        TransientError: the endpoint is busy or down, or a page came from something before it.
        BadAnswer: it answered something else than tokens.
    """
    if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
        raise RateLimited("HighLevel's token endpoint asked to wait")
    if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise TransientError(f"HighLevel's token endpoint answered {answer.status}")
    if answer.status == HTTPStatus.REQUEST_TIMEOUT or _blocked(answer):
        raise TransientError(
            f"something before HighLevel's token endpoint answered {answer.status}"
        )
    if answer.status >= HTTPStatus.BAD_REQUEST:
        raise CredentialsError(
            f"HighLevel refused the refresh token ({answer.status})",
            fix="reconnect the account: `dragoman connections add`",
        )
    try:
        content = jsons.decode(answer.body)
        return Tokens(
            access_token=Secret(_text(content, "access_token", "accessToken")),
            refresh_token=Secret(_text(content, "refresh_token", "refreshToken")),
            expires_in=_seconds(content, "expires_in", "expiresIn"),
        )
    except (jsons.Unreadable, KeyError, TypeError, ValueError):
        raise BadAnswer("HighLevel's token endpoint answered without tokens") from None


def _blocked(answer: Answer) -> bool:
    """Whether a page, or a gateway's time-out, came where the endpoint itself says no in JSON."""
    if answer.status < HTTPStatus.BAD_REQUEST:
        return False
    return answer.body.lstrip()[:1] == b"<" or b"timed out" in answer.body.lower()


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
    # Version v3 writes camelCase; both are read.
    for name in names:
        if name in content:
            return content[name]
    raise KeyError(names)
