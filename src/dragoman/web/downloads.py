"""Files that are fetched: on disk bit by bit, and under their name only once they are whole."""

import asyncio
import fcntl
import os
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import BinaryIO

from dragoman.kernel.errors import DefinitionError, PermanentError

# A link that somebody laid there is not followed, and a pipe not waited for.
_NEW = os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
Told = Callable[[int, int | None], None]
"""Hears how many bytes came so far, of how many where the vendor says so."""


class FileSink:
    """What comes goes into a file."""

    def __init__(self, file: BinaryIO, path: Path, told: Told) -> None:
        self.begun = False
        self._file = file
        self._path = path
        self._told = told
        self._size = 0
        self._length: int | None = None

    async def begin(self, kind: str, length: int | None) -> None:
        del kind
        self.begun, self._length = True, length
        self._told(0, length)

    async def write(self, chunk: bytes) -> None:
        with _written(self._path):
            await asyncio.to_thread(self._file.write, chunk)
        self._size += len(chunk)
        self._told(self._size, self._length)


@asynccontextmanager
async def saved(path: Path, told: Told, *, force: bool = False) -> AsyncIterator[FileSink]:
    """A sink for a file that is there whole after the block, or not at all.

    Until then it is called `NAME.part`, which an error takes away again; after a kill it is left,
    and the next try begins it anew. Where nothing came, there is no file.

    Raises:
        DefinitionError: there is such a file, and it is not to be replaced; or it is being fetched
            at this moment.
        PermanentError: it cannot be written.
    """
    _refuse(path, force=force)
    part = path.with_name(f"{path.name}.part")
    with _written(path):
        file = await asyncio.to_thread(_begin, part, path)
    done = False
    try:
        sink = FileSink(file, path, told)
        yield sink
        if sink.begun:
            with _written(path):
                await asyncio.to_thread(_finish, file, part, path, force=force)
            done = True
    finally:
        with _written(path), file:  # taken away before it is let go: later it may be another's
            if not done:
                part.unlink(missing_ok=True)


def _begin(part: Path, path: Path) -> BinaryIO:
    """The part, empty, and ours as long as it is open."""
    file = os.fdopen(os.open(part, _NEW, 0o666), "wb")
    try:
        _own(file, part, path)
        os.ftruncate(file.fileno(), 0)
    except BaseException:
        file.close()
        raise
    return file


def _own(file: BinaryIO, part: Path, path: Path) -> None:
    """Let nobody else write it, nor one that has just got another name."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        ours = os.path.samestat(os.fstat(file.fileno()), part.lstat())
    except (BlockingIOError, FileNotFoundError):
        ours = False
    if not ours:
        raise DefinitionError(
            f"{path} is being fetched at this moment", fix="wait for it, or name another file"
        )


def _finish(file: BinaryIO, part: Path, path: Path, *, force: bool) -> None:
    file.flush()
    os.fsync(file.fileno())
    if not force:
        try:
            path.open("xb").close()  # if somebody else has made it meanwhile, it stays theirs
        except FileExistsError:
            _refuse(path, force=force)
    part.replace(path)


def _refuse(path: Path, *, force: bool) -> None:
    if path.exists() and not path.is_file():
        raise DefinitionError(
            f"{path} is there already, and is no file that can be replaced", fix="name a file"
        )
    if path.exists() and not force:
        raise DefinitionError(
            f"{path} is there already", fix="name another file, or replace it with --force"
        )


@contextmanager
def _written(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise PermanentError(
            f"{path} cannot be written: {error.strerror}",
            fix="make room there, or name another place",
        ) from None
