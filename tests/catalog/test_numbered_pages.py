"""Pages that are counted: whatever their size, none is passed over."""

from typing import Any

import pytest

from dragoman.catalog.entries import Effect, Operation, Paging, Parameter
from dragoman.catalog.paging import Walk

NUMBER = {"type": "integer"}
PAGING = Paging("page", "things", "page", size="limit")


def operation(most: int | None) -> Operation:
    sized = NUMBER if most is None else {**NUMBER, "maximum": most}
    known = {
        name: Parameter(name, name, "query", schema)
        for name, schema in (("page", NUMBER), ("limit", sized))
    }
    return Operation(
        "example.things.list", "example", "things", "T", "D.", Effect.READ,
        input=known, paging=PAGING,
    )  # fmt: skip


def walked(count: int, most: int | None, cap: int, **given: int) -> list[int]:
    """All of so many, from a vendor who gives no more than `cap` at a time."""
    walk, found, calls = Walk(operation(most), given), [], 0
    while walk.ask is not None:
        calls += 1
        assert calls < 500, "it never ends"
        size = min(walk.ask["limit"], cap)
        start = walk.ask["page"] * size
        things: list[dict[str, Any]] = [
            {"id": number} for number in range(start, min(start + size, count))
        ]
        found += [item["id"] for item in walk.take({"things": things})]
    return found


@pytest.mark.parametrize("count", [1, 12, 13, 25, 61, 121])
@pytest.mark.parametrize("most", [2, 3, 4, 5, 6, 100, None])
def test_pages_of_every_size_hold_the_whole_list(count: int, most: int | None) -> None:
    assert walked(count, most, most or 1000) == list(range(count))


@pytest.mark.parametrize("size", [1, 2, 3, 4, 6])
def test_a_small_page_is_no_reason_to_pass_something_over(size: int) -> None:
    assert walked(61, 100, 100, limit=size) == list(range(61))


@pytest.mark.parametrize("cap", [2, 4, 7, 50])
@pytest.mark.parametrize("count", [1, 7, 25, 101])
def test_a_vendor_may_give_fewer_than_it_is_asked_for(count: int, cap: int) -> None:
    assert walked(count, None, cap) == list(range(count))


def test_a_walk_may_begin_at_a_page_of_its_own_size() -> None:
    assert walked(30, 100, 100, page=3, limit=5) == list(range(15, 30))
