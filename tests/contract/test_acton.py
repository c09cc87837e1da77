"""Our entries against Act-On's own description, whose content types cannot be relied on."""

import pytest

from dragoman.catalog.building import Builder
from dragoman.catalog.entries import Operation
from tests.catalog.shipped import CALLS, name
from tests.conftest import Tell
from tests.contract import comparing, deviations
from tests.contract.published import SHARED, Published, bare, described

PUBLISHED = described(sorted((SHARED / "act-on").glob("*.json")))
OURS = [one for one in CALLS if one.vendor == "acton"]
DESCRIBED = [one for one in OURS if not deviations.of(one).undescribed]
LEFT_OVER = {("POST", "/ucl/v2/ucl/v2/{}/import/contacts/{}")}
"""What the description holds besides: a test that its writers forgot."""
KNOWN = 156
"""How many operations are described, and all of them are compared."""


def place(operation: Operation) -> tuple[str, str]:
    """Where it stands in the description; logging in stands beside the other token call."""
    grant = operation.input.get("grant_type")
    if grant and grant.schema["enum"] == ["password"]:
        return operation.method, f"{operation.path}?grant_type=password"
    return operation.method, bare(operation.path)


def published(operation: Operation) -> Published:
    return PUBLISHED[place(operation)]


def test_as_many_operations_are_compared_as_are_known(tell: Tell) -> None:
    compared = {place(one) for one in DESCRIBED}
    tell(f"{len(compared)} operations of Act-On compared with its description")

    assert compared == PUBLISHED.keys() - LEFT_OVER
    assert len(compared) == len(DESCRIBED) == KNOWN


@pytest.mark.parametrize("operation", DESCRIBED, ids=name)
def test_what_is_asked_is_as_described_but_for_what_is_known(operation: Operation) -> None:
    found = comparing.asked(operation, published(operation), Builder(operation))

    known = deviations.of(operation)
    assert found - known.drawn.keys() == known.asked.keys()


@pytest.mark.parametrize("operation", [one for one in DESCRIBED if one.example], ids=name)
def test_a_recorded_answer_is_as_described_but_for_what_is_known(operation: Operation) -> None:
    known = deviations.of(operation)

    assert comparing.answered(operation, published(operation), known) == set(known.answered)
