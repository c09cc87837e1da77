"""Lists that are counted through: by the position of an item, or the number of a page."""

from typing import TYPE_CHECKING, Any

from dragoman.catalog.paging.steps import Steps

if TYPE_CHECKING:
    from dragoman.catalog.paging.walk import Walk

_SAME = 3
_ROOMY = 20
"""Items of a numbered page at least, where the vendor allows it. Small ones often end at the same
place, whatever their size: then none holds a known item and the next one."""
_IN_VAIN = 4
"""Times the first page is come back to and is the same: its numbers mean pages of another size."""
_IDLE = 50
"""Pages in a row that reach no farther, besides going back all the way and coming again."""


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
        self._end = self._base
        """Where the page before has ended."""
        self._before: list[Any] = []
        """What it held."""
        self._longest = 0
        self._farthest, self._idle, self._patience = 0, 0, _IDLE
        """How far a page has reached, how many since did not, and how many may."""
        self._head: list[Any] = []
        """The first page."""
        self._came_back, self._in_vain = False, 0

    @property
    def _offset(self) -> bool:
        return self.walk.paging.style != "page"

    def first(self) -> dict[str, Any]:
        return self._window(self._base)

    def next(self, items: list[Any], output: Any) -> tuple[list[Any], dict[str, Any] | None]:
        items = self.walk.distinct(items)  # positions count each once
        if not self._offset and self._is_of_another_size(items, output):
            at_the_beginning = self.walk.pages == 1
            return self.walk.by_number(self._most, items if at_the_beginning else None, output)
        self._measure(items)
        known = self._blind or self._start <= self._base or self.walk.knows(items)
        if items and not known:
            # The list has shifted: what lies between was not seen yet, and we go back for it.
            self._same, self._came_back = 0, True
            return [], self._window(max(self._base, self._start - self._length))
        if not self._offset and self._is_as_it_was(items):
            return self.walk.by_number(self._most, None, output)
        overlap = self._end - self._start
        placed = overlap == 0 or self._before[-overlap:] == items[:overlap]
        fresh = self.walk.fresh(items, overlap if placed else None)
        # A page of known items is no end: the list may have grown before it. The same page over
        # and over is, for it comes from a vendor that does not look at where we are.
        self._same = self._same + 1 if not fresh and items == self._before else 0
        self._before, self._length, self._end = items, max(len(items), 1), self._start + len(items)
        more = fresh or (len(items) > 1 and self._same < _SAME)
        if not more or self._is_over(items, output):
            return fresh, None
        return fresh, self._onward()

    def _onward(self) -> dict[str, Any]:
        if self._longest > 1:
            return self._window(self._end - 1, onward=True)
        # One item at a time: no page can hold a known one and the next one.
        following = self._window(self._end)
        self._blind = True
        return following

    def _is_over(self, items: list[Any], output: Any) -> bool:
        if self.walk.ended(items, output):
            return True
        short, total = len(items) < self._asked, self.walk.counted(output)
        if total is not None and total >= self._end:  # else there are more than it says
            return short and total == self._end
        # A vendor that has filled a page has no more to give; another may never fill one.
        return short and self.walk.sure and self._longest >= self._asked

    def _is_of_another_size(self, items: list[Any], output: Any) -> bool:
        """Whether pages are not as large as was asked for, so that their numbers mean others."""
        short = self.walk.pages == 1 and len(items) < self._asked
        complete = self.walk.ended(items, output) or self.walk.counted(output) == len(items)
        return len(items) > self._asked or (short and not complete)

    def _is_as_it_was(self, items: list[Any]) -> bool:
        """Whether we have come back to the beginning again and again for no reason to be seen."""
        if self._start == self._base:
            self._head = self._head or items
            self._in_vain += self._came_back and items == self._head
            self._came_back = False
        return self._in_vain == _IN_VAIN

    def _measure(self, items: list[Any]) -> None:
        """See that it leads somewhere.

        Raises:
            BadAnswer: it has not, for long.
        """
        self._longest = max(self._longest, len(items))
        reached = self._start + len(items)
        if reached > self._farthest:
            self._farthest, self._idle, self._patience = reached, 0, _IDLE + 2 * self.walk.pages
        self._idle += 1
        if self._idle > self._patience:
            raise self.lost("no page begins where the one before it has ended")

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
