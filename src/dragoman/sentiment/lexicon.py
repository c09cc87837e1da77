"""What the words of a sentence are worth: VADER, and a few words of service talk beside it.

C.J. Hutto and E.E. Gilbert, VADER: A Parsimonious Rule-based Model for Sentiment Analysis of Social
Media Text, ICWSM-14. It knows negation, emphasis, emoji and some seven thousand words.
"""

import re
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from dragoman.sentiment.tables import table

if TYPE_CHECKING:
    from vader import SentimentIntensityAnalyzer

_NOISE = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffd]")
"""Control characters and what could not be read: no part of the word they cling to."""


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`words.yaml`."""

    silent: list[str]
    """Words and phrases that say nothing in service talk."""
    worth: dict[float, list[str]]
    """Words and phrases by their worth, from -4 to 4."""


def valence(sentence: str) -> float:
    """How a sentence is meant, from -1 to 1; 0 where no word says anything."""
    return _analyzer().polarity_scores(_NOISE.sub(" ", sentence))["compound"]


def known(word: str) -> bool:
    """Whether it is on the list; the word is lower case."""
    return word in _analyzer().lexicon


@cache
def _analyzer() -> "SentimentIntensityAnalyzer":
    from vader import SentimentIntensityAnalyzer  # noqa: PLC0415  # 70 ms, for whoever scores

    ours = table("words.yaml", Words)
    worth = {word: value for value, words in ours.worth.items() for word in words}
    worth |= dict.fromkeys(ours.silent, 0.0)
    single = {word: value for word, value in worth.items() if " " not in word}
    phrases = {word: value for word, value in worth.items() if " " in word}
    return SentimentIntensityAnalyzer(
        extra_lexicon=single,
        multiword={**SentimentIntensityAnalyzer().multiword, **phrases},
    )
