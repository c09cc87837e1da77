"""The loop over pages: it waits where that helps, begins anew where a cursor has died."""

from collections.abc import Callable
from typing import Any

import pytest

from dragoman.catalog.entries import Effect, Operation, Paging, Parameter
from dragoman.engine.pages import page, pages
from dragoman.kernel.errors import AnswerLost, BadInput, DragomanError, RateLimited, Rejected

NUMBER = {"type": "integer"}
EXPIRED = Rejected("Invalid or expired cursor", status=400)
THINGS = [{"id": f"t{number:02d}"} for number in range(12)]


class Patience:
    """Time that only passes where somebody waits."""

    def __init__(self) -> None:
        self.waits: list[float] = []

    def now(self) -> int:
        return 0

    def ticks(self) -> float:
        return sum(self.waits)

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)


class Vendor:
    """A list behind cursors; before the n-th call something may go wrong."""

    def __init__(self, *faults: DragomanError | None) -> None:
        self.asked: list[dict[str, Any]] = []
        self._faults = iter(faults)

    async def cursors(self, given: dict[str, Any]) -> Any:
        self._trouble(given)
        start = int(given.get("after", 0))
        shown = THINGS[start : start + given["limit"]]
        more = start + given["limit"] < len(THINGS)
        return {
            "things": shown,
            "next": str(start + given["limit"]) if more else None,
            "total": len(THINGS),
        }

    async def offsets(self, given: dict[str, Any]) -> Any:
        self._trouble(given)
        start = int(given["skip"])
        return {"things": THINGS[start : start + int(given["limit"])], "total": len(THINGS)}

    async def numbered(self, given: dict[str, Any]) -> Any:
        self._trouble(given)
        start = (given["page"] - 1) * 5
        return {"things": THINGS[start : start + 5]}

    def _trouble(self, given: dict[str, Any]) -> None:
        self.asked.append(given)
        fault = next(self._faults, None)
        if fault is not None:
            raise fault


def listing(paging: Paging, **inputs: dict[str, Any]) -> Operation:
    known = {name: Parameter(name, name, "query", schema) for name, schema in inputs.items()}
    return Operation(
        "example.things.list", "example", "things", "T", "D.", Effect.READ,
        input=known, paging=paging,
    )  # fmt: skip


CURSOR = listing(
    Paging("cursor", "things", "after", source="next", size="limit", total="total"),
    after={"type": "string"},
    limit={**NUMBER, "maximum": 5},
)
OFFSET = listing(
    Paging("offset", "things", "skip", size="limit", total="total"), skip=NUMBER, limit=NUMBER
)
AS_TEXT = listing(
    Paging("offset", "things", "skip", size="limit"),
    skip={"type": "string"},
    limit={"type": "string"},
)
FIXED = listing(Paging("page", "things", "page", first=1), page=NUMBER)


async def walked(vendor: Vendor, clock: Patience | None = None, **given: Any) -> list[Any]:
    found: list[Any] = []
    async for one in pages(CURSOR, given, vendor.cursors, clock or Patience()):
        assert one.total == len(THINGS)
        found += one.items
    return found


async def test_all_pages_are_asked_for_in_turn() -> None:
    vendor = Vendor()

    assert await walked(vendor) == THINGS
    assert [one.get("after") for one in vendor.asked] == [None, "5", "10"]


async def test_a_cursor_that_has_died_is_begun_anew_and_nothing_comes_twice() -> None:
    vendor = Vendor(None, None, EXPIRED)

    assert await walked(vendor) == THINGS
    assert [one.get("after") for one in vendor.asked] == [None, "5", "10", None, "5", "10"]


async def test_it_may_die_again_as_long_as_something_new_has_come() -> None:
    vendor = Vendor(None, EXPIRED, None, None, EXPIRED)

    assert await walked(vendor) == THINGS


async def test_two_refusals_with_nothing_new_between_them_are_the_error() -> None:
    vendor = Vendor(None, EXPIRED, None, EXPIRED)

    with pytest.raises(Rejected, match="expired"):
        await walked(vendor)
    assert len(vendor.asked) == 4


@pytest.mark.parametrize("status", [401, 403, 500])
async def test_a_refusal_of_another_kind_is_the_error_at_once(status: int) -> None:
    vendor = Vendor(None, Rejected("no", status=status))

    with pytest.raises(Rejected):
        await walked(vendor)
    assert len(vendor.asked) == 2


async def test_the_first_page_refused_is_no_matter_of_age() -> None:
    vendor = Vendor(EXPIRED)

    with pytest.raises(Rejected):
        await walked(vendor)
    with pytest.raises(Rejected):
        await walked(Vendor(EXPIRED), after="5")
    assert len(vendor.asked) == 1


async def test_a_page_is_waited_for_as_long_as_the_vendor_says() -> None:
    clock = Patience()
    vendor = Vendor(None, RateLimited(retry_after=9.5), RateLimited(), AnswerLost())

    assert await walked(vendor, clock) == THINGS
    assert clock.waits == [9.5, 2.0, 4.0]


async def test_a_budget_of_the_day_is_not_waited_for() -> None:
    clock = Patience()

    with pytest.raises(RateLimited):
        await walked(Vendor(None, RateLimited(retry_after=3600.0)), clock)
    assert clock.waits == []


async def test_a_page_that_never_comes_is_given_up() -> None:
    vendor = Vendor(*[AnswerLost()] * 20)

    with pytest.raises(AnswerLost):
        await walked(vendor)
    assert len(vendor.asked) == 8


Asking = Callable[[Vendor], Callable[[dict[str, Any]], Any]]


@pytest.mark.parametrize(
    ("operation", "asking", "calls"),
    [
        (CURSOR, lambda vendor: vendor.cursors, 3),
        (OFFSET, lambda vendor: vendor.offsets, 1),
        (AS_TEXT, lambda vendor: vendor.offsets, 1),
        (FIXED, lambda vendor: vendor.numbered, 1),
    ],
    ids=["cursor", "offset", "offset as text", "fixed"],
)
async def test_a_page_has_the_number_that_a_person_gives_it(
    operation: Operation, asking: Asking, calls: int
) -> None:
    vendor = Vendor()
    given = {} if operation is FIXED else {"limit": 5}

    found = await page(operation, given, 3, asking(vendor), Patience())

    assert found.items == THINGS[10:]
    assert len(vendor.asked) == calls
    assert (await page(operation, given, 9, asking(vendor), Patience())).items == []


async def test_a_page_of_one_item_is_that_item() -> None:
    found = await page(OFFSET, {"limit": 1}, 4, Vendor().offsets, Patience())

    assert found.items == [THINGS[3]]
    assert found.total == len(THINGS)


async def test_a_number_and_a_place_do_not_go_together() -> None:
    with pytest.raises(BadInput, match="'skip' besides"):
        await page(OFFSET, {"skip": 3}, 2, Vendor().offsets, Patience())


async def test_numbers_that_are_written_as_text_are_asked_for_as_text() -> None:
    vendor = Vendor()
    found = [one async for one in pages(AS_TEXT, {"limit": "5"}, vendor.offsets, Patience())]

    assert [item for one in found for item in one.items] == THINGS
    assert all(isinstance(one["skip"], str) and one["limit"] == "5" for one in vendor.asked)
