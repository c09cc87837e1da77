"""Whole numbers as they come in a text: of a query, a path, a form."""

import re

_WHOLE = re.compile(r"[0-9]{1,18}", re.ASCII)
"""What is longer is no page and no moment; and not every letter that is a digit makes a number."""


def whole(text: str | None) -> int | None:
    """The number that a text is; None where it is none."""
    return int(text) if text and _WHOLE.fullmatch(text) else None
