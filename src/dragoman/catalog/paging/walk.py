"""One walk through all pages of one list."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from dragoman.catalog.entries import Operation, Paging
from dragoman.catalog.paging.items import field, identity, key, number
from dragoman.catalog.paging.steps import Steps
from dragoman.catalog.paging.styles import STYLES, Numbered
from dragoman.kernel.errors import BadAnswer, BadInput

_USUAL = 100
"""Items asked for at a time where the entry has no limit of its own."""
_ENDLESS = 100_000
"""Pages of a list that is taken to have no end."""


class Walk:
    """One walk through all pages of one list."""

    def __init__(self, operation: Operation, given: Mapping[str, Any]) -> None:
        """Begin where `given` says.

        Raises:
            BadInput: the operation's answer does not come in pages.
        """
        if operation.paging is None:
            raise BadInput(
                f"{operation.id} does not answer in pages",
                fix="call it as it is, without asking for all pages",
            )
        self.seen: set[str] = set()
        self.pages = 0
        self.total: int | None = None
        """How many items there are, where the vendor says so."""
        self._operation = operation
        self._paging: Paging = operation.paging
        self._given = dict(given)
        self._size, self._sure = _size(operation, self._given)
        fixed = self._paging.style == "page" and not self._paging.size
        self._steps: Steps = (Numbered if fixed else STYLES[self._paging.style])(self)
        self.ask: dict[str, Any] | None = self._steps.first()
        """The input of the next call; None at the end."""

    def take(self, output: Any) -> list[Any]:
        """The items of a page that were not seen before; what to ask next stands in `ask` then.

        Raises:
            BadAnswer: there is no list where the items should be, or it cannot be read to its end.
        """
        items = self.items(output)
        self.pages += 1
        total = self.counted(output)
        self.total = self.total if total is None else total
        if self.pages > _ENDLESS:
            raise self._steps.lost(f"it has over {_ENDLESS:,} pages")
        fresh, self.ask = self._steps.next(items, output)
        return fresh

    def again(self) -> None:
        """Begin anew, for what held the place has expired; what was seen does not come again."""
        self.ask = self._steps.first()

    def fresh(self, items: list[Any], known: int | None = None) -> list[Any]:
        """Those that were not seen, each once; from now on, all of them were.

        Items that have no id and say the same are different ones where they stand on one page.
        Where so many are `known` to be the last of the page before, those after them are new.
        """
        found, here = [], Counter[str]()
        for place, item in enumerate(items):
            name = identity(item)
            if name is None:
                text = key(item)
                here[text] += 1
                name = f"{text}#{here[text]}"
                new = name not in self.seen or (known is not None and place >= known)
            else:
                new = name not in self.seen
            if new:
                found.append(item)
                self.seen.add(name)
        return found

    def distinct(self, items: list[Any]) -> list[Any]:
        """Those of a page, what has an id once."""
        named = {name: item for item in reversed(items) if (name := identity(item)) is not None}
        return [item for item in items if identity(item) is None or named.pop(key(item), None)]

    def knows(self, items: list[Any]) -> bool:
        """Whether a page begins with an item that was seen."""
        return bool(items) and (identity(items[0]) or f"{key(items[0])}#1") in self.seen

    def by_number(
        self, size: int, items: list[Any] | None, output: Any
    ) -> tuple[list[Any], dict[str, Any] | None]:
        """Go on by numbers of pages of this size; `items` are those of the first, if it is read."""
        self._steps = Numbered(self, size)
        return ([], self._steps.first()) if items is None else self._steps.next(items, output)

    def asking(self, **more: Any) -> dict[str, Any]:
        """The input of a call: as given, with the size of a page, and with more."""
        size = {self._paging.size: self._size} if self._paging.size and self._size else {}
        return {
            **self._given,
            **{name: self._fit(name, one) for name, one in (size | more).items()},
        }

    def _fit(self, name: str, value: Any) -> Any:
        """A number as text, where the vendor wants it so."""
        wanted = self._operation.input[name].schema.get("type")
        return str(value) if wanted == "string" and isinstance(value, int) else value

    def asking_for(self, size: int) -> dict[str, Any]:
        """The input that says how many items a page holds."""
        return {self._paging.size: self._fit(self._paging.size, size)} if self._paging.size else {}

    def ended(self, items: list[Any], output: Any) -> bool:
        """Whether the answer itself says that nothing comes after these items."""
        return not items or field(output, self._paging.more) is False

    def counted(self, output: Any) -> int | None:
        """How many items there are, if the answer says so."""
        total = field(output, self._paging.total)
        return total if type(total) is int and total >= 0 else None

    @property
    def held(self) -> bool:
        """Whether the vendor holds the place that is asked for next, and may let it go."""
        name = self._paging.next
        continued = self.ask is not None and self.ask.get(name) != self._given.get(name)
        return continued and self._paging.style == "cursor"

    @property
    def id(self) -> str:
        return self._operation.id

    @property
    def paging(self) -> Paging:
        return self._paging

    @property
    def sure(self) -> bool:
        """Whether the entry knows the most that a page may have."""
        return self._sure

    @property
    def begin(self) -> Any:
        """Where the caller wants to begin, as a number if it is one; None is the beginning."""
        said = self._given.get(self._paging.next)
        found = number(said)
        return said if found is None else found

    @property
    def size(self) -> int:
        return self._size

    @property
    def largest(self) -> int | None:
        """How many items a page may have at most, where the entry says so."""
        sized = self._operation.input.get(self._paging.size)
        return number(sized.schema.get("maximum")) if sized else None

    def numeric(self, name: str) -> bool:
        """Whether an input is a number."""
        return self._operation.input[name].schema.get("type") in {"integer", "number"}

    def falling(self) -> bool:
        """Whether the list begins with the greatest value."""
        said = self._given.get("sort", "desc")
        return not isinstance(said, str) or said.lower() != "asc"

    def items(self, output: Any) -> list[Any]:
        """What a page holds, seen before or not; see `take`."""
        items = field(output, self._paging.items) if self._paging.items else output
        if not isinstance(items, list):
            raise BadAnswer(
                f"{self._operation.id}: {self._paging.items or 'the answer'} is no list",
                fix="see the answer: the vendor may have changed what it sends",
            )
        if self._paging.style != "rows":
            return items
        heads = field(output, self._paging.headers) or []
        return [dict(zip(heads, row, strict=False)) for row in items]


def _size(operation: Operation, given: Mapping[str, Any]) -> tuple[int, bool]:
    """How many items to ask for at a time, and whether a page with fewer must be the last."""
    paging = operation.paging
    if paging is None or not paging.size:
        return 0, False
    parameter = operation.input[paging.size]
    most = parameter.schema.get("maximum")
    said = number(given.get(paging.size))
    if said is not None:
        return said, most is not None
    return (int(most), True) if most is not None else (number(parameter.default) or _USUAL, False)
