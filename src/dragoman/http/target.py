"""Where a request goes: the exact URL, or a refusal before anything touches the network."""

import re
from functools import lru_cache
from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from dragoman.catalog.wire import Request
from dragoman.kernel.errors import BadInput, DefinitionError

_HOST = re.compile(r"[A-Za-z0-9._-]+|[0-9A-Fa-f:.]+")
_PATH = re.compile(r"/(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*+")
_METHOD = re.compile(r"[A-Z]{1,16}")
_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_VALUE = re.compile(r"[\t\x20-\x7e]*+")


class Origin(NamedTuple):
    """A base URL that was looked at once."""

    prefix: str
    """Scheme, host, port and leading path, without a slash at the end."""
    host: str
    """With its port; the only part that messages may show."""


@lru_cache(maxsize=256)
def origin(base_url: str) -> Origin:
    """Read a base URL: https, or http to this machine; no user, query or fragment.

    Raises:
        DefinitionError: it is something else. The message does not repeat it.
    """
    try:
        parts = urlsplit(base_url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise DefinitionError("The base URL cannot be read") from None
    prefix = parts.path.rstrip("/")
    plain = "@" not in parts.netloc and not parts.query and not parts.fragment
    if not (plain and _HOST.fullmatch(host) and (not prefix or _PATH.fullmatch(prefix))):
        raise DefinitionError("A base URL is a scheme, a host and perhaps a path, nothing else")
    if parts.scheme != "https" and not (parts.scheme == "http" and _is_loopback(host)):
        raise DefinitionError(
            f"{host} must be reached by https", fix="Plain http is for this machine only."
        )
    shown = f"[{host}]" if ":" in host else host
    netloc = shown if port is None else f"{shown}:{port}"
    return Origin(f"{parts.scheme}://{netloc}{prefix}", netloc)


def url(where: Origin, request: Request) -> str:
    """Join them; the path stays as it is, the query is encoded strictly (space is `%20`).

    Raises:
        BadInput: method, path, query or headers hold what would not arrive as written.
    """
    if not _METHOD.fullmatch(request.method):
        raise BadInput("The method is not an HTTP method in capitals")
    if not _PATH.fullmatch(request.path):
        raise BadInput("The path must start with a slash and be percent-encoded")
    for name, value in request.headers.items():
        if not (_TOKEN.fullmatch(name) and _VALUE.fullmatch(value)):
            raise BadInput("A header has a character that headers cannot carry")
    if not request.query:
        return where.prefix + request.path
    return f"{where.prefix}{request.path}?{_encoded(request.query)}"


def _encoded(query: tuple[tuple[str, str], ...]) -> str:
    try:
        pairs = [f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in query]
    except UnicodeEncodeError:
        raise BadInput("The query holds half a character") from None
    return "&".join(pairs)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
