"""Finds entries by words: in ids, titles, sentences, paths and names of inputs.

Endings, capitals and hyphens do not matter. A word is also taken for what it may mean, and one that
stands nowhere for a slip of the finger.
"""

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches

import msgspec

from dragoman.catalog.documents import Entry, group
from dragoman.catalog.entries import Operation
from dragoman.catalog.stems import stem, words
from dragoman.catalog.synonyms import SYNONYMS

WEIGHTS = {"title": 8.0, "id": 5.0, "purpose": 3.0, "path": 2.0, "input": 1.0}
"""What a word is worth where it stands; the order is that in which places are named."""
_WHOLE = 1000.0
"""For what names the entry itself: its id, the end of it, its path."""
_COVERED = 4.0
"""For a title that says nothing besides."""
_EXACT = 1.1
"""For a word that stands there with the very ending that was typed."""
_ELSEWHERE = 0.1
"""The share of its worth for a word that stands in a better place, too."""
_FAINT = 0.15
"""The share of the best score below which an entry is not worth reading."""
_ENOUGH, _PAIR = 5, 2
"""Hits that are enough to choose from, and words of which none may be missing."""
_MEANT, _BEGUN, _SLIP = 0.5, 0.7, 0.4
_BEGINNING = 3
"""Letters that are enough as the beginning of a word."""
_SLIPPED = 4
"""Letters a word must have to be taken as a slip."""


class Reason(msgspec.Struct, frozen=True):
    """Why an entry was found: the word that stands there, for the one that was typed."""

    place: str
    """One of WEIGHTS."""
    word: str
    typed: str


class Hit(msgspec.Struct, frozen=True):
    entry: Entry
    score: float
    reasons: list[Reason]
    words: int
    """How many of the typed words it holds."""


class Found(msgspec.Struct, frozen=True):
    hits: list[Hit]
    """The best first."""
    whole: bool
    """Whether one holds all words; if not, they are what comes nearest."""


class _Page:
    """An entry, its words by place."""

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        texts = {
            "title": entry.title,
            "id": entry.id,
            "purpose": entry.does,
            "path": entry.path if isinstance(entry, Operation) else "",
            "input": " ".join(_names(entry)),
        }
        self.places = {
            place: {stem(word): word for word in words(text)} for place, text in texts.items()
        }
        # Whose it is stands in the id of every entry: a title that says so too is no better.
        self.places["title"].pop(entry.vendor, None)

    def best(self, typed: str, readings: dict[str, float]) -> tuple[float, Reason] | None:
        """What a typed word is worth here, and its best place; its readings are worth so much."""
        found: list[tuple[float, Reason]] = []
        for place, there in self.places.items():
            worth, reading = max(
                ((readings[one], one) for one in readings.keys() & there.keys()), default=(0.0, "")
            )
            if reading:
                word = there[reading]
                weight = WEIGHTS[place] + (_COVERED / len(there) if place == "title" else 0.0)
                exact = _EXACT if word == typed else 1.0
                found.append((weight * worth * exact, Reason(place, word, typed)))
        if not found:
            return None
        first, reason = max(found, key=lambda one: one[0])
        return first + _ELSEWHERE * (sum(worth for worth, _ in found) - first), reason


def find(entries: Iterable[Entry], typed: Sequence[str]) -> Found:
    """Find entries that hold all words, else those that hold most of them.

    Of three words and more, one may be missing where hardly an entry holds them all: it may be the
    wrong entry that holds them by chance, far down among its inputs.
    """
    pages = [_Page(entry) for entry in entries]
    known = {one for page in pages for there in page.places.values() for one in there}
    asked = {word: _readings(stem(word), known) for word in words(" ".join(typed))}
    said = " ".join(typed).strip().lower()
    hits = [hit for page in pages if (hit := _hit(page, asked, said)) is not None]
    most = max((hit.words for hit in hits), default=0)
    best = max((hit.score for hit in hits if hit.score < _WHOLE), default=0.0)
    least = most
    if most > _PAIR and sum(hit.words == most for hit in hits) < _ENOUGH:
        least = most - 1
    kept = [hit for hit in hits if hit.words >= least and hit.score >= _FAINT * best]
    kept.sort(key=lambda hit: (-hit.score, hit.entry.id))
    return Found(kept, whole=most == len(asked))


def _hit(page: _Page, asked: dict[str, dict[str, float]], said: str) -> Hit | None:
    entry = page.entry
    found = [one for word, readings in asked.items() if (one := page.best(word, readings))]
    score = sum(worth for worth, _ in found)
    if worth := _named(entry, said):
        named = Reason("path" if "/" in said else "id", said, said)
        return Hit(entry, _WHOLE * worth + score, [named], len(asked))
    return Hit(entry, score, [reason for _, reason in found], len(found)) if found else None


def _named(entry: Entry, said: str) -> float:
    """Whether the very entry was named: by its id, by the end of it, by its path."""
    if said == entry.id:
        return 2.0
    if "." in said and f".{entry.id}".endswith(f".{said}"):
        return 1.5
    request = f"{entry.method} {entry.path}".lower() if isinstance(entry, Operation) else ""
    return 1.0 if "/" in said and f" {request}".endswith(f" {said}") else 0.0


def _readings(typed: str, known: set[str]) -> dict[str, float]:
    """Stems that a typed one may stand for, and how much each is worth."""
    found = dict(_stands(typed, known))
    if found or len(typed) < _SLIPPED:
        return found
    near = get_close_matches(typed, sorted(known | SYNONYMS.keys()), n=3, cutoff=0.75)
    slips = [(one, worth) for meant in near for one, worth in _stands(meant, known)]
    return {one: worth * _SLIP for one, worth in reversed(slips)}


def _stands(typed: str, known: set[str]) -> Iterator[tuple[str, float]]:
    """The later of two wins, so the surest comes last."""
    for one in SYNONYMS.get(typed, ()):
        if one in known:
            yield one, _MEANT
    if len(typed) >= _BEGINNING:
        yield from ((one, _BEGUN) for one in known if one.startswith(typed))
    if typed in known:
        yield typed, 1.0


def _names(entry: Entry) -> list[str]:
    if isinstance(entry, Operation):
        return list(entry.input)
    return [*entry.settings, *entry.data, group(entry)]
