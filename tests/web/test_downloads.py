"""A file is there whole, or not at all; and nobody else's is written over."""

import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pytest

from dragoman.kernel.errors import AnswerLost, DefinitionError, PermanentError
from dragoman.web.downloads import FileSink, saved


def quiet(_: int, __: int | None) -> None:
    pass


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


async def test_a_file_has_its_name_once_it_is_whole(tmp_path: Path) -> None:
    told: list[tuple[int, int | None]] = []
    file = tmp_path / "call.wav"

    async with saved(file, lambda size, length: told.append((size, length))) as sink:
        await sink.begin("audio/x-wav", 6)
        await sink.write(b"abc")
        assert names(tmp_path) == ["call.wav.part"]
        await sink.write(b"def")

    assert names(tmp_path) == ["call.wav"]
    assert file.read_bytes() == b"abcdef"
    assert told == [(0, 6), (3, 6), (6, 6)]


async def test_a_cut_file_leaves_nothing(tmp_path: Path) -> None:
    async def cut() -> None:
        async with saved(tmp_path / "call.wav", quiet) as sink:
            await sink.begin("", None)
            await sink.write(b"abc")
            raise AnswerLost

    with pytest.raises(AnswerLost):
        await cut()
    assert names(tmp_path) == []


async def test_where_nothing_came_there_is_no_file(tmp_path: Path) -> None:
    async with saved(tmp_path / "call.wav", quiet):
        pass

    assert names(tmp_path) == []


async def test_an_empty_file_is_a_file(tmp_path: Path) -> None:
    async with saved(tmp_path / "call.wav", quiet) as sink:
        await sink.begin("", 0)

    assert (tmp_path / "call.wav").read_bytes() == b""


async def test_a_file_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "call.wav"
    file.write_bytes(b"mine")

    with pytest.raises(DefinitionError, match="is there already"):
        async with saved(file, quiet):
            pass

    assert (names(tmp_path), file.read_bytes()) == (["call.wav"], b"mine")


async def test_a_file_that_appears_meanwhile_stays_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "call.wav"

    async def race() -> None:
        async with saved(file, quiet) as sink:
            await sink.begin("", None)
            file.write_bytes(b"theirs")

    with pytest.raises(DefinitionError, match="is there already"):
        await race()
    assert (names(tmp_path), file.read_bytes()) == (["call.wav"], b"theirs")


async def test_who_says_so_replaces_it(tmp_path: Path) -> None:
    file = tmp_path / "call.wav"
    file.write_bytes(b"old")

    async with saved(file, quiet, force=True) as sink:
        await sink.begin("", None)
        await sink.write(b"new")

    assert (names(tmp_path), file.read_bytes()) == (["call.wav"], b"new")


async def test_a_try_that_was_cut_off_does_not_hinder_the_next(tmp_path: Path) -> None:
    (tmp_path / "call.wav.part").write_bytes(b"left by a kill, and longer")

    async with saved(tmp_path / "call.wav", quiet) as sink:
        await sink.begin("", None)
        await sink.write(b"whole")

    assert (tmp_path / "call.wav").read_bytes() == b"whole"


async def test_two_do_not_write_into_one_another(tmp_path: Path) -> None:
    file = tmp_path / "call.wav"

    async with saved(file, quiet) as first:
        await first.begin("", None)
        await first.write(b"first")
        with pytest.raises(DefinitionError, match="is being fetched at this moment"):
            async with saved(file, quiet):
                pytest.fail("it was asked for")
        await first.write(b", whole")

    assert (names(tmp_path), file.read_bytes()) == (["call.wav"], b"first, whole")


@pytest.mark.parametrize("force", [False, True])
async def test_a_link_that_lies_there_leads_to_nobody_elses_file(
    tmp_path: Path, *, force: bool
) -> None:
    (tmp_path / "diary").write_bytes(b"mine")
    (tmp_path / "call.wav.part").symlink_to("diary")

    with pytest.raises(PermanentError, match=r"call\.wav cannot be written"):
        async with saved(tmp_path / "call.wav", quiet, force=force):
            pytest.fail("it was asked for")

    assert (tmp_path / "diary").read_bytes() == b"mine"


async def test_what_is_no_file_is_never_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    for one in (pipe, tmp_path, Path()):
        with pytest.raises(DefinitionError, match="no file that can be replaced"):
            async with saved(one, quiet, force=True):
                pytest.fail("it was asked for")

    assert pipe.is_fifo()


async def test_a_place_that_cannot_be_written_is_said_before_anything_is_asked(
    tmp_path: Path,
) -> None:
    with pytest.raises(PermanentError, match=r"call\.wav cannot be written: No such file"):
        async with saved(tmp_path / "nowhere" / "call.wav", quiet):
            pytest.fail("it was asked for")


@pytest.fixture
def full() -> Iterator[BinaryIO]:
    """A file on a disk without room."""
    with Path("/dev/full").open("wb", buffering=0) as file:
        yield file


async def test_a_full_disk_is_no_broken_connection(full: BinaryIO) -> None:
    sink = FileSink(full, Path("call.wav"), quiet)

    with pytest.raises(PermanentError, match=os.strerror(errno.ENOSPC)):
        await sink.write(b"x")
