"""Whatever is there all the while comes once, however the list changes between two pages."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.catalog.entries import Effect, Operation, Paging, Parameter
from dragoman.catalog.paging import Walk
from dragoman.catalog.paging.items import key
from dragoman.kernel.errors import BadAnswer, BadInput
from tests.catalog.shop import MOST, Shop

NUMBER = {"type": "integer"}


def operation(paging: Paging | None, *numbers: str, most: int | None = MOST) -> Operation:
    """A list with these inputs; the one for the size has a maximum."""
    sized = NUMBER if most is None else {**NUMBER, "maximum": most}
    known = {
        name: Parameter(name, name, "query", sized if name == "limit" else NUMBER)
        for name in numbers
    }
    return Operation(
        "example.things.list",
        "example",
        "things",
        "T",
        "D.",
        Effect.READ,
        input=known,
        paging=paging,
    )


FIXED = "page of a fixed size"
"""No page of it can begin with a known item: it is safe from one kind of edits at a time."""
STYLES: dict[str, tuple[Operation, Callable[[Shop], Callable[[dict[str, Any]], Any]]]] = {
    "offset": (
        operation(
            Paging("offset", "things", "offset", size="limit", total="total"), "offset", "limit"
        ),
        lambda shop: shop.offset,
    ),
    "offset without a count": (
        operation(Paging("offset", "", "offset", size="limit"), "offset", "limit", most=None),
        lambda shop: shop.uncounted,
    ),
    "page from 0": (
        operation(Paging("page", "things", "page", size="limit"), "page", "limit"),
        lambda shop: shop.page(0),
    ),
    "page from 1": (
        operation(Paging("page", "things", "page", size="limit", first=1), "page", "limit"),
        lambda shop: shop.page(1),
    ),
    FIXED: (
        operation(Paging("page", "things", "page", more="more", first=1), "page"),
        lambda shop: shop.fixed,
    ),
    "last id": (
        operation(
            Paging("last-id", "things", "after", source="id", size="limit", more="more"),
            "after",
            "limit",
        ),
        lambda shop: shop.last,
    ),
    "cursor": (
        operation(
            Paging("cursor", "things", "after", source="next", size="limit"), "after", "limit"
        ),
        lambda shop: shop.told,
    ),
    "search after": (
        operation(
            Paging("search-after", "things", "after", source="sort", size="limit"), "after", "limit"
        ),
        lambda shop: shop.search,
    ),
    "sort cursor": (
        operation(
            Paging("sort-cursor", "things", "after", source="sort", size="limit"), "after", "limit"
        ),
        lambda shop: shop.sorted,
    ),
}
IN_ORDER = {"last id", "cursor"}
"""Styles of lists by id, whose newest stands last."""
JUMPING = {"sort cursor", "search after"}
"""Styles of lists by time, in which what happens lets an item jump to the front."""


def walked(shop: Shop, style: str, **said: Any) -> list[str]:
    one, page = STYLES[style]
    walk = Walk(one, said)
    found: list[str] = []
    while walk.ask is not None:
        found += [str(item["id"]) for item in walk.take(shop.answer(page(shop), walk.ask))]
    return found


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("count", [0, 1, MOST - 1, MOST, MOST + 1, 23])
def test_a_list_that_nobody_edits_comes_whole(style: str, count: int) -> None:
    shop = Shop(count, [])

    found = walked(shop, style)

    assert sorted(found) == sorted(shop.stayed)
    assert len(found) == count


@pytest.mark.parametrize("style", STYLES)
@settings(deadline=None, max_examples=150)
@given(data=st.data())
def test_what_stays_comes_once_whatever_is_edited(style: str, data: Any) -> None:
    kinds = ["", "append" if style in IN_ORDER else "insert", "delete"]
    kinds += ["jump"] if style in JUMPING else []
    if style == FIXED:
        kinds.remove(data.draw(st.sampled_from(["insert", "delete"])))
    edits = st.lists(st.tuples(st.sampled_from(kinds), st.integers(0, 60)), max_size=30)
    shop = Shop(data.draw(st.integers(0, 40)), data.draw(edits))

    found = walked(shop, style)

    assert len(found) == len(set(found))
    assert shop.stayed <= set(found)


@pytest.mark.parametrize(
    "style", ["offset", "page from 0", "page from 1", "offset without a count"]
)
def test_a_shift_by_more_than_a_page_loses_nothing(style: str) -> None:
    shop = Shop(40, [("", 0), ("", 0), *[("delete", 0)] * 12])

    assert shop.stayed - set(walked(shop, style)) == set()


def test_a_list_that_is_counted_through_costs_hardly_more_calls_than_it_has_pages() -> None:
    shop = Shop(40, [])

    walked(shop, "offset")

    assert len(shop.calls) == 10


def test_a_walk_begins_where_it_is_told_to() -> None:
    shop = Shop(20, [])

    assert walked(shop, "offset", offset=15) == [f"t{number:03d}" for number in range(15, 20)]
    assert walked(shop, "page from 1", page=3, limit=5)[0] == "t010"


def test_the_size_of_a_page_is_the_callers_or_else_the_greatest() -> None:
    shop = Shop(6, [])
    walked(shop, "offset", limit=2)
    assert {one["limit"] for one in shop.calls} == {2}

    shop = Shop(6, [])
    walked(shop, "offset")
    assert {one["limit"] for one in shop.calls} == {MOST}


def test_a_cursor_that_has_expired_is_no_end() -> None:
    shop = Shop(12, [])
    one, page = STYLES["cursor"]
    walk = Walk(one, {})
    found = walk.take(shop.answer(page(shop), {"limit": MOST}))

    walk.again()
    while walk.ask is not None:
        found += walk.take(shop.answer(page(shop), walk.ask))

    assert [asked.get("after") for asked in shop.calls] == [None, None, "t004", "t009"]
    assert [one["id"] for one in found] == sorted(shop.stayed)


def test_rows_come_as_what_their_headers_say() -> None:
    paging = Paging("rows", "data", "offset", size="limit", total="total", headers="headers")
    walk = Walk(operation(paging, "offset", "limit"), {})

    rows = walk.take({"headers": ["Email", "Age"], "data": [["a@example.com", 3]], "total": 1})

    assert rows == [{"Email": "a@example.com", "Age": 3}]
    assert walk.ask is None


def test_what_has_no_pages_is_refused() -> None:
    with pytest.raises(BadInput, match=r"example\.things\.list does not answer in pages"):
        Walk(operation(None), {})


def test_an_answer_without_a_list_is_no_empty_page() -> None:
    walk = Walk(STYLES["offset"][0], {})

    with pytest.raises(BadAnswer, match="things is no list"):
        walk.take({"total": 3})


def test_an_item_is_known_by_its_id_or_by_all_it_says() -> None:
    assert key({"id": 3, "a": 1}) == key({"id": 3, "a": 2})
    assert key({"a": 1}) != key({"a": 2})
    assert key(["x"]) == key(["x"])
