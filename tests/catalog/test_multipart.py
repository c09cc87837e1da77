"""Forms with files: read back by the mail library, which shares no code with what writes them."""

from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.catalog import multipart
from dragoman.catalog.building import Builder
from dragoman.catalog.entries import Effect, Operation, Parameter
from dragoman.kernel.errors import BadInput
from tests.catalog.shipped import OPERATIONS

UNTIMED = settings(deadline=None, max_examples=200)
TEXTS = st.text(st.characters(codec="utf-8"))
LIKE_A_BORDER = st.sampled_from(["\r\n--dragoman-", "--", "\r\n\r\n", "\r", "\n", "\x00", "é"])
CONTENTS = TEXTS | st.lists(LIKE_A_BORDER | TEXTS, min_size=1).map("".join)
NAMES = st.text(st.characters(codec="utf-8", exclude_characters='"\\', categories=["L", "N", "P"]))

UPLOAD = Builder(
    Operation(
        id="example.things.upload",
        vendor="example",
        group="things",
        title="T",
        does="D.",
        effect=Effect.REPLACE,
        method="PUT",
        path="/a",
        input={
            "note": Parameter("note", "note", "form", {"type": "string"}),
            "tag": Parameter("tag", "tag", "form", {"type": "array"}),
            "file": Parameter("file", "File", "file", multipart.SCHEMA, required=True),
        },
    )
)
PICTURES = Builder(
    Operation(
        id="example.pictures.upload",
        vendor="example",
        group="pictures",
        title="T",
        does="D.",
        effect=Effect.REPLACE,
        method="PUT",
        path="/a",
        input={
            "file": Parameter(
                "file", "file", "file", multipart.SCHEMA, types=("png", "jpg"), most=8
            ),
        },
    )
)


def parts(kind: str, body: bytes) -> list[EmailMessage]:
    head = f"Content-Type: {kind}\r\n\r\n".encode()
    found = BytesParser(policy=HTTP).parsebytes(head + body)
    assert isinstance(found, EmailMessage)
    assert found.defects == []
    return [one for one in found.iter_parts() if isinstance(one, EmailMessage)]


def name_of(part: EmailMessage) -> str:
    return str(part.get_param("name", header="content-disposition"))


def content_of(part: EmailMessage) -> str:
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode()


@UNTIMED
@given(
    st.lists(st.tuples(st.sampled_from("abc"), CONTENTS), max_size=3),
    st.lists(st.tuples(st.sampled_from("xyz"), CONTENTS), min_size=1, max_size=2),
)
def test_what_goes_in_comes_out(texts: list[tuple[str, str]], files: list[tuple[str, str]]) -> None:
    found = parts(*multipart.encode(texts, files))

    assert [(name_of(one), content_of(one)) for one in found] == [*texts, *files]
    assert [one.get_filename() for one in found] == [None] * len(texts) + ["upload.csv"] * len(
        files
    )


@UNTIMED
@given(NAMES.filter(str.strip), CONTENTS.filter(bool))
def test_a_file_keeps_its_name_and_its_kind(name: str, content: str) -> None:
    file = {"name": name, "content": content, "contentType": "text/tab-separated-values"}
    request = UPLOAD.build(UPLOAD.complete({"file": file}, {}))

    assert request.body is not None
    (found,) = parts(request.headers["Content-Type"], request.body)
    assert f'filename="{name}"'.encode() in request.body
    assert (name_of(found), content_of(found)) == ("File", content)
    assert found.get_content_type() == "text/tab-separated-values"


def test_the_name_of_a_file_may_be_made_of_inputs() -> None:
    operation = next(one for one in OPERATIONS if one.id == "highlevel.forms.upload")
    builder = Builder(operation)
    facts = {"location_id": "l"}
    given_values = {"contactId": "c", "customFieldId": "field", "fileId": "1-2", "file": "a,b"}

    request = builder.build(builder.complete(given_values, facts))

    assert request.body is not None
    (found,) = parts(request.headers["Content-Type"], request.body)
    assert name_of(found) == "field_1-2"
    with pytest.raises(BadInput, match="customFieldId"):
        builder.complete({**given_values, "customFieldId": 'a"; filename="b'}, facts)


