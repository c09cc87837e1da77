"""Filters that choose: a value in place of a missing one, words in place of true and false."""

from typing import Any


def default(value: Any, other: Any) -> Any:
    """The value, or `other` where the value is null or an empty text."""
    return other if value is None or value == "" else value


def yes_no(value: Any, yes: Any = "yes", no: Any = "no") -> Any:
    """`yes` where the value holds (not null, false, 0 or empty), else `no`."""
    return yes if value else no
