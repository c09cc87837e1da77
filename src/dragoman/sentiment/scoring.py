"""The verdict on a text or a transcript, by the engine `base-1`.

Each sentence that counts is worth something between -1 and 1. Their weighted sum is divided by the
root of how many of them said anything, so that neither small talk drowns a complaint nor a long
letter shouts; what comes of it is the *leaning*. Chances are a soft choice among three: the leaning
itself, its opposite, and a constant for neutral, which wins while the leaning is below it.
"""

import math
from typing import Any

import msgspec
from msgspec import UNSET

from dragoman.sentiment import lexicon
from dragoman.sentiment.language import english
from dragoman.sentiment.parts import Part, parts
from dragoman.sentiment.shapes import Chances, Evidence, Given, Label, Verdict, read
from dragoman.sentiment.topics import topics

ENGINE = "base-1"

_NEUTRAL = 0.2
"""The leaning below which neutral is likelier."""
_SHARPNESS = 3.0
"""How fast chances follow the leaning."""
_MOST = 3
"""Sentences shown as evidence."""
_UNKNOWN = Verdict("unknown", Chances(1 / 3, 1 / 3, 1 / 3), 0.0, [], [], ENGINE)


def score(given: dict[str, Any]) -> dict[str, Any]:
    """Judge one text or one transcript, JSON in and JSON out; the shapes are `Given`, `Verdict`.

    Raises:
        BadInput: not of the shape of `Given`, or too long.
    """
    verdict: dict[str, Any] = msgspec.to_builtins(judge(read(given)))
    return verdict


def judge(given: Given) -> Verdict:
    """Judge what has been read. In a transcript the caller's turns decide, the last ones most."""
    found = parts(given)
    said = "\n".join(part.text for part in found)
    if not found or not english(said, given.lang):
        return _UNKNOWN
    values = [lexicon.valence(part.text) for part in found]
    chances = _chances(_leaning(found, values))
    return Verdict(
        label=_label(chances),
        p=chances,
        score=round(chances.positive - chances.negative, 4),
        topics=topics(said),
        evidence=_evidence(found, values),
        engine=ENGINE,
    )


def _leaning(found: list[Part], values: list[float]) -> float:
    total = sum(part.weight * value for part, value in zip(found, values, strict=True))
    spoke = sum(part.weight**2 for part, value in zip(found, values, strict=True) if value)
    return total / math.sqrt(max(spoke, 1.0))


def _chances(leaning: float) -> Chances:
    """Rounded, and summing to 1 all the same."""
    strengths = [_SHARPNESS * one for one in (-leaning, _NEUTRAL, leaning)]
    negative, neutral, positive = (math.exp(one - max(strengths)) for one in strengths)
    whole = negative + neutral + positive
    less, more = round(negative / whole, 4), round(positive / whole, 4)
    return Chances(less, round(1 - less - more, 4), more)


def _label(chances: Chances) -> Label:
    likeliest = max(chances.negative, chances.neutral, chances.positive)
    if chances.neutral == likeliest:
        return "neutral"
    return "positive" if chances.positive == likeliest else "negative"


def _evidence(found: list[Part], values: list[float]) -> list[Evidence]:
    spoke = [(part, value) for part, value in zip(found, values, strict=True) if value]
    strongest = sorted(spoke, key=lambda one: -abs(one[0].weight * one[1]))
    return [
        Evidence(
            text=part.text,
            score=value,
            turn=UNSET if part.turn is None else part.turn,
            speaker=part.speaker or UNSET,
        )
        for part, value in strongest[:_MOST]
    ]
