"""Files that are bytes: in base64 on the way here, as they are on the way to the vendor."""

from base64 import b64encode
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.kernel.errors import BadInput
from tests.catalog.test_multipart import PICTURES, UNTIMED, UPLOAD, parts


@UNTIMED
@given(st.binary(min_size=1))
def test_a_file_may_be_any_bytes(content: bytes) -> None:
    file = {"name": "a.png", "base64": b64encode(content).decode()}
    request = UPLOAD.build(UPLOAD.complete({"file": file}, {}))

    assert request.body is not None
    assert b"\r\n\r\n" + content + b"\r\n--dragoman-" in request.body


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ({"name": "a.png", "base64": "eA=="}, "image/png"),
        ({"name": "A.PNG", "content": "x"}, "image/png"),
        ({"name": "a.docx", "base64": "eA=="}, "application/vnd.openxmlformats-officedocument."),
        ({"name": "a.odd", "base64": "eA=="}, "application/octet-stream"),
        ({"name": "png", "base64": "eA=="}, "application/octet-stream"),
        ({"name": "a.odd", "content": "x"}, "text/csv"),
        ("x", "text/csv"),
        ({"name": "a.png", "base64": "eA==", "contentType": "image/x-other"}, "image/x-other"),
    ],
)
def test_the_type_of_a_file_is_that_of_its_ending(file: Any, kind: str) -> None:
    request = UPLOAD.build(UPLOAD.complete({"file": file}, {}))

    assert request.body is not None
    (found,) = parts(request.headers["Content-Type"], request.body)
    assert found.get_content_type().startswith(kind)


@pytest.mark.parametrize("text", ["é", "eA", "e A==", "eA==\n", "====", "eA==eA=="])
def test_what_is_no_base64_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="base64"):
        UPLOAD.complete({"file": {"name": "a.png", "base64": text}}, {})


def test_bytes_are_counted_as_they_are_and_not_as_they_are_written() -> None:
    fits, large = (b64encode(bytes(size)).decode() for size in (8, 9))

    assert PICTURES.complete({"file": {"name": "a.png", "base64": fits}}, {})
    with pytest.raises(BadInput, match="9 bytes, and may have 8"):
        PICTURES.complete({"file": {"name": "a.png", "base64": large}}, {})