def test_a_form_that_may_carry_a_file_is_of_that_kind_without_one_too() -> None:
    operation = next(one for one in OPERATIONS if one.id == "acton.lists.create")
    builder = Builder(operation)
    value = {"listname": "Leads", "uploadspecs": "[]"}

    request = builder.build(builder.complete(value, {}))

    assert request.body is not None
    found = parts(request.headers["Content-Type"], request.body)
    assert [name_of(part) for part in found] == ["listname", "uploadspecs", "quotecharacter"]


@UNTIMED
@given(CONTENTS, CONTENTS)
def test_the_same_form_is_the_same_bytes_and_another_form_has_another_border(
    one: str, other: str
) -> None:
    first, again = (multipart.encode([("a", one)], [("f", "x")]) for _ in range(2))
    second = multipart.encode([("a", other)], [("f", "x")])

    assert first == again
    assert (first[0] == second[0]) == (one == other)


def test_texts_stand_before_files_and_a_list_is_its_name_again() -> None:
    value = {"file": "a@example.com", "note": "n", "tag": ["1", "2"]}

    request = UPLOAD.build(UPLOAD.complete(value, {}))

    assert request.body is not None
    found = parts(request.headers["Content-Type"], request.body)
    assert [(name_of(one), content_of(one)) for one in found] == [
        ("note", "n"),
        ("tag", "1"),
        ("tag", "2"),
        ("File", "a@example.com"),
    ]


@pytest.mark.parametrize(
    "file",
    [
        "",
        7,
        ["a"],
        {"name": "a.csv"},
        {"content": "a"},
        {"name": "", "content": "a"},
        {"name": "a.csv", "content": "a", "base64": "YQ=="},
        {"base64": "YQ=="},
        {"name": "a.csv", "base64": ""},
        {"name": "a.csv", "content": ""},
        {"name": 'a"; name="other', "content": "a"},
        {"name": "a\r\nX-Injected: 1", "content": "a"},
        {"name": "a\\", "content": "a"},
        {"name": "a.csv", "content": "a", "contentType": "text/csv\r\nX-Injected: 1"},
        {"name": "a.csv", "content": "a", "contentType": "text/csv\n"},
        {"name": "a.csv\n", "content": "a"},
        {"name": "a.csv", "content": "a", "charset": "utf-8"},
    ],
    ids=repr,
)
def test_what_is_no_file_is_refused(file: Any) -> None:
    with pytest.raises(BadInput, match="file"):
        UPLOAD.complete({"file": file}, {})


def test_a_file_that_is_missing_is_named() -> None:
    with pytest.raises(BadInput, match=r"needs 'file' \(a file\)"):
        UPLOAD.complete({}, {})


@pytest.mark.parametrize("name", ["a.png", "A.PNG", "a.exe.jpg", ".png"])
def test_a_file_of_a_type_that_is_taken_passes(name: str) -> None:
    given = {"file": {"name": name, "content": "12345678"}}

    assert PICTURES.complete(given, {}) == given


def test_where_no_file_need_be_given_nothing_is_looked_at() -> None:
    assert PICTURES.complete({}, {}) == {}


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ({"name": "a.exe", "content": "x"}, r"ends in \.exe, and should end in one of png, jpg"),
        ({"name": "a.png.exe", "content": "x"}, r"ends in \.exe"),
        ({"name": "png", "content": "x"}, "has no usual ending"),
        ({"name": "Call Ann. some text", "content": "x"}, "has no usual ending"),
        ({"name": "a.", "content": "x"}, "has no usual ending"),
        ("some text", r"ends in \.csv"),
        ({"name": "a.png", "content": "123456789"}, "it has 9 bytes, and may have 8 at most"),
        ({"name": "a.png", "content": "ééééé"}, "it has 10 bytes"),
    ],
)
def test_a_file_that_the_vendor_would_refuse_is_refused_before(file: Any, said: str) -> None:
    with pytest.raises(BadInput, match=said) as refused:
        PICTURES.complete({"file": file}, {})

    assert "some text" not in str(refused.value)
