"""What the pretended vendors answer to calls that have no module of their own, by its shape.

Such an answer is made from the output that an entry declares, which knows kinds and fields, but
neither bounds nor long lists of words: only kinds and missing fields are compared.
"""

from pathlib import Path

import pytest

from dragoman.catalog.entries import Operation
from dragoman.catalog.samples import sample
from tests.catalog.shipped import CALLS, name
from tests.conftest import Tell
from tests.contract import deviations
from tests.contract.pretence import Pretence, is_generic
from tests.contract.test_pretended import misfits

GENERIC = [one for one in CALLS if is_generic(one) and not deviations.of(one).undescribed]
KNOWN = 425
"""How many operations are compared; fewer would mean that some are no longer looked at."""
_COMPARED = frozenset({"type", "required"})


def test_as_many_operations_are_compared_as_are_known(tell: Tell) -> None:
    tell(f"the generic answers of {len(GENERIC)} operations compared")

    assert len(GENERIC) >= KNOWN


@pytest.mark.parametrize("operation", GENERIC, ids=name)
async def test_an_answer_has_the_described_shape_but_for_what_is_known(
    operation: Operation, tmp_path: Path
) -> None:
    pretence = Pretence(tmp_path)
    found: set[str] = set()
    for whole in (False, True):
        answer = pretence.ask(operation, sample(operation, whole=whole))
        assert answer.status in operation.success, answer.body
        found |= misfits(operation, answer)
    await pretence.world.stop()

    known = deviations.of(operation).simulated
    assert {one for one in found if one.split(" ")[1] in _COMPARED} == set(known)
