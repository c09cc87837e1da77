"""Java date patterns, in which touch points tell when they were."""

import re
from contextlib import suppress
from datetime import UTC, datetime

from dragoman.kernel.clock import SECOND, Millis

_RUN = re.compile(r"'(?P<quoted>(?:[^']|'')*)'|(?P<letters>([A-Za-z])\3*)|(?P<other>[^A-Za-z']+)")

_PARTS = {
    **dict.fromkeys(("y", "yyyy"), "%Y"),
    "yy": "%y",
    **dict.fromkeys(("M", "MM"), "%m"),
    "MMM": "%b",
    "MMMM": "%B",
    **dict.fromkeys(("d", "dd"), "%d"),
    **dict.fromkeys(("E", "EE", "EEE"), "%a"),
    "EEEE": "%A",
    **dict.fromkeys(("H", "HH"), "%H"),
    **dict.fromkeys(("h", "hh"), "%I"),
    **dict.fromkeys(("m", "mm"), "%M"),
    **dict.fromkeys(("s", "ss"), "%S"),
    **dict.fromkeys(("S", "SS", "SSS"), "%f"),
    "a": "%p",
    **dict.fromkeys(("Z", "X", "XX", "XXX"), "%z"),
    "z": "%Z",
}
"""The letters in use; rarer ones, such as the week of the year, are refused."""


class Unfit(ValueError):
    """The pattern is none, or the text does not fit it."""


def parse(text: str, pattern: str) -> Millis:
    """Read a moment; without an offset it is UTC here, since no document says in which zone it is.

    Java stops reading where the pattern ends. Here the whole text must fit, so that a slip shows.

    Raises:
        Unfit: it cannot be read so.
    """
    directives = _directives(pattern)
    if "%y" in directives:
        # The documents give `01/25/2023` as an example of `MM/dd/yy`.
        with suppress(Unfit):
            return _read(text, directives.replace("%y", "%Y"))
    return _read(text, directives)


def _read(text: str, directives: str) -> Millis:
    try:
        found = datetime.strptime(text, directives)  # noqa: DTZ007 - the pattern decides on a zone
    except (ValueError, re.error):  # a letter given twice makes a wrong regular expression
        raise Unfit(text) from None
    return round((found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp() * SECOND)


def _directives(pattern: str) -> str:
    """The same pattern in the words of `strptime`."""
    found = list(_RUN.finditer(pattern))
    if not pattern or sum(len(one.group()) for one in found) != len(pattern):
        raise Unfit(pattern)
    return "".join(map(_directive, found))


def _directive(run: re.Match[str]) -> str:
    if run["letters"]:
        if run["letters"] not in _PARTS:
            raise Unfit(run["letters"])
        return _PARTS[run["letters"]]
    quoted = run["quoted"]
    text = run["other"] if quoted is None else quoted.replace("''", "'") or "'"
    return text.replace("%", "%%")
