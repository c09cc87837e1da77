"""How large a request may be: as large as its files, and no larger where it has none."""

from pathlib import Path

import pytest

from dragoman.kernel.errors import BadInput
from dragoman.web import uploads
from tests.catalog.shipped import OPERATIONS
from tests.web.conftest import Door

BY_ID = {one.id: one for one in OPERATIONS}
MEGABYTE = 1024 * 1024


def test_only_what_takes_a_file_may_be_large() -> None:
    for one in OPERATIONS:
        takes = any(parameter.place == "file" for parameter in one.input.values())
        assert (uploads.room(one) > 0) == takes, one.id


def test_a_file_of_the_documented_size_fits_however_it_is_written() -> None:
    assert uploads.room(BY_ID["highlevel.medias.upload"]) >= 25 * MEGABYTE * 4 // 3
    assert uploads.room(BY_ID["acton.lists.create"]) >= 400_000_000 * 4 // 3


@pytest.mark.parametrize(
    ("operation", "status"),
    [("highlevel.contacts.add_tags", 413), ("highlevel.message_uploads.upload", 422)],
)
async def test_two_megabytes_pass_only_where_a_file_may_be_in_them(
    door: Door, operation: str, status: int
) -> None:
    body = {"input": {"contactId": "x" * 2 * MEGABYTE}}

    answer = await door.ask("POST", f"/api/v1/operations/{operation}", body)

    assert answer.status == status


def test_text_stays_text_and_other_bytes_are_base64(tmp_path: Path) -> None:
    parameter = BY_ID["highlevel.medias.upload"].input["file"]
    text, bits = tmp_path / "names.csv", tmp_path / "photo.png"
    text.write_text("name\né\r\n", newline="")
    bits.write_bytes(b"\x89PNG")

    assert uploads.read(parameter, text) == {"name": "names.csv", "content": "name\né\r\n"}
    assert uploads.read(parameter, bits) == {"name": "photo.png", "base64": "iVBORw=="}


def test_a_file_that_is_too_large_is_not_even_read(tmp_path: Path) -> None:
    parameter = BY_ID["highlevel.medias.upload"].input["file"]
    file = tmp_path / "film.mp4"
    with file.open("wb") as sparse:
        sparse.truncate(parameter.most + 1)

    with pytest.raises(BadInput, match="26,214,401 bytes, and may have 26,214,400 at most"):
        uploads.read(parameter, file)
    with pytest.raises(BadInput, match="cannot be read: Is a directory"):
        uploads.read(parameter, tmp_path)
