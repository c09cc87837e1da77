"""What a text is about, by the phrases of `topics.yaml`: subjects, whatever is said of them."""

import re
from functools import cache

import msgspec

from dragoman.sentiment.parts import plain
from dragoman.sentiment.tables import table


class Topic(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    says: list[str] = []
    """Phrases; a star stands for the rest of a word."""
    is_all: list[str] = []
    """What counts only where nothing else is said."""


class Topics(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`topics.yaml`."""

    topics: dict[str, Topic]


def topics(text: str) -> list[str]:
    """The topics touched, in the order of the table."""
    said = plain(text)
    return [name for name, pattern in _patterns().items() if pattern.search(said)]


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    known = table("topics.yaml", Topics).topics
    return {name: re.compile(_pattern(topic)) for name, topic in known.items()}


def _pattern(topic: Topic) -> str:
    says = "|".join(_phrase(one) for one in topic.says)
    ways = [rf"\b(?:{says})\b"] if says else []
    ways += [rf"\A\W*{_phrase(one)}\W*\Z" for one in topic.is_all]
    return "|".join(ways)


def _phrase(words: str) -> str:
    return r"\s+".join(re.escape(word).replace(r"\*", r"\w*") for word in words.split())
