"""The lists of what is known to be wrong in the descriptions, as lists."""

import pytest

from tests.catalog.shipped import CALLS
from tests.contract import deviations

NAMES = {one.id for one in CALLS}


@pytest.mark.parametrize("name", sorted(deviations.KNOWN))
def test_every_deviation_is_of_an_operation_and_has_a_reason(name: str) -> None:
    assert name in NAMES
    assert all(deviations.reasons(deviations.KNOWN[name]))
