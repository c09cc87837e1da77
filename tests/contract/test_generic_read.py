"""What the pretended vendors answer to calls that have no module of their own, read by our readers.

It needs no published description.
"""

from pathlib import Path

import pytest

from dragoman.catalog import bodies, wire
from dragoman.catalog.entries import Operation
from dragoman.catalog.samples import sample
from dragoman.simulator.exchange import Answer
from tests.catalog.shipped import CALLS, VENDORS, name
from tests.contract.pretence import Pretence, is_generic

GENERIC = [one for one in CALLS if is_generic(one)]
KNOWN = 430
"""How many operations are asked for; fewer would mean that some are no longer looked at."""


def test_as_many_operations_are_asked_for_as_are_known() -> None:
    assert len(GENERIC) >= KNOWN


@pytest.mark.parametrize("operation", GENERIC, ids=name)
async def test_an_answer_is_a_declared_success_and_reads_as_the_entry_says(
    operation: Operation, tmp_path: Path
) -> None:
    pretence = Pretence(tmp_path)

    for whole in (False, True):
        answer = pretence.ask(operation, sample(operation, whole=whole))
        assert answer.status in operation.success, answer.body
        assert operation.output.missing(_read(operation, answer)) is None

    await pretence.world.stop()


def _read(operation: Operation, answer: Answer) -> object:
    headers = {**answer.headers, "content-type": answer.content_type}
    came = wire.Answer(answer.status, headers, answer.body)
    if operation.answer != "json":
        return bodies.facts(came, operation.answer)
    vendor = VENDORS[operation.vendor]
    found = vendor.functions.read(came)
    return vendor.resolve(operation.tidy)(found) if operation.tidy else found
