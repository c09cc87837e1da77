"""Answers of Act-On Contacts, whose forms are guesses: each that seems likely gives the same."""

from typing import Any

import pytest

from dragoman.kernel.errors import BadAnswer, Rejected
from dragoman.vendors.acton import contact_answers as told

BO = {"id": "l-unified-contacts:1", "email": "bo@example.com"}
ANN = {"id": "l-unified-contacts:2", "email": "ann@example.com"}
NO_PAGE = {"page": None, "pageSize": None, "totalCount": None}


@pytest.mark.parametrize(
    "content",
    [
        [BO, ANN],
        {"data": [BO, ANN]},
        {"contacts": [BO, ANN]},
        {"content": [BO, ANN], "sort": []},
        {"records": [BO, ANN], "last": True},
    ],
)
def test_a_list_is_found_wherever_it_stands(content: Any) -> None:
    assert told.contacts(content) == {"contacts": [BO, ANN], **NO_PAGE}


def test_what_is_said_of_the_page_is_kept() -> None:
    page = told.contacts({"data": [BO], "page": 1, "pageSize": 1, "totalCount": 2, "more": False})

    assert page == {"contacts": [BO], "page": 1, "pageSize": 1, "totalCount": 2}


@pytest.mark.parametrize("content", [[], {}, {"data": []}, {"data": None}])
def test_nothing_is_no_contact(content: Any) -> None:
    assert told.contacts(content)["contacts"] == []
    assert told.written(content) == {"id": None, "contacts": []}


@pytest.mark.parametrize(
    "content", [{"rows": [], "columns": []}, {"status": "success"}, {"data": {"rows": []}}]
)
def test_a_layout_that_cannot_be_read_is_no_empty_list(content: Any) -> None:
    with pytest.raises(BadAnswer, match="layout"):
        told.segments(content)


@pytest.mark.parametrize("content", [BO, [BO], {"data": BO}, {"source": BO, "isSuccess": True}])
def test_one_contact_is_itself_or_within(content: Any) -> None:
    assert told.contact(content) == BO


@pytest.mark.parametrize("content", [BO, [BO], {"data": [BO]}])
def test_a_write_tells_whom_it_wrote(content: Any) -> None:
    assert told.written(content) == {"id": BO["id"], "contacts": [BO]}


def test_of_several_written_the_first_ones_id_is_told() -> None:
    assert told.written({"data": [BO, ANN]}) == {"id": BO["id"], "contacts": [BO, ANN]}


def test_several_are_not_one() -> None:
    with pytest.raises(BadAnswer, match="one thing"):
        told.contact([BO, ANN])


def test_a_refusal_within_a_success_is_a_refusal() -> None:
    said = {"source": None, "errorMessage": "Name taken", "statusCode": 409, "isSuccess": False}

    with pytest.raises(Rejected, match=r"409.*Name taken") as refused:
        told.accepted(said)
    assert refused.value.status == 409
    with pytest.raises(Rejected, match="no reason given"):
        told.accepted({"isSuccess": False})
    with pytest.raises(Rejected):
        told.written(said)
    assert told.accepted({"isSuccess": True}) == {"isSuccess": True}


CLICK = {"Verb": "r", "WhenMillis": 1_772_464_151_000}


@pytest.mark.parametrize(
    ("content", "score"),
    [
        ({"activity": {"score": 5}, "activitylist": [CLICK]}, 5),
        ({"activity": {"score": 5, "entries": [CLICK]}}, 5),
        ([CLICK], None),
        ({"data": [CLICK]}, None),
    ],
)
def test_histories_are_those_of_list_records(content: Any, score: int | None) -> None:
    history = told.history(content)

    assert (history["activity"]["score"], history["activitylist"]) == (score, [CLICK])


@pytest.mark.parametrize(
    "content",
    [
        [{"name": "Interest", "score": 7}],
        {"data": [{"name": "Interest", "score": 7}]},
        {"Interest": 7},
    ],
)
def test_scores_have_names(content: Any) -> None:
    assert told.scores(content) == {"scores": [{"name": "Interest", "score": 7}]}


@pytest.mark.parametrize(
    ("status", "over"),
    [("RUNNING", False), ("QUEUED", False), ("COMPLETED", True), ("Failed", True), ("", False)],
)
def test_an_import_has_its_result_when_it_is_over(status: str, over: bool) -> None:  # noqa: FBT001
    data = {"importId": "1", "importStatus": status}

    assert told.imported({"data": data}) == {"data": data, "result": data if over else None}


def test_definitions_come_alone_or_in_a_list() -> None:
    one = {"importDefinitionId": 7}

    assert told.definitions({"data": [one]}) == {"definitions": [one]}
    assert told.definition({"data": one}) == told.definition(one) == {"data": one}
    assert told.segment({"id": "g-000b"}) == {"id": "g-000b"}
