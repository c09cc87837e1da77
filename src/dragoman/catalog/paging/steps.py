"""What all styles of paging have in common."""

from typing import TYPE_CHECKING, Any

from dragoman.kernel.errors import BadAnswer

if TYPE_CHECKING:
    from dragoman.catalog.paging.walk import Walk


class Steps:
    """How one style asks for the next page."""

    def __init__(self, walk: "Walk") -> None:
        self.walk = walk

    def first(self) -> dict[str, Any]:
        return self.walk.asking()

    def next(self, items: list[Any], output: Any) -> tuple[list[Any], dict[str, Any] | None]:
        """What of a page is new, and the input of the next call.

        Raises:
            BadAnswer: the list cannot be read to its end, whatever is asked.
        """
        raise NotImplementedError

    def nowhere(self, items: list[Any]) -> None:
        """Say that a page is the last, for its last item does not say what comes after it.

        Raises:
            BadAnswer: the page is a full one, so that something may.
        """
        if not self.walk.size or len(items) >= self.walk.size:
            raise self.lost(f"the last item of a page has no {self.walk.paging.source!r}")

    def lost(self, why: str) -> BadAnswer:
        """Say why a list cannot be read on."""
        return BadAnswer(
            f"{self.walk.id}: the list cannot be read to its end: {why}",
            fix="what came so far stands; ask for less at a time, by filters or by dates",
        )
