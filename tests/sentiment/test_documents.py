"""What the documents show and claim is so."""

import json
import re

import pytest

from dragoman.sentiment import score
from tests.docs import pages
from tools import sentiment as measure

DECISION = pages.ROOT / "docs/decisions/0019-sentiment.md"


def test_the_example_has_the_verdict_that_is_shown() -> None:
    given, verdict = (
        json.loads(one.text) for one in pages.blocks("json") if one.page == "docs/sentiment.md"
    )

    assert score(given) == verdict


@pytest.mark.skipif(not measure.DATA.is_dir(), reason="no shared data to measure with")
def test_the_figures_told_are_those_measured() -> None:
    row = re.search(r"^\| `base-1` \|(.*)\|$", DECISION.read_text(), re.MULTILINE)
    assert row
    told = [float(one) for one in row[1].split("|")]

    found = [measure.measured(measure.ours, one) for one in (*measure.OURS, *measure.THEIRS)]

    assert found == pytest.approx(told, abs=0.001)
