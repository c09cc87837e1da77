"""Vendors whose pages are not what was asked for: a walk brings all, or says why it cannot."""

import itertools
from collections.abc import Callable
from typing import Any

import pytest

from dragoman.catalog.paging import Walk, walk
from dragoman.kernel.errors import BadAnswer
from tests.catalog.hostile_vendor import TOTALS, Things, Vendor
from tests.catalog.test_paging import FIXED, STYLES

COUNTS = [0, 1, 2, 4, 5, 6, 9, 10, 11, 23, 57]
SIZES = [1, 2, 3, 4, 5, 7, 10, 20, 50]
ENDLESS = 400


def read(vendor: Vendor, style: str, **said: Any) -> list[Any]:
    """All that a walk brings.

    Raises:
        BadAnswer: it says why it does not come to the end.
    """
    one, _ = STYLES[style]
    steps = Walk(one, said)
    found: list[Any] = []
    for _ in range(3 * ENDLESS):
        if steps.ask is None:
            return found
        found += steps.take(vendor.answer(style, steps.ask))
    pytest.fail("it never ends")


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walk, "_ENDLESS", ENDLESS)


@pytest.mark.parametrize("limit", [None, 2, 3, 7, 50])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("style", STYLES)
def test_a_size_that_is_not_looked_at_loses_nothing(
    style: str, size: int, limit: int | None
) -> None:
    if size == 1 and style == "sort cursor":
        return  # two of the same moment are then on no page together, and none leads past one
    said = {} if limit is None or style == FIXED else {"limit": limit}
    for count in COUNTS:
        for given in (Vendor(count, lambda _: size), Vendor(count, lambda asked: min(size, asked))):
            found = [one["id"] for one in read(given, style, **said)]

            assert sorted(found) == [one["id"] for one in given.things]


@pytest.mark.parametrize("total", TOTALS)
def test_a_total_that_is_wrong_loses_nothing(total: str) -> None:
    for count in COUNTS:
        vendor = Vendor(count, total=total)

        assert len(read(vendor, "offset")) == count


@pytest.mark.parametrize("style", STYLES)
def test_what_stands_on_a_page_twice_comes_once(style: str) -> None:
    for count in COUNTS:
        vendor = Vendor(count, spoil=lambda page: [one for each in page for one in (each, each)])

        assert sorted(one["id"] for one in read(vendor, style)) == [
            one["id"] for one in vendor.things
        ]


@pytest.mark.parametrize("style", [one for one in STYLES if one not in {"last id", "cursor"}])
def test_what_has_no_ids_is_told_apart_by_what_it_says(style: str) -> None:
    for count in COUNTS:
        vendor = Vendor(
            count, spoil=lambda page: [{**one, "id": None, "name": one["id"]} for one in page]
        )

        assert len(read(vendor, style)) == count


@pytest.mark.parametrize(
    "style", ["offset", "offset without a count", "page from 0", "page from 1"]
)
def test_what_has_no_ids_and_says_the_same_is_counted_by_its_place(style: str) -> None:
    for count in COUNTS:
        vendor = Vendor(count, spoil=lambda page: [{"name": "Bo"} for _ in page])

        assert len(read(vendor, style)) == count


@pytest.mark.parametrize("style", ["last id", "sort cursor", "search after"])
def test_an_item_that_does_not_say_where_to_go_on_is_no_end(style: str) -> None:
    vendor = Vendor(23, spoil=lambda page: [{"name": one["id"]} for one in page])

    with pytest.raises(BadAnswer, match="the last item of a page has no"):
        read(vendor, style)


def test_more_of_one_moment_than_a_page_can_hold_are_no_end() -> None:
    vendor = Vendor(20)
    for one in vendor.things:
        one["at"] = 7

    with pytest.raises(BadAnswer, match="more items have the same value than one page can hold"):
        read(vendor, "sort cursor")


def counted() -> Callable[[Things], list[Any]]:
    """Items that are others each time they are looked at."""
    numbers = itertools.count()
    return lambda page: [{"name": one["id"], "seen": next(numbers)} for one in page]


def growing(place: int) -> Callable[[Things], None]:
    def grow(things: Things) -> None:
        for number in range(len(things), len(things) + 7):
            new = {"id": f"u{number:05d}", "at": 10_000 + number}
            things.insert(len(things) if place else 0, new)

    return grow


def shuffled(things: Things) -> None:
    for number, one in enumerate(things):
        one["at"] = one["at"] * 31 % 1009 + number
    things.reverse()


BOUNDLESS: dict[str, Callable[[], Vendor]] = {
    "the same page forever": lambda: Vendor(23, spoil=repeated()),
    "others each time": lambda: Vendor(23, spoil=counted()),
    "grows at the front": lambda: Vendor(23, after=growing(0)),
    "grows at the end": lambda: Vendor(23, after=growing(1)),
    "never in one order": lambda: Vendor(23, after=shuffled),
    "one thing only": lambda: Vendor(23, spoil=lambda page: [None for _ in page]),
    "no things": lambda: Vendor(23, spoil=lambda page: [[] for _ in page]),
}


def repeated() -> Callable[[Things], list[Any]]:
    kept: list[list[Any]] = []

    def first(page: Things) -> list[Any]:
        kept.append(page)
        return kept[0]

    return first


@pytest.mark.parametrize("vendor", BOUNDLESS)
@pytest.mark.parametrize("style", STYLES)
def test_a_list_without_an_end_ends_or_says_why(style: str, vendor: str) -> None:
    given = BOUNDLESS[vendor]()
    stayed = {one["id"] for one in given.things}
    try:
        found = read(given, style)
    except BadAnswer as said:
        assert "cannot be read to its end" in said.message  # noqa: PT017  # it may, and it may not
    else:
        assert "grows" not in vendor or {one["id"] for one in found} >= stayed


CURSORS: dict[str, Callable[[int], Any]] = {
    "the same": lambda _: "x",
    "new each time": lambda number: f"c{number}",
    "going round": lambda number: f"c{number % 3}",
    "no text": lambda number: [number],
    "true": lambda _: True,
}


@pytest.mark.parametrize("page", ["empty", "the same", "two in turn"])
@pytest.mark.parametrize("cursor", CURSORS)
def test_a_cursor_that_never_ends_is_left(cursor: str, page: str) -> None:
    things = Vendor(10).things
    pages: dict[str, list[Things]] = {
        "empty": [[]],
        "the same": [things],
        "two in turn": [things[:5], things[5:]],
    }
    steps, found = Walk(STYLES["cursor"][0], {}), []
    try:
        for number in range(ENDLESS):
            if steps.ask is None:
                break
            held = pages[page][number % len(pages[page])]
            found += steps.take({"things": held, "next": CURSORS[cursor](number)})
    except BadAnswer as said:
        why = said.message
    else:
        why = ""

    assert steps.ask is None or "its cursors lead on and on to nothing new" in why
    assert found == [one for held in pages[page] for one in held]


def test_a_cursor_may_stay_the_same_while_something_new_comes() -> None:
    things = Vendor(23).things
    steps, found, at = Walk(STYLES["cursor"][0], {}), [], 0
    while steps.ask is not None:
        found += steps.take({"things": things[at : at + 5], "next": "scroll"})
        at += 5

    assert found == things
