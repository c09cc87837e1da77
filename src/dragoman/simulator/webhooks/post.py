"""One try over HTTP. It is handed in, so that a test in virtual time can do without a socket."""

from collections.abc import Awaitable, Callable, Mapping

import aiohttp

Deliver = Callable[[str, Mapping[str, str], bytes], Awaitable[int]]
"""URL, headers, body; answers the status.

Raises:
    NoAnswer: nothing listened, or the connection ended before the answer.
"""

CONNECTIONS = 32


class NoAnswer(Exception):
    """Nobody said whether the delivery was taken."""


class Post:
    """The real one. Its connections are opened at the first delivery and kept."""

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None

    async def __call__(self, url: str, headers: Mapping[str, str], body: bytes) -> int:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=CONNECTIONS),
                timeout=aiohttp.ClientTimeout(total=None),  # the dispatch's clock says how long
                cookie_jar=aiohttp.DummyCookieJar(),
            )
        try:
            async with self._session.post(
                url, data=body, headers=headers, allow_redirects=False
            ) as answer:
                return answer.status
        except (aiohttp.ClientError, OSError):
            raise NoAnswer from None

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None
