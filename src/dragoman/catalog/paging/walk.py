"""One walk through all pages of one list."""

from collections.abc import Mapping
from typing import Any

from dragoman.catalog.entries import Operation, Paging
from dragoman.catalog.paging.items import field, key, number
from dragoman.catalog.paging.styles import STYLES, Numbered, Steps
from dragoman.kernel.errors import BadAnswer, BadInput

_USUAL = 100
"""Items asked for at a time where the entry has no limit of its own."""


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
            BadAnswer: there is no list where the items should be.
        """
        items = self.items(output)
        self.pages += 1
        total = field(output, self._paging.total)
        self.total = total if isinstance(total, int) else self.total
        fresh, self.ask = self._steps.next(items, output)
        self.seen.update(map(key, fresh))
        return fresh

    def again(self) -> None:
        """Begin anew, for what held the place has expired; what was seen does not come again."""
        self.ask = self._steps.first()

    def fresh(self, items: list[Any]) -> list[Any]:
        """Those that were not seen, each once."""
        found = {key(item): item for item in reversed(items)}
        return [found[one] for one in dict.fromkeys(map(key, items)) if one not in self.seen]

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

    def ended(
        self, items: list[Any], output: Any, asked: int = 0, reached: int | None = None
    ) -> bool:
        """Whether the answer to so many asked for says that nothing comes after these items."""
        if not items or field(output, self._paging.more) is False:
            return True
        total = field(output, self._paging.total)
        if reached is not None and isinstance(total, int) and total >= 0:
            return reached >= total
        return self._sure and len(items) < (asked or self._size)

    @property
    def held(self) -> bool:
        """Whether the vendor holds the place that is asked for next, and may let it go."""
        name = self._paging.next
        continued = self.ask is not None and self.ask.get(name) != self._given.get(name)
        return continued and self._paging.style == "cursor"

    @property
    def paging(self) -> Paging:
        return self._paging

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
        return number(self._operation.input[self._paging.size].schema.get("maximum"))

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
