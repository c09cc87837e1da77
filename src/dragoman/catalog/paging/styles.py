"""How each style of paging asks for the next page."""

from typing import TYPE_CHECKING, Any

from dragoman.catalog.paging.counted import Counted
from dragoman.catalog.paging.items import field, key
from dragoman.catalog.paging.steps import Steps
from dragoman.kernel import jsons

if TYPE_CHECKING:
    from dragoman.catalog.paging.walk import Walk

_PASSES = 8
"""Through a list by a value: what still moves then does so faster than it can be read."""
_BARREN = 100
"""Pages with nothing new in a row, besides as many as were read before, in case it began anew."""
_SAME = 2
_LARGEST = 500
"""Items of a page where neither caller nor entry has a limit."""


class Sorted(Steps):
    """By the value that the list is sorted by.

    What happens to an item lets it jump to the front. So after the first pass there is another,
    down to something that stands where it stood when the pass before began: all that has jumped
    since is above it. Where that took more than one page, there is yet another.
    """

    def __init__(self, walk: "Walk") -> None:
        super().__init__(walk)
        self._length = self._passes = 0
        """Pages of this pass, and the passes before it."""
        self._begun: set[str] = set()
        """What its first page holds, and where."""
        self._before: set[str] | None = None
        """The same of the pass before; None in the first."""
        self._room = walk.size
        self._rich = False
        """Whether this page, when it had less room, held something new."""

    def next(self, items: list[Any], output: Any) -> tuple[list[Any], dict[str, Any] | None]:
        fresh = self.walk.fresh(items)
        if self._is_crowded(items):
            self._rich = self._rich or bool(fresh)
            return fresh, self._roomier()
        rich, self._rich = self._rich or bool(fresh), False
        self._length += 1
        marks = {self._mark(item) for item in items}
        if self._length == 1:
            self._begun = marks
        following = self._following(items, output)
        over = following is None or following == self.walk.ask
        over = over or (not rich if self._before is None else bool(marks & self._before))
        if not over:
            return fresh, following
        if self._length == 1:
            return fresh, None
        self._passes += 1
        if self._passes == _PASSES:
            raise self.lost("it changes faster than it can be read")
        self._before, self._length = self._begun, 0
        return fresh, self.first()

    def value(self, items: list[Any]) -> Any:
        """Where the next page begins."""
        found = field(items[-1], self.walk.paging.source)
        single = _single(found)
        if not self.walk.numeric(self.walk.paging.next) or not isinstance(single, int):
            return found
        if self._is_level(items):
            return single
        # Others may have the same value: they come again, and are known.
        return single + 1 if self.walk.falling() else single - 1

    def _following(self, items: list[Any], output: Any) -> dict[str, Any] | None:
        if self.walk.ended(items, output):
            return None
        value = self.value(items)
        if value is None:
            self.nowhere(items)
            return None
        return {**self.walk.asking(**{self.walk.paging.next: value}), **self._roomy()}

    def _roomy(self) -> dict[str, Any]:
        return self.walk.asking_for(self._room) if self._room else {}

    def _mark(self, item: Any) -> str:
        """An item at its place: another one once it has jumped."""
        return jsons.text([key(item), field(item, self.walk.paging.source)])

    def _is_level(self, items: list[Any]) -> bool:
        """Whether all have the same value, so that none leads to what comes after them."""
        source = self.walk.paging.source
        return bool(_single(field(items[0], source)) == _single(field(items[-1], source)))

    def _is_crowded(self, items: list[Any]) -> bool:
        """Whether more may have the one value of a page than it has room for."""
        room, value = self._room, _single(field(items[-1], self.walk.paging.source) if items else 0)
        counts = self.walk.numeric(self.walk.paging.next) and isinstance(value, int)
        return bool(counts and room and len(items) >= room and self._is_level(items))

    def _roomier(self) -> dict[str, Any]:
        """The same page once more, with more room."""
        most = self.walk.largest or _LARGEST
        if self._room >= most:
            raise self.lost("more items have the same value than one page can hold")
        self._room = min(2 * self._room, most)
        return {**(self.walk.ask or {}), **self._roomy()}


class After(Sorted):
    """By all the values that the list is sorted by: they are an item's alone."""

    def value(self, items: list[Any]) -> Any:
        return field(items[-1], self.walk.paging.source)

    def _is_crowded(self, items: list[Any]) -> bool:
        del items
        return False


class Last(Steps):
    """By the last item's id."""

    def next(self, items: list[Any], output: Any) -> tuple[list[Any], dict[str, Any] | None]:
        fresh = self.walk.fresh(items)
        if not fresh or self.walk.ended(items, output):
            return fresh, None
        last = field(items[-1], self.walk.paging.source)
        if last is None:
            self.nowhere(items)
            return fresh, None
        return fresh, self.walk.asking(**{self.walk.paging.next: last})


class Told(Steps):
    """By what the answer says of the next page."""

    def __init__(self, walk: "Walk") -> None:
        super().__init__(walk)
        self._rich = self._barren = 0
        """Pages with something new, and those without since the last of them."""

    def next(self, items: list[Any], output: Any) -> tuple[list[Any], dict[str, Any] | None]:
        cursor = field(output, self.walk.paging.source)
        fresh = self.walk.fresh(items)
        self._rich += bool(fresh)
        self._barren = 0 if fresh else self._barren + 1
        following = self.walk.asking(**{self.walk.paging.next: cursor}) if cursor else None
        # A cursor that leads to itself, and to nothing new, is no way on.
        if not fresh and following == self.walk.ask:
            return fresh, None
        if following and self._barren > _BARREN + self._rich:
            raise self.lost("its cursors lead on and on to nothing new")
        return fresh, following


class Numbered(Steps):
    """By the number of a page of one size: none can begin with a known item.

    After each page the one before is asked for again, for an item may have slipped into it.
    """

    def __init__(self, walk: "Walk", size: int = 0) -> None:
        super().__init__(walk)
        self._size = walk.asking_for(size) if size else {}
        self._lowest = walk.begin if isinstance(walk.begin, int) else walk.paging.first
        self._front = self._lowest
        self._checked = self._lowest
        self._over = False
        self._before: list[Any] = []
        self._same = 0
        """How often the foremost page was the one before it over again."""

    def first(self) -> dict[str, Any]:
        self._front = self._checked = self._lowest
        return self._page(self._front)

    def next(self, items: list[Any], output: Any) -> tuple[list[Any], dict[str, Any] | None]:
        fresh = self.walk.fresh(items)
        if self._checked == self._front:
            # A known page is no end: the list may have grown before it. The same one over and
            # over is.
            self._same = self._same + 1 if not fresh and items == self._before else 0
            self._over = self._same == _SAME or self.walk.ended(items, output)
            self._before = items
        if self._checked > self._lowest and (fresh or self._checked == self._front):
            self._checked -= 1
            return fresh, self._page(self._checked)
        if self._over:
            return fresh, None
        self._front += 1
        self._checked = self._front
        return fresh, self._page(self._front)

    def _page(self, number: int) -> dict[str, Any]:
        return {**self.walk.asking(**{self.walk.paging.next: number}), **self._size}


def _single(found: Any) -> Any:
    return found[0] if isinstance(found, list) and found else found


STYLES: dict[str, type[Steps]] = {
    "offset": Counted,
    "page": Counted,
    "rows": Counted,
    "sort-cursor": Sorted,
    "search-after": After,
    "last-id": Last,
    "cursor": Told,
}
