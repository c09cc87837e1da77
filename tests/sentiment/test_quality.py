"""How good the engine is, on sets that are not kept here: floors a little below the measured."""

import pytest

from dragoman.sentiment import score
from tools import sentiment as measure

pytestmark = pytest.mark.skipif(
    not measure.DATA.is_dir(), reason=f"no data to measure with in ../{measure.DATA.parent.name}"
)


@pytest.mark.parametrize(
    ("name", "floor"),
    [
        ("messages_dev", 0.68),
        ("calls_dev", 0.70),
        ("goemotions_polarity_dev", 0.61),
        ("vader_tweets_dev", 0.71),
        ("vader_amazonReviewSnippets_dev", 0.52),
    ],
)
def test_macro_f1_does_not_fall(name: str, floor: float) -> None:
    assert measure.measured(measure.ours, name) >= floor


def test_english_is_hardly_ever_called_foreign() -> None:
    texts = [one.given for name in measure.THEIRS for one in measure.examples(name)]

    unknown = [text for text in texts if measure.ours(text) == "unknown"]

    assert len(unknown) <= 0.005 * len(texts)


@pytest.mark.parametrize("name", measure.OURS)
def test_topics_are_found(name: str) -> None:
    examples = measure.examples(name)
    found = [(set(score(one.given)["topics"]), one.topics) for one in examples]
    right = sum(len(said & true) for said, true in found)
    wrong = sum(len(said ^ true) for said, true in found)

    assert 2 * right / (2 * right + wrong) >= 0.9
