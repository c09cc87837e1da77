"""Tokens at Act-On.

Refresh tokens work once and end after about 30 days; access tokens live an hour; five
authentications an hour are allowed.
"""

from dragoman.catalog import oauth
from dragoman.catalog.vendors import Credentials, Tokens
from dragoman.catalog.wire import Answer, Request

headers = oauth.bearer


def refresh(credentials: Credentials) -> Request:
    return oauth.refresh("/token", credentials)


def tokens(answer: Answer) -> Tokens:
    """Read the token endpoint's answer; errors as in `oauth.tokens`."""
    return oauth.tokens("Act-On", answer)
