"""Answers on subscription types: every likely form of them becomes one."""

from typing import Any

import pytest

from dragoman.kernel.errors import BadAnswer
from dragoman.vendors.highlevel import versions
from dragoman.vendors.highlevel.preferences import subtype, subtypes

NEWS = {"id": "1", "name": "News"}


@pytest.mark.parametrize(
    "content",
    [
        [NEWS],
        {"subtypes": [NEWS]},
        {"customSubtypes": [{"_id": "1", "name": "News"}], "traceId": "t"},
        {"success": True, "data": [NEWS]},
    ],
    ids=repr,
)
def test_a_list_is_a_list_however_it_is_wrapped(content: Any) -> None:
    found = subtypes(content)["subtypes"]

    assert [(one["id"], one["name"]) for one in found] == [("1", "News")]


@pytest.mark.parametrize(
    "content",
    [
        NEWS,
        {**NEWS, "traceId": "t"},
        {"_id": "1", "name": "News"},
        {"subtype": NEWS},
        {"success": True, "data": NEWS},
        {**NEWS, "form": {"id": "2", "name": "Form"}},
    ],
    ids=repr,
)
def test_one_is_one_however_it_is_wrapped(content: Any) -> None:
    found = subtype(content)["subtype"]

    assert (found["id"], found["name"]) == ("1", "News")
    assert "traceId" not in found


@pytest.mark.parametrize("content", [{"subtypes": [{"name": "x"}]}, {"total": 0}, ["x"]], ids=repr)
def test_a_list_that_is_none_is_said(content: Any) -> None:
    with pytest.raises(BadAnswer):
        subtypes(content)


@pytest.mark.parametrize("content", [[NEWS], {"name": "News"}, {"id": 7}, {}], ids=repr)
def test_one_that_is_none_is_said(content: Any) -> None:
    with pytest.raises(BadAnswer):
        subtype(content)


def test_channels_begin_with_a_small_letter_in_v3() -> None:
    body = {"email": "bo@example.com", "dndSettings": {"WhatsApp": 1, "SMS": 2, "Other": 3}}

    written = versions.silenced(body)

    assert written["dndSettings"] == {"whatsApp": 1, "sms": 2, "Other": 3}
    assert written["email"] == "bo@example.com"


@pytest.mark.parametrize("body", [[], {"dnd": True}, {"dndSettings": None}], ids=repr)
def test_a_body_without_channels_stays_as_it_is(body: Any) -> None:
    assert versions.silenced(body) is body
