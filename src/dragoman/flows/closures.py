"""Closures over several others: what runs only as far as it must."""

from collections.abc import Callable
from typing import Any

from dragoman.flows.moves import View
from dragoman.flows.names import Run


def all_of(parts: tuple[Run, ...]) -> Run:
    """The first value that does not hold, or the last."""

    def run(view: View) -> Any:
        value = None
        for part in parts:
            value = part(view)
            if not value:
                break
        return value

    return run


def any_of(parts: tuple[Run, ...]) -> Run:
    """The first value that holds, or the last."""

    def run(view: View) -> Any:
        value = None
        for part in parts:
            value = part(view)
            if value:
                break
        return value

    return run


def chain(first: Run, links: tuple[tuple[Callable[[Any, Any], bool], Run], ...]) -> Run:
    """`a < b <= c`: each value is computed once, and none after the first that fails."""

    def run(view: View) -> bool:
        left = first(view)
        for holds, other in links:
            right = other(view)
            if not holds(left, right):
                return False
            left = right
        return True

    return run
