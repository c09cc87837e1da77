"""How each style of paging asks for the next page."""

from typing import TYPE_CHECKING, Any

from dragoman.catalog.paging.items import field, key
from dragoman.kernel import jsons

if TYPE_CHECKING:
    from dragoman.catalog.paging.walk import Walk

_SAME = 3
_ROOMY = 20
"""Items of a numbered page at least, where the vendor allows it. Small ones often end at the same
place, whatever their size: then none holds a known item and the next one."""


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
        if not self._offset and walk.begin is None:
            self._most = max(self._most, min(_ROOMY, walk.largest or _ROOMY))
        self._blind = False
        """Whether the page begins with no known item."""
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
        known = self._blind or (items and key(items[0]) in self.walk.seen)
        if self._start > self._base and not known:
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
        if self.walk.pages == 1 and not self._offset and len(items) < self._asked:
            self._most = max(len(items), 2)  # all there is, or all that the vendor gives at a time
        return fresh, self._window(reached - 1, onward=True)

    def _window(self, start: int, *, onward: bool = False) -> dict[str, Any]:
        """Ask for what begins there, or a little before; `onward` for something behind it, too."""
        paging, size, self._blind = self.walk.paging, self._most, False
        if self._offset:
            self._start, self._asked = start, self.walk.size
            return self.walk.asking(**{paging.next: start + paging.first})
        if start > self._base:
            # A page number counts in pages of one size: the size is found with which a page
            # begins at the known item, or not far before it.
            sizes = range(size, max(size // 2, 2) - 1, -1)
            size = max(sizes, key=lambda one: start // one * one + one)
            if onward and (start + 1) % size == 0:
                self._blind, start, size = True, start + 1, self._most
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
    """By the value that the list is sorted by.

    What happens to an item lets it jump to the front. So after the first pass there is another,
    down to something that stands where it stood when the pass before began: all that has jumped
    since is above it. Where that took more than one page, there is yet another.
    """

    def __init__(self, walk: "Walk") -> None:
        super().__init__(walk)
        self._length = 0
        """Pages of this pass."""
        self._begun: set[str] = set()
        """What its first page holds, and where."""
        self._before: set[str] | None = None
        """The same of the pass before; None in the first."""

    def next(self, items: list[Any], output: Any) -> tuple[list[Any], dict[str, Any] | None]:
        fresh = self.walk.fresh(items)
        self._length += 1
        marks = {self._mark(item) for item in items}
        if self._length == 1:
            self._begun = marks
        following = self.walk.asking(**{self.walk.paging.next: self.value(items)} if items else {})
        over = self.walk.ended(items, output) or following == self.walk.ask
        over = over or (not fresh if self._before is None else bool(marks & self._before))
        if not over:
            return fresh, following
        if self._length == 1:
            return fresh, None
        self._before, self._length = self._begun, 0
        return fresh, self.first()

    def _mark(self, item: Any) -> str:
        """An item at its place: another one once it has jumped."""
        return jsons.text([key(item), field(item, self.walk.paging.source)])

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
        fresh = self.walk.fresh(items)
        following = self.walk.asking(**{self.walk.paging.next: cursor}) if cursor else None
        # A cursor that leads to itself, and to nothing new, is no way on.
        stuck = not fresh and following == self.walk.ask
        return fresh, None if stuck else following


STYLES: dict[str, type[Steps]] = {
    "offset": Counted,
    "page": Counted,
    "rows": Counted,
    "sort-cursor": Sorted,
    "search-after": After,
    "last-id": Last,
    "cursor": Told,
}
