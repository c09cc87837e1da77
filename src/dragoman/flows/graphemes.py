"""Where a text may be cut without breaking what a reader sees as one character."""

import unicodedata

_JOINER = "\u200d"
_MARKS = frozenset({"Mn", "Mc", "Me"})


def boundary(text: str, limit: int) -> int:
    """The last place at or before `limit` that does not stand inside a character."""
    if limit >= len(text):
        return len(text)
    at = max(0, limit)
    while at > 0 and _joined(text, at):
        at -= 1
    return at


def _joined(text: str, at: int) -> bool:
    """Whether the characters before and after this place belong together."""
    before, after = text[at - 1], text[at]
    if before < "\u0300" and after < "\u0300":
        return before == "\r" and after == "\n"
    if _extends(after) or (before == _JOINER and unicodedata.category(after) == "So"):
        return True
    if _flag(before) and _flag(after):
        return _flags_before(text, at) % 2 == 1
    return _hangul(before, after)


def _extends(letter: str) -> bool:
    """Marks, joiners, skin tones and the tags of regional flags cling to what stands before."""
    return (
        letter == _JOINER
        or "\U0001f3fb" <= letter <= "\U0001f3ff"
        or "\U000e0020" <= letter <= "\U000e007f"
        or unicodedata.category(letter) in _MARKS
    )


def _flag(letter: str) -> bool:
    return "\U0001f1e6" <= letter <= "\U0001f1ff"


def _flags_before(text: str, at: int) -> int:
    start = at
    while start > 0 and _flag(text[start - 1]):
        start -= 1
    return at - start


def _hangul(before: str, after: str) -> bool:
    """Syllables of Korean that are written as a leading, a vowel and a trailing part."""
    if "\u1160" <= after <= "\u11ff":
        return "\u1100" <= before <= "\u11ff" or "\uac00" <= before <= "\ud7a3"
    return "\u1100" <= before <= "\u115f" and (
        "\u1100" <= after <= "\u115f" or "\uac00" <= after <= "\ud7a3"
    )
