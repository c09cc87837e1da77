"""Tokens at HighLevel.

Refresh tokens work once and live a year; access tokens live a day. Repeating the same refresh
within 30 seconds gives the same new pair (vendor's changelog), which must not be leaned on.
"""

from dragoman.catalog import oauth
from dragoman.catalog.vendors import Credentials, Tokens
from dragoman.catalog.wire import Answer, Request

headers = oauth.bearer


def refresh(credentials: Credentials) -> Request:
    return oauth.refresh("/oauth/token", credentials)


def tokens(answer: Answer) -> Tokens:
    """Read the token endpoint's answer; errors as in `oauth.tokens`."""
    return oauth.tokens("HighLevel", answer)
