"""The index of the catalogue says what the files say, and is made anew when they change."""

import os
from pathlib import Path

import pytest

from dragoman import library
from dragoman.catalog import catalogue, index
from dragoman.kernel.errors import DefinitionError

THING = """
get:
  title: {title}
  does: One thing.
  request: GET /things/{{id}}
  effect: read
  input: {{id: {{type: string, required: true}}}}
  output: {{thing!: {{id!: string, state: open|shut, parts: [string]}}}}
"""


class Shelf:
    """A folder of entries beside a folder for their index."""

    def __init__(self, folder: Path) -> None:
        self.entries = folder / "entries"
        self.cache = folder / "cache"
        self.none = folder / "none.json"
        (self.entries / "operations").mkdir(parents=True)
        self.file = self.entries / "operations" / "things.yaml"

    def write(self, title: str) -> None:
        self.file.write_text(THING.format(title=title))

    def title(self) -> str:
        found = index.load({"example": [self.entries]}, self.cache, self.none)
        return found.operation("example.things.get").title

    def kept(self) -> list[Path]:
        return list(self.cache.glob("*")) if self.cache.exists() else []


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    made = Shelf(tmp_path)
    made.write("Get a thing")
    return made


def test_what_ships_is_the_same_from_the_index_as_from_the_files(tmp_path: Path) -> None:
    read = library.catalogue()

    assert library.catalogue(cache=tmp_path) == read  # made
    assert library.catalogue(cache=tmp_path) == read  # read
    assert len(list(tmp_path.iterdir())) == 1


def test_an_index_that_is_good_is_what_is_read(shelf: Shelf) -> None:
    assert shelf.title() == "Get a thing"
    (kept,) = shelf.kept()
    kept.write_bytes(kept.read_bytes().replace(b"Get a thing", b"From index "))
    os.utime(kept, ns=(0, shelf.file.stat().st_ctime_ns + 10**10))

    assert shelf.title() == "From index "


def test_an_index_made_right_after_a_change_is_not_trusted(shelf: Shelf) -> None:
    """A file that is written twice within a tick of the disk's clock may look the same."""
    assert shelf.title() == "Get a thing"
    (kept,) = shelf.kept()
    kept.write_bytes(kept.read_bytes().replace(b"Get a thing", b"From index "))
    os.utime(kept, ns=(0, shelf.file.stat().st_ctime_ns + 10**9))

    assert shelf.title() == "Get a thing"


def test_a_file_of_another_size_is_read_anew(shelf: Shelf) -> None:
    shelf.title()
    shelf.write("Get a longer thing")

    assert shelf.title() == "Get a longer thing"


def test_a_file_of_another_time_is_read_anew(shelf: Shelf) -> None:
    shelf.title()
    before = shelf.file.stat()
    shelf.write("Get a thong")
    os.utime(shelf.file, ns=(before.st_atime_ns, before.st_mtime_ns + 1))

    assert shelf.title() == "Get a thong"


def test_a_file_of_the_same_size_and_time_is_read_anew(shelf: Shelf) -> None:
    """As after `cp -p` or `rsync -t`."""
    shelf.title()
    (kept,) = shelf.kept()
    before = shelf.file.stat()
    shelf.write("Get a thong")
    os.utime(shelf.file, ns=(before.st_atime_ns, before.st_mtime_ns))
    os.utime(kept, ns=(0, before.st_ctime_ns + 10**11))

    assert shelf.title() == "Get a thong"


def test_a_file_more_is_found(shelf: Shelf) -> None:
    shelf.title()
    (shelf.entries / "operations" / "others.yaml").write_text(THING.format(title="Get another"))

    found = index.load({"example": [shelf.entries]}, shelf.cache, shelf.none)

    assert found.operation("example.others.get").title == "Get another"


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{",
        b"[]",
        b'{"stamps":[],"catalogue":3}',
        b'{"stamps":[{"path":"\xff"}]}',
        b"[" * 10**5,
    ],
)
def test_a_damaged_index_is_made_anew(shelf: Shelf, damage: bytes) -> None:
    shelf.title()
    (kept,) = shelf.kept()
    kept.write_bytes(damage)

    assert shelf.title() == "Get a thing"
    assert b"Get a thing" in kept.read_bytes()


def test_where_nothing_can_be_kept_the_files_are_read(shelf: Shelf) -> None:
    shelf.cache.write_text("a file where a folder should be")

    assert shelf.title() == "Get a thing"


def test_what_cannot_be_written_leaves_nothing_behind(shelf: Shelf) -> None:
    """As on a full disk: a folder stands where the index should, so it cannot be put there."""
    shelf.title()
    (kept,) = shelf.kept()
    kept.unlink()
    kept.mkdir()

    assert shelf.title() == "Get a thing"
    assert shelf.kept() == [kept]


def test_an_index_is_not_written_through_a_link(shelf: Shelf) -> None:
    shelf.title()
    (kept,) = shelf.kept()
    kept.unlink()
    other = shelf.entries / "other.txt"
    other.write_text("precious")
    kept.symlink_to(other)

    assert shelf.title() == "Get a thing"
    assert other.read_text() == "precious"


@pytest.mark.parametrize("kind", ["folder", "link to nothing", "pipe", "link to itself"])
def test_what_is_no_file_is_told_and_not_waited_for(shelf: Shelf, kind: str) -> None:
    path = shelf.entries / "operations" / "odd.yaml"
    match kind:
        case "folder":
            path.mkdir()
        case "pipe":
            os.mkfifo(path)
        case "link to itself":
            path.symlink_to(path)
        case _:
            path.symlink_to(shelf.entries / "nowhere")

    with pytest.raises(DefinitionError, match="is no file") as refused:
        shelf.title()

    assert refused.value.where is not None
    assert refused.value.where.file.endswith("odd.yaml")


def test_two_entries_of_one_name_are_refused(shelf: Shelf) -> None:
    text = THING.format(title="Get a thing")
    shelf.file.write_text(text + text.replace("a thing", "another"))

    with pytest.raises(DefinitionError, match="entry 'get' stands here twice"):
        shelf.title()


def test_a_wrong_entry_is_told_and_nothing_is_kept(shelf: Shelf) -> None:
    shelf.file.write_text("get: {title: Get}")

    with pytest.raises(DefinitionError, match="entry 'get'"):
        shelf.title()
    assert shelf.kept() == []


def test_an_index_that_ships_is_good_by_the_sizes_alone(shelf: Shelf) -> None:
    folders = {"example": [shelf.entries]}
    index.ship(folders, shelf.none)
    os.utime(shelf.file, ns=(1, 1))
    shelf.none.write_bytes(shelf.none.read_bytes().replace(b"Get a thing", b"It shipped "))

    assert shelf.title() == "It shipped "
    assert shelf.kept() == []

    shelf.write("Get a changed thing")
    assert shelf.title() == "Get a changed thing"


def test_an_index_says_all_that_an_entry_says(shelf: Shelf) -> None:
    read = catalogue.load({"example": [shelf.entries]})
    index.load({"example": [shelf.entries]}, shelf.cache, shelf.none)

    kept = index.load({"example": [shelf.entries]}, shelf.cache, shelf.none)

    assert kept == read
    assert kept.operation("example.things.get").output.watched == ("thing",)
