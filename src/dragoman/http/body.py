"""Reads one body: whole, unpacked and no larger than its cap; into memory or into a sink.

Unpacked here and not by the HTTP library, because that takes a cut gzip stream for a whole one.
"""

import hashlib
import zlib
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing

from dragoman.catalog.wire import Kept, Sink
from dragoman.kernel.errors import AnswerLost, BadAnswer

CODING = "gzip"
"""What we ask for, and the only coding we take."""

_MEMBERS = 100
"""Packed streams in a row, so that empty ones cannot keep us busy."""

Read = Callable[[], Awaitable[bytes]]
"""Gives the next bytes as they come, and none at the end."""


async def whole(read: Read, coding: str, cap: int, host: str) -> bytes:
    """Read to the end.

    Args:
        read: gives the bytes as they came over the wire.
        coding: the answer's `Content-Encoding`, empty for none.
        cap: bytes, counted after unpacking.
        host: for messages.

    Raises:
        BadAnswer: larger than the cap, or in a coding that nobody asked for.
        AnswerLost: the packed body is damaged or cut.
    """
    chunks = [chunk async for chunk in _unpacked(read, coding, cap, host)]
    return chunks[0] if len(chunks) == 1 else b"".join(chunks)


async def poured(read: Read, coding: str, cap: int, host: str, sink: Sink) -> Kept:
    """Read to the end into a sink that has begun; see `whole`. What went in."""
    size, digest = 0, hashlib.sha256()
    async with aclosing(_unpacked(read, coding, cap, host)) as chunks:
        async for chunk in chunks:
            size += len(chunk)
            digest.update(chunk)
            await sink.write(chunk)
    return Kept(size, digest.hexdigest())


async def _unpacked(read: Read, coding: str, cap: int, host: str) -> AsyncGenerator[bytes]:
    gzip = _gzip(coding, host)
    room = cap
    while chunk := await read():
        if gzip is not None:
            chunk = gzip.feed(chunk, room + 1)
        room -= len(chunk)
        if room < 0:
            raise BadAnswer(
                f"The answer of {host} is larger than {cap} bytes",
                fix="Ask for less at once, or raise the cap.",
            )
        yield chunk
    if gzip is not None and not gzip.whole:
        raise AnswerLost(f"The packed answer of {host} is cut")


def _gzip(coding: str, host: str) -> "_Gzip | None":
    match coding.lower():
        case "" | "identity":
            return None
        case "gzip" | "x-gzip":
            return _Gzip(host)
        case _:
            raise BadAnswer(f"{host} packed its answer in a way that was not asked for")


class _Gzip:
    """Unpacks a stream of gzip members."""

    def __init__(self, host: str) -> None:
        self._host = host
        self._member = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        self._fed = False
        self._members = 1

    @property
    def whole(self) -> bool:
        return self._member.eof or not self._fed

    def feed(self, data: bytes, most: int) -> bytes:
        """Unpack at most `most` bytes; what would be more stays packed."""
        self._fed = True
        try:
            unpacked = self._member.decompress(data, most)
            while self._member.eof and self._member.unused_data and len(unpacked) < most:
                rest = self._member.unused_data
                self._member = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
                self._members += 1
                if self._members > _MEMBERS:
                    raise AnswerLost(f"The packed answer of {self._host} has too many parts")
                unpacked += self._member.decompress(rest, most - len(unpacked))
        except zlib.error:
            raise AnswerLost(f"The packed answer of {self._host} is damaged") from None
        return unpacked
