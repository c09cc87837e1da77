"""Whether a text is English, told by the share of its words that are English.

A single word is never called foreign: too many are names, slang or slips. Nor are two, unless both
are strange. What is written in another alphabet is.
"""

import re
import unicodedata
from itertools import islice

from dragoman.sentiment import lexicon
from dragoman.sentiment.parts import plain

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_ENOUGH = 2_000
"""Words and letters after which more would not change the answer."""
_SHARE = 0.6
"""Of known words. Of other languages fewer are found, for they share some with English."""
_PAIR = 2


def english(text: str, lang: str | None = None) -> bool:
    """Whether it can be read; `lang` is believed where it names a language."""
    language = re.split("[-_]", lang or "und")[0].lower()
    if language != "und":
        return language in {"en", "eng"}
    if not _latin(text):
        return False
    words = [found.group() for found in islice(_WORD.finditer(plain(text)), _ENOUGH)]
    strange = sum(not _known(word) for word in words)
    if len(words) <= _PAIR:
        return strange < _PAIR
    return len(words) - strange >= _SHARE * len(words)


def _latin(text: str) -> bool:
    """Whether no more than half of the letters are of other alphabets; true without letters."""
    letters = list(islice((one for one in text if one.isalpha()), _ENOUGH))
    foreign = sum(not unicodedata.name(one, "").startswith("LATIN") for one in letters)
    return foreign * 2 <= len(letters)


def _known(word: str) -> bool:
    from simplemma import is_known  # noqa: PLC0415  # 90 ms, for whoever scores

    stem = word.partition("'")[0]
    return lexicon.known(word) or is_known(word, lang="en") or is_known(stem, lang="en")
