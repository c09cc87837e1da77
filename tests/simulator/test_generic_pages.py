"""Lists of calls without a module of their own end, and nothing in them is lost or doubled."""

from typing import Any

import pytest

from dragoman.simulator.generic.pages import turned
from tests.simulator.conftest import Rig

ITEMS = [{"id": one} for one in "abc"]


def _page(paging: dict[str, Any], **asked: Any) -> Any:
    output = {"data": [dict(one) for one in ITEMS], "meta": {}}
    return turned({"items": "data", "size": "limit", **paging}, output, asked)


@pytest.mark.parametrize(
    ("paging", "nexts"),
    [
        ({"style": "offset", "next": "skip"}, [None, 2, 4]),
        ({"style": "rows", "next": "offset"}, ["0", "2", "4"]),
        ({"style": "page", "next": "page", "first": 1}, [1, 2, 3]),
        ({"style": "page", "next": "page"}, [0, 1, 2]),
        ({"style": "last-id", "next": "after", "from": "id"}, [None, "b", "c"]),
        ({"style": "cursor", "next": "cursor", "from": "meta.next"}, [None, "2", "4"]),
    ],
)
def test_pages_follow_each_other_and_end(paging: dict[str, Any], nexts: list[Any]) -> None:
    name = paging["next"]

    pages = [_page(paging, **{name: one, "limit": 2})["data"] for one in nexts]

    assert pages == [ITEMS[:2], ITEMS[2:], []]


def test_a_page_says_how_many_there_are_and_whether_there_are_more() -> None:
    paging = {"style": "offset", "next": "skip", "total": "meta.total", "more": "meta.more"}

    assert _page(paging, limit=2)["meta"] == {"total": 3, "more": True}
    assert _page(paging, limit=2, skip=2)["meta"] == {"total": 3, "more": False}


def test_a_cursor_ends_with_the_list() -> None:
    paging = {"style": "cursor", "next": "cursor", "from": "meta.next"}

    assert _page(paging, limit=2)["meta"] == {"next": "2"}
    assert _page(paging, limit=2, cursor="2")["meta"] == {"next": None}


def test_behind_what_is_unknown_there_is_nothing() -> None:
    paging = {"style": "last-id", "next": "after", "from": "id"}

    assert _page(paging, after="x")["data"] == []


def test_an_answer_may_be_the_list_itself() -> None:
    paging = {"items": "", "style": "offset", "next": "skip", "size": "limit"}

    assert turned(paging, ITEMS, {"limit": 1, "skip": 1}) == ITEMS[1:2]


async def test_the_pages_of_a_call_are_one_list(rig: Rig) -> None:
    door = await rig.highlevel()
    path = f"/payments/coupon/list?altId={rig.location}&altType=location"

    whole = await door.get(path)
    pages = [await door.get(f"{path}&limit=2&offset={offset}") for offset in (0, 2, 4)]

    found = [one for page in pages for one in page.body["data"]]
    assert found == whole.body["data"]
    assert len({one["_id"] for one in found}) == whole.body["totalCount"] == 3
