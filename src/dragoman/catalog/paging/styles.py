"""How each style of paging asks for the next page."""

from typing import TYPE_CHECKING, Any

from dragoman.catalog.paging.items import field, key

if TYPE_CHECKING:
    from dragoman.catalog.paging.walk import Walk

_SAME = 3


class Steps:
    """How one style asks for the next page."""

    def __init__(self, walk: "Walk") -> None:
        self.walk = walk

    def first(self) -> dict[str, Any]:
        return self.walk.asking()

    def next(self, items: list[Any], output: Any) -> tuple[list[Any], dict[str, Any] | None]:
        raise NotImplementedError


class Counted(Steps):
    """By position: an offset, or the number of a page of a certain size."""

    def __init__(self, walk: "Walk") -> None:
        super().__init__(walk)
        self._most = max(walk.size, 2)
        """An item that is known, and one that is not."""
        self._base = 0
        if isinstance(walk.begin, int):
            told = walk.begin - walk.paging.first
            self._base = told if self._offset else told * self._most
        self._start = self._asked = self._length = self._same = 0
        self._before: list[Any] = []

    @property
    def _offset(self) -> bool:
        return self.walk.paging.style != "page"

    def first(self) -> dict[str, Any]:
        return self._window(self._base)

    def next(self, items: list[Any], output: Any) -> tuple[list[Any], dict[str, Any] | None]:
        if self._start > self._base and not (items and key(items[0]) in self.walk.seen):
            # The list has shifted: what lies between was not seen yet, and we go back for it.
            self._same = 0
            return [], self._window(max(self._base, self._start - self._length))
        self._length = max(len(items), 1)
        fresh, reached = self.walk.fresh(items), self._start + len(items)
        # A page of known items is no end: the list may have grown before it. The same page over
        # and over is, for it comes from a vendor that does not look at where we are.
        self._same = self._same + 1 if not fresh and items == self._before else 0
        self._before = items
        more = fresh or (len(items) > 1 and self._same < _SAME)
        if not more or self.walk.ended(items, output, self._asked, reached):
            return fresh, None
        return fresh, self._window(reached - 1)

    def _window(self, start: int) -> dict[str, Any]:
        """Ask for what begins there, or a little before."""
        paging, size = self.walk.paging, self._most
        if self._offset:
            self._start, self._asked = start, self.walk.size
            return self.walk.asking(**{paging.next: start + paging.first})
        if start > self._base:
            # A page number counts in pages of one size: the size is found with which a page
            # begins at the known item, or not far before it.
            sizes = range(size, max(size // 2, 2) - 1, -1)
            size = max(sizes, key=lambda one: start // one * one + one)
        self._start, self._asked = start // size * size, size
        number = start // size + paging.first
        return self.walk.asking(**{paging.next: number, paging.size: size})


class Numbered(Steps):
    """By the number of a page whose size nobody can choose: none can begin with a known item.

    After each page the one before is asked for again, for an item may have slipped into it.
    """

    def __init__(self, walk: "Walk") -> None:
        super().__init__(walk)
        self._lowest = walk.begin if isinstance(walk.begin, int) else walk.paging.first
        self._front = self._lowest
        self._checked = self._lowest
        self._over = False

    def first(self) -> dict[str, Any]:
        self._front = self._checked = self._lowest
        return self._page(self._front)

    def next(self, items: list[Any], output: Any) -> tuple[list[Any], dict[str, Any] | None]:
        fresh = self.walk.fresh(items)
        if self._checked == self._front:
            self._over = not fresh or self.walk.ended(items, output)
        if self._checked > self._lowest and (fresh or self._checked == self._front):
            self._checked -= 1
            return fresh, self._page(self._checked)
        if self._over:
            return fresh, None
        self._front += 1
        self._checked = self._front
        return fresh, self._page(self._front)

    def _page(self, number: int) -> dict[str, Any]:
        return self.walk.asking(**{self.walk.paging.next: number})


class Sorted(Steps):
    """By the value that the list is sorted by."""

    def __init__(self, walk: "Walk") -> None:
        super().__init__(walk)
        self._front = False

    def next(self, items: list[Any], output: Any) -> tuple[list[Any], dict[str, Any] | None]:
        fresh = self.walk.fresh(items)
        if self._front and not fresh:
            return [], None
        if not self._front and (not fresh or self.walk.ended(items, output)):
            if self.walk.pages == 1:
                return fresh, None
            self._front = True
            return fresh, self.first()
        if not items or (self._front and self.walk.ended(items, output)):
            return fresh, None
        return fresh, self.walk.asking(**{self.walk.paging.next: self.value(items)})

    def value(self, items: list[Any]) -> Any:
        """Where the next page begins."""
        found = field(items[-1], self.walk.paging.source)
        single = found[0] if isinstance(found, list) and found else found
        if not self.walk.numeric(self.walk.paging.next) or not isinstance(single, int):
            return found
        # Others may have the same value: they come again, and are known.
        firsts = field(items[0], self.walk.paging.source)
        stuck = (firsts[0] if isinstance(firsts, list) and firsts else firsts) == single
        if stuck:
            return single
        return single + 1 if self.walk.falling() else single - 1


class After(Sorted):
    """By all the values that the list is sorted by: they are an item's alone."""

    def value(self, items: list[Any]) -> Any:
        return field(items[-1], self.walk.paging.source)


class Last(Steps):
    """By the last item's id."""

    def next(self, items: list[Any], output: Any) -> tuple[list[Any], dict[str, Any] | None]:
        fresh = self.walk.fresh(items)
        if not fresh or self.walk.ended(items, output):
            return fresh, None
        last = field(items[-1], self.walk.paging.source)
        return fresh, self.walk.asking(**{self.walk.paging.next: last})


class Told(Steps):
    """By what the answer says of the next page."""

    def next(self, items: list[Any], output: Any) -> tuple[list[Any], dict[str, Any] | None]:
        cursor = field(output, self.walk.paging.source)
        following = self.walk.asking(**{self.walk.paging.next: cursor}) if cursor else None
        return self.walk.fresh(items), following


STYLES: dict[str, type[Steps]] = {
    "offset": Counted,
    "page": Counted,
    "rows": Counted,
    "sort-cursor": Sorted,
    "search-after": After,
    "last-id": Last,
    "cursor": Told,
}
