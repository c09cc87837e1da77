"""Words as they are looked for: `Opted out`, `optOut` and `opt-outs` are one word."""

import re
from functools import lru_cache

_COMPOUNDS = (
    (re.compile(r"'s\b"), ""),
    (re.compile(r"\bact[ -]on\b"), "acton"),
    (re.compile(r"\b(?:go ?)?high[ -]?level\b|\bghl\b"), "highlevel"),
    (re.compile(r"\bopt(?:ed|ing|s)?[ -]*outs?\b"), "optout"),
    (re.compile(r"\bopt(?:ed|ing|s)?[ -]*ins?\b"), "optin"),
    (re.compile(r"\bdo[ -]not[ -]disturb\b|\bdnd ?settings\b"), "dnd"),
    (re.compile(r"\btouch[ -]?points?\b"), "touchpoint"),
    (re.compile(r"\bcustom[ -]?events?\b"), "customevent"),
    (re.compile(r"\bweb[ -]?hooks?\b"), "webhook"),
    (re.compile(r"\bsaa s"), "saas"),
    (re.compile(r"\be-?mails?\b"), "email"),
    (re.compile(r"\bvoice[ -]?mails?\b"), "voicemail"),
    (re.compile(r"\bfollow[ -]?ups?\b"), "followup"),
)
"""Words that are written apart, together or with a hyphen; and whose it is does not matter."""
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_WORD = re.compile(r"[a-z0-9]+")
_EMPTY = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "to",
        "for",
        "in",
        "on",
        "at",
        "by",
        "with",
        "from",
        "and",
        "or",
        "is",
        "are",
        "be",
        "as",
        "it",
        "its",
        "that",
        "which",
        "who",
        "how",
        "do",
        "does",
        "can",
        "i",
        "me",
        "my",
        "we",
        "our",
        "you",
        "your",
        "what",
        "when",
        "where",
    ]
)
_DOUBLED = re.compile(r"([bdgmnprt])\1$")
_LEAST = 4
"""Letters a word must have to lose an ending."""


@lru_cache(maxsize=16_384)
def words(text: str) -> tuple[str, ...]:
    """The words of a text that say something, as they stand there, in small letters."""
    apart = _CAMEL.sub(" ", text).lower().replace("_", " ")
    for pattern, word in _COMPOUNDS:
        apart = pattern.sub(word, apart)
    return tuple(word for word in _WORD.findall(apart) if word not in _EMPTY)


@lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """The word without its endings: `tags`, `tagged` and `tagging` are `tag`."""
    if len(word) < _LEAST:
        return word
    for ending, instead in (("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch")):
        if word.endswith(ending):
            return word.removesuffix(ending) + instead
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        short = word.removesuffix(ending)
        if short != word and len(short) >= _LEAST - 1:
            word = _DOUBLED.sub(r"\1", short) if len(short) >= _LEAST else short
            break
    return word.removesuffix("e") if len(word) >= _LEAST else word
