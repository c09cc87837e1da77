"""uvicorn's HTTP, with bounds on what comes before a request: no connection is held for free."""

import asyncio
import logging
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_WITHIN = 10.0
"""Seconds that a connection has to bring the whole head of a request."""
HEAD_CAP = 64 * 1024
"""Bytes of a head."""
_TOO_LONG = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
    b"content-length: 0\r\nconnection: close\r\n\r\n"
)

# Strangers send what is no HTTP all day long; that is no news to whoever reads the log.
_log = logging.getLogger("uvicorn.error.strangers")
_log.setLevel(logging.ERROR)


class Guarded(HttpToolsProtocol):
    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.logger = _log
        self._deadline: asyncio.TimerHandle | None = None
        self._head = False
        """Whether a head has begun and is not whole yet."""
        self._size = 0
        """Bytes that came while it had not been whole."""
        self._now = 0
        """Bytes that came just now."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._arrived()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._now = len(data)
        super().data_received(data)
        if self.transport.is_closing():
            return
        self._size = self._size + self._now if self._head else 0
        if self._size > HEAD_CAP:
            self.transport.write(_TOO_LONG)
            self.transport.close()
        elif self._deadline is None and self._idle():
            # Data has come, and no whole head: of a next request, or what nobody reads any more.
            self._wait()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._head = True

    def on_headers_complete(self) -> None:
        if self._size + self._now > HEAD_CAP and self._length() > HEAD_CAP:
            raise ValueError  # the parser ends the connection with a 400
        super().on_headers_complete()
        # What a chunked body brings after its end is no header: it goes into a list of its own.
        self.headers = []
        self._head = False
        self._arrived()

    def _length(self) -> int:
        return len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers)

    def _idle(self) -> bool:
        """Whether no request is being answered."""
        cycle: Any = self.cycle  # None before the first request, whatever its type says
        return cycle is None or cycle.response_complete

    def _wait(self) -> None:
        self._deadline = self.loop.call_later(HEAD_WITHIN, self._late)

    def _arrived(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _late(self) -> None:
        self._deadline = None
        if not self.transport.is_closing():
            self.transport.close()
