"""A value for a field, told by its name: the same one for the same noise."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from dragoman.kernel.clock import DAY, iso

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
_START = 1_767_225_600_000
"""The first of January 2026."""
_MOMENTS = frozenset({"at", "date", "time", "timestamp", "on", "visited", "since", "until"})
_NO = frozenset({"deleted", "archived", "error", "failed", "expired", "more", "trial", "test"})
"""Last words of flags that are down where all is well."""
_COUNTS = frozenset({"total", "count"})
_TEXTS: Mapping[str, Callable[[bytes], str]] = {
    "email": lambda noise: f"{noise.hex()[:6]}@example.com",
    "phone": lambda noise: f"+1415555{noise[0] % 100:02}{noise[1] % 100:02}",
    "url": lambda noise: f"https://example.com/{noise.hex()[:8]}",
    "timezone": lambda _: "America/New_York",
    "currency": lambda _: "USD",
    "country": lambda _: "US",
    "language": lambda _: "en",
    "color": lambda noise: f"#{noise.hex()[:6]}",
    "state": lambda _: "CA",
    "interval": lambda _: "day",
    "prefix": lambda _: "EX-",
}
_LIKE = {
    **dict.fromkeys(("email", "emails"), "email"),
    **dict.fromkeys(("phone", "mobile"), "phone"),
    **dict.fromkeys(("url", "urls", "uri", "link", "website", "image", "logo", "avatar"), "url"),
    **dict.fromkeys(("timezone", "zone"), "timezone"),
    **dict.fromkeys(("country", "countries"), "country"),
    **dict.fromkeys(("state", "states"), "state"),
    **{one: one for one in ("currency", "language", "color", "prefix", "interval")},
}
"""From the last word of a name to what is meant."""


def text(name: str, holder: str, noise: bytes, number: int) -> str:
    """A text; `holder` is the name of what has it, `number` tells the items of a list apart."""
    words = [one.lower() for one in _WORD.findall(name)]
    last = words[-1] if words else ""
    if name == "_id":
        return noise.hex()[:24]
    if name == "altType":
        return "location"
    if last in {"id", "ids"}:
        return "".join(_LETTERS[one % len(_LETTERS)] for one in noise[:20])
    if last in _MOMENTS or words[:1] == ["date"]:
        return iso(_moment(noise))
    like = _LIKE.get((words[-2:-1] or [holder])[0] if last == "code" else last)
    return _TEXTS[like](noise) if like else _example(words, number)


def _example(words: list[str], number: int) -> str:
    return " ".join(["Example", *words, *([str(number + 1)] if number else [])])


def number(name: str, noise: bytes) -> int:
    """A whole number, which is good for a day of the week, a month, and a price."""
    words = {one.lower() for one in _WORD.findall(name)[-1:]}
    if words & _MOMENTS:
        return _moment(noise)
    return 300 if "duration" in words else 1 + noise[0] % 7


def is_count(name: str) -> bool:
    """Whether a number says how many there are of what is listed beside it."""
    return bool({one.lower() for one in _WORD.findall(name)} & _COUNTS)


def flag(name: str) -> bool:
    """True, but for what would mean that something is wrong or gone."""
    return not {one.lower() for one in _WORD.findall(name)[-1:]} & _NO


def fits(kind: str, value: Any) -> bool:
    """Whether a value is of a type of the notation."""
    match kind:
        case "string":
            return isinstance(value, str)
        case "integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case "number":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "boolean":
            return isinstance(value, bool)
        case "object":
            return isinstance(value, dict)
        case _:
            return True


def _moment(noise: bytes) -> int:
    return _START + noise[2] * DAY + noise[3] * 60_000
