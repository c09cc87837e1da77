"""Filters for text."""

from typing import Annotated, Any

from dragoman.flows import bounds
from dragoman.flows.failures import ExpressionError
from dragoman.flows.graphemes import boundary
from dragoman.kernel import jsons


def _some(part: str) -> None:
    if not part:
        raise ExpressionError("an empty text cannot be looked for", fix="give at least one letter")


def _positive(count: int) -> None:
    if not 0 < count <= bounds.TEXT:
        raise ExpressionError(f"the length must be from 1 to {bounds.TEXT}")


Part = Annotated[str, _some]
Length = Annotated[int, _positive]


def lower(value: str) -> str:
    """The text in small letters."""
    bounds.text(len(value))
    return value.lower()


def upper(value: str) -> str:
    """The text in capital letters."""
    bounds.text(len(value))
    return value.upper()


def title(value: str) -> str:
    """The text with a capital letter at the start of each word, as in `don't` → `Don't`."""
    bounds.text(len(value))
    return "".join(
        letter.upper() if not before.isalnum() and before not in "'’" else letter.lower()  # noqa: RUF001  # both apostrophes
        for before, letter in zip(" " + value, value, strict=False)
    )


def trim(value: str) -> str:
    """The text without blanks at both ends."""
    return value.strip()


def replace(value: str, old: Part, new: str) -> str:
    """The text with every `old` replaced by `new`."""
    bounds.text(len(value) + value.count(old) * (len(new) - len(old)))
    return value.replace(old, new)


def split(value: str, separator: Part = ",") -> list[str]:
    """The parts between separators, as a list."""
    bounds.items(value.count(separator) + 1)
    return value.split(separator)


def contains(value: str, part: str) -> bool:
    """Whether the part stands in the text, capital or small."""
    bounds.text(len(value))
    return part.casefold() in value.casefold()


def startswith(value: str, part: str) -> bool:
    """Whether the text starts with the part."""
    return value.startswith(part)


def endswith(value: str, part: str) -> bool:
    """Whether the text ends with the part."""
    return value.endswith(part)


def truncate(value: str, length: Length, end: str = "…") -> str:
    """At most `length` characters, cut between whole letters and emoji, closed by `end`."""
    if len(value) <= length:
        return value
    end = end[:length]
    return value[: boundary(value, length - len(end))] + end


def digits(value: str) -> str:
    """Only the digits 0 to 9 of the text."""
    bounds.text(len(value))
    return "".join(one for one in value if one in "0123456789")


def text(value: Any) -> str:
    """The value as text: numbers as written, lists and objects as JSON, null as nothing."""
    match value:
        case str():
            return value
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int():
            return str(bounds.integer(value))
        case float():
            return str(value)
        case _:
            return json(value)


def json(value: Any) -> str:
    """The value written as JSON."""
    bounds.whole(value, bounds.ITEMS, bounds.TEXT)
    try:
        written = jsons.text(value)
    except UnicodeEncodeError:
        raise ExpressionError("the text holds half a character") from None
    bounds.text(len(written))
    return written
