"""What goes in and what comes out. Another engine may come; these shapes stay."""

import re
from typing import Any, Literal

import msgspec
from msgspec import UNSET, UnsetType

from dragoman.kernel.errors import BadInput

LONGEST = 200_000
"""Characters that are read at most, over all turns; each turn counts as one more."""

_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")
_FIX = (
    'give {"text": "..."} or {"turns": [{"speaker": "caller", "text": "..."}]}, '
    'and "lang" if it is known'
)

Label = Literal["negative", "neutral", "positive", "unknown"]


class Turn(msgspec.Struct, frozen=True):
    """What one person said before the other spoke."""

    text: str
    speaker: str | None = None
    """`caller`, `agent`, or whatever the transcript calls the person."""
    start: float | None = None
    end: float | None = None
    """Milliseconds from the start of the call. The order of the list is what counts."""


class Given(msgspec.Struct, frozen=True):
    """One text, or the turns of one conversation in their order."""

    text: str | None = None
    turns: list[Turn] | None = None
    lang: str | None = None
    """BCP 47 tag of the language; found out where it is not given."""


class Chances(msgspec.Struct, frozen=True):
    """How sure the engine is of each answer. They sum to 1."""

    negative: float
    neutral: float
    positive: float


class Evidence(msgspec.Struct, frozen=True):
    """A sentence that moved the verdict."""

    text: str
    """As it stands in the input; half a character (a lone surrogate) comes back as U+FFFD."""
    score: float
    """From -1, as negative as can be, to 1."""
    turn: int | UnsetType = UNSET
    """Index of its turn, from 0; only of a transcript."""
    speaker: str | UnsetType = UNSET


class Verdict(msgspec.Struct, frozen=True):
    label: Label
    """The likeliest answer; `unknown` where the engine cannot read what was said."""
    p: Chances
    score: float
    """`p.positive - p.negative`."""
    topics: list[str]
    evidence: list[Evidence]
    """What moved it most, the strongest first."""
    engine: str


def read(given: Any) -> Given:
    """Check what is to be scored; keys that are not known are passed over.

    Raises:
        BadInput: neither or both of text and turns, a wrong type, or too long.
    """
    try:
        found = msgspec.convert(given, Given)
    except msgspec.ValidationError as error:
        raise BadInput(f"what is to be scored has a wrong shape: {error}", fix=_FIX) from None
    if (found.text is None) == (found.turns is None):
        count = "neither text nor turns" if found.text is None else "both text and turns"
        raise BadInput(f"there are {count} to score", fix=_FIX)
    if found.lang and not _TAG.fullmatch(found.lang):
        raise BadInput("lang is no language tag", fix="give a BCP 47 tag such as en or es-MX")
    length = len(found.text or "") + sum(len(one.text) + 1 for one in found.turns or ())
    if length > LONGEST:
        raise BadInput(
            f"there is more to score than the {LONGEST:,} characters that are read at most",
            fix="score the parts of it that matter, such as the last message or the last turns",
        )
    return found
