"""Our entries against HighLevel's own description: strict in what is asked, lenient in answers."""

import pytest

from dragoman.catalog.building import Builder
from dragoman.catalog.entries import Operation
from tests.catalog.shipped import CALLS, name
from tests.conftest import Tell
from tests.contract import comparing, deviations
from tests.contract.published import SHARED, Published, bare, described

PUBLISHED = described(sorted((SHARED / "highlevel" / "apps").glob("*.json")))
OURS = [one for one in CALLS if one.vendor == "highlevel"]
KNOWN = 576
"""How many operations are described, and all of them are compared."""


def published(operation: Operation) -> Published:
    return PUBLISHED[operation.method, bare(operation.path)]


def test_as_many_operations_are_compared_as_are_known(tell: Tell) -> None:
    compared = {(one.method, bare(one.path)) for one in OURS}
    tell(f"{len(compared)} operations of HighLevel compared with its description")

    assert compared == PUBLISHED.keys()
    assert len(compared) == len(OURS) == KNOWN


@pytest.mark.parametrize("operation", OURS, ids=name)
def test_what_is_asked_is_as_described_but_for_what_is_known(operation: Operation) -> None:
    found = comparing.asked(operation, published(operation), Builder(operation))

    known = deviations.of(operation)
    assert found - known.drawn.keys() == known.asked.keys()


@pytest.mark.parametrize("operation", [one for one in OURS if one.example], ids=name)
def test_a_recorded_answer_is_as_described_but_for_what_is_known(operation: Operation) -> None:
    known = deviations.of(operation)

    assert comparing.answered(operation, published(operation), known) == set(known.answered)
