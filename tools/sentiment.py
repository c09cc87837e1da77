"""Measures the sentiment engine, and other libraries beside it where they are installed.

`uv run python -m tools.sentiment` prints macro-F1 on the sets of `../shared/data/sentiment`, which
are not kept here. To compare:

    uv run --with afinn --with textblob --with vaderSentiment python -m tools.sentiment
"""

import csv
import importlib
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from dragoman import sentiment
from tools.pages import markdown

DATA = Path(__file__).parent.parent.parent / "shared/data/sentiment"
OURS = ("messages_dev", "calls_dev")
"""Written for this project. The table of words was made by people who had read them."""
THEIRS = ("goemotions_polarity_dev", "vader_tweets_dev", "vader_amazonReviewSnippets_dev")
LABELS = ("negative", "neutral", "positive")
_BOUND = 0.05
"""From which a value counts as positive: the bound that VADER's authors give."""

Judge = Callable[[dict[str, Any]], str]


class Example(NamedTuple):
    given: dict[str, Any]
    label: str
    topics: frozenset[str] = frozenset()


def examples(name: str, folder: Path = DATA) -> list[Example]:
    """A set, its texts without their language, so that this is found out too."""
    if name in OURS:
        lines = (folder / f"{name}.jsonl").read_text().splitlines()
        return [_own(json.loads(line)) for line in lines]
    with (folder / f"{name}.tsv").open(newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Example({"text": row["text"]}, row["label"]) for row in rows]


def macro_f1(pairs: Iterable[tuple[str, str]]) -> float:
    """The mean of F1 over the three labels; `unknown` is always a miss. Pairs: said, true."""
    known = list(pairs)
    return sum(_f1(label, known) for label in LABELS) / len(LABELS)


def measured(judge: Judge, name: str, folder: Path = DATA) -> float:
    return macro_f1((judge(one.given), one.label) for one in examples(name, folder))


def ours(given: dict[str, Any]) -> str:
    return str(sentiment.score(given)["label"])


def others() -> Iterator[tuple[str, Judge]]:
    """Every other library that is installed, with its own list and rules alone."""
    yield "`nltk-vader-sentiment` alone", _by(_made("vader", "SentimentIntensityAnalyzer"))
    with suppress(ImportError):
        made = _made("vaderSentiment.vaderSentiment", "SentimentIntensityAnalyzer")
        yield "`vaderSentiment`", _by(made)
    with suppress(ImportError):
        afinn = importlib.import_module("afinn").Afinn(emoticons=True)
        yield "`afinn`", _by(lambda text: float(afinn.score(text)))
    with suppress(ImportError):
        blob = importlib.import_module("textblob").TextBlob
        yield "`textblob`", _by(lambda text: float(blob(text).sentiment.polarity))


def _own(row: dict[str, Any]) -> Example:
    given: dict[str, Any] = {key: row[key] for key in ("text", "turns") if key in row}
    return Example(given, row["label"], frozenset(row["topics"]))


def _f1(label: str, pairs: list[tuple[str, str]]) -> float:
    right = sum(said == true == label for said, true in pairs)
    wrong = sum((said == label) != (true == label) for said, true in pairs)
    return 2 * right / (2 * right + wrong) if right else 0.0


def _made(module: str, kind: str) -> Callable[[str], float]:
    analyzer = getattr(importlib.import_module(module), kind)()
    return lambda text: float(analyzer.polarity_scores(text)["compound"])


def _by(value: Callable[[str], float]) -> Judge:
    def judge(given: dict[str, Any]) -> str:
        turns = [one["text"] for one in given.get("turns", ()) if one["speaker"] != "agent"]
        found = value("\n".join(turns) or given["text"])
        return "neutral" if abs(found) < _BOUND else "positive" if found > 0 else "negative"

    return judge


def main() -> None:
    rows = [
        (name, *(f"{measured(judge, one):.3f}" for one in (*OURS, *THEIRS)))
        for name, judge in [("`base-1`", ours), *others()]
    ]
    print(markdown.table(("macro-F1", *OURS, *THEIRS), rows))


if __name__ == "__main__":
    main()
