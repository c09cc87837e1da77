"""A vendor that pages through a list in every style, and not as it was asked to."""

from collections.abc import Callable
from typing import Any

from tests.catalog.test_paging import FIXED

Things = list[dict[str, Any]]
TOTALS: dict[str, Callable[[int], Any]] = {
    "true": lambda count: count,
    "zero": lambda _: 0,
    "too small": lambda count: count // 2,
    "too large": lambda count: 3 * count + 7,
    "negative": lambda _: -1,
    "a text": str,
    "missing": lambda _: None,
}


class Vendor:
    """Pages through a list in every style, of a size of its own, and spoils what it gives."""

    def __init__(
        self,
        count: int,
        size: Callable[[int], int] = lambda asked: asked,
        *,
        total: str = "true",
        spoil: Callable[[Things], list[Any]] = lambda page: page,
        after: Callable[[Things], None] = lambda _: None,
    ) -> None:
        self.things: Things = [{"id": f"t{one:03d}", "at": one // 2} for one in range(count)]
        self._size, self._total, self._spoil, self._after = size, total, spoil, after
        self._ways: dict[str, Callable[[dict[str, Any], int], Any]] = {
            "offset": lambda asked, size: self._cut(asked["offset"], size),
            "offset without a count": lambda asked, size: self._cut(asked["offset"], size)[
                "things"
            ],
            "page from 0": lambda asked, size: self._cut(asked["page"] * size, size),
            "page from 1": lambda asked, size: self._cut((asked["page"] - 1) * size, size),
            FIXED: lambda asked, size: self._cut((asked["page"] - 1) * size, size),
            "last id": lambda asked, size: self._behind(asked, size, lambda one: one["id"]),
            "cursor": lambda asked, size: self._behind(asked, size, lambda one: one["id"]),
            "sort cursor": lambda asked, size: self._behind(asked, size, lambda one: -one["at"]),
            "search after": lambda asked, size: self._behind(asked, size, _place),
        }

    def answer(self, style: str, asked: dict[str, Any]) -> Any:
        found = self._ways[style](asked, self._size(asked.get("limit", 5)))
        self._after(self.things)
        return found

    def _cut(self, start: int, size: int) -> Any:
        more = start + size < len(self.things)
        total = TOTALS[self._total](len(self.things))
        page = self._spoil(self.things[start : start + size])
        return {"things": page, "more": more, "total": total}

    def _behind(self, asked: dict[str, Any], size: int, place: Callable[[Any], Any]) -> Any:
        ordered = sorted(self.things, key=lambda one: (place(one), one["id"]))
        after = asked.get("after")
        sign = -1 if isinstance(after, int) else 1
        rest = [one for one in ordered if after is None or place(one) > _signed(after, sign)]
        page = [{**one, "sort": place(one)} for one in rest[:size]]
        page = [{**one, "sort": [-one["sort"]]} for one in page] if sign < 0 else page
        if isinstance(place({"id": "", "at": 0}), int):
            page = [{**one, "sort": [one["at"]]} for one in page]
        more = len(rest) > size
        told = page[-1]["id"] if more else None
        return {"things": self._spoil(page), "more": more, "next": told}


def _place(one: dict[str, Any]) -> list[Any]:
    return [-one["at"], one["id"]]


def _signed(after: Any, sign: int) -> Any:
    return sign * after if isinstance(after, int) else after
