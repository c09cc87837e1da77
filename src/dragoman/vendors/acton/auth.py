"""Tokens: how a call carries them, and how a new pair is asked for.

Refresh tokens work once and end after about 30 days; access tokens live an hour; five
authentications an hour are allowed.
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
        "grant_type": "refresh_token",
        "refresh_token": credentials.refresh_token.reveal(),
        "client_id": credentials.client_id,
        "client_secret": credentials.client_secret.reveal(),
    }
    kind = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    return Request("POST", "/token", headers=kind, body=urlencode(form).encode())


def tokens(answer: Answer) -> Tokens:
    """Read the token endpoint's answer.

    Raises:
        CredentialsError: the refresh token is used up or expired, or the client is wrong.
        TransientError: the endpoint is busy or down, or a page came from something before it.
        BadAnswer: it answered something else than tokens.
    """
    if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
        raise RateLimited("Act-On allows five authentications an hour, and they are used up")
    if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise TransientError(f"Act-On's token endpoint answered {answer.status}")
    if answer.status == HTTPStatus.REQUEST_TIMEOUT or _blocked(answer):
        raise TransientError(f"something before Act-On's token endpoint answered {answer.status}")
    if answer.status >= HTTPStatus.BAD_REQUEST:
        raise CredentialsError(
            f"Act-On refused the refresh token ({answer.status})",
            fix="reconnect the account: `dragoman connections add`",
        )
    try:
        content = jsons.decode(answer.body)
        return Tokens(
            access_token=Secret(_text(content, "access_token")),
            refresh_token=Secret(_text(content, "refresh_token")),
            expires_in=_seconds(content, "expires_in"),
        )
    except (jsons.Unreadable, KeyError, TypeError, ValueError):
        raise BadAnswer("Act-On's token endpoint answered without tokens") from None


def _blocked(answer: Answer) -> bool:
    """Whether a page came where the endpoint itself says no in JSON."""
    return answer.status >= HTTPStatus.BAD_REQUEST and answer.body.lstrip()[:1] == b"<"


def _text(content: Any, name: str) -> str:
    found = content[name]
    if not (isinstance(found, str) and found):
        raise TypeError(name)
    return found


def _seconds(content: Any, name: str) -> float:
    found = float(content[name])
    if not (math.isfinite(found) and found > 0):
        raise ValueError(name)
    return found
