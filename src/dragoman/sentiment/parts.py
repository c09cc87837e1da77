"""Which sentences of an input count, and how much."""

import re
from collections.abc import Iterator, Sequence

import msgspec

from dragoman.sentiment.shapes import Given, Turn

CALLERS = frozenset({"caller", "customer", "client", "contact", "lead"})
AGENTS = frozenset({"agent", "assistant", "bot", "operator", "representative", "system", "user"})
"""Who works for the company. `user` is what HighLevel calls its own people."""

_HALF_LIFE = 2
"""Turns of the caller after which one counts half: what decides is how a person leaves the call."""
_LONGEST = 1_000
"""Characters of a sentence; speech without full stops is cut, for scoring wants short pieces."""
_END = re.compile(r"(?<=[.!?…])\s+")


class Part(msgspec.Struct, frozen=True):
    """A sentence, as it stands in the input."""

    text: str
    weight: float = 1.0
    turn: int | None = None
    speaker: str = ""


def parts(given: Given) -> list[Part]:
    """The sentences that decide, in their order; none where nobody but the agent says a thing."""
    if given.turns is None:
        return [Part(one) for one in _sentences(given.text or "")]
    heard = _heard(given.turns)
    return [
        Part(one, 0.5 ** ((len(heard) - place) / _HALF_LIFE), turn, _whole(said.speaker or ""))
        for place, turn in enumerate(heard, start=1)
        for said in [given.turns[turn]]
        for one in _sentences(said.text)
    ]


def plain(text: str) -> str:
    """For comparing words: lower case, and one kind of apostrophe."""
    return text.casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")


def _heard(turns: Sequence[Turn]) -> list[int]:
    """The turns of the caller: an agent is polite by script, which says nothing."""
    said = [index for index, turn in enumerate(turns) if turn.text.strip()]
    names = [(turn.speaker or "").strip().casefold() for turn in turns]
    callers = [index for index in said if names[index] in CALLERS]
    return callers or [index for index in said if names[index] not in AGENTS]


def _sentences(text: str) -> Iterator[str]:
    for line in _whole(text).splitlines():
        for sentence in _END.split(line):
            yield from _cut(sentence.strip())


def _cut(sentence: str) -> Iterator[str]:
    while len(sentence) > _LONGEST:
        space = sentence.rfind(" ", 1, _LONGEST)
        end = space if space > 0 else _LONGEST
        yield sentence[:end]
        sentence = sentence[end:].lstrip()
    if sentence:
        yield sentence


def _whole(text: str) -> str:
    """The text without halves of characters, which no JSON can hold."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
