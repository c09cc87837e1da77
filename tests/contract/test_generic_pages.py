"""Lists of calls that have no module of their own, walked to their end as a person's call does."""

from pathlib import Path

import pytest

from dragoman.catalog.entries import Operation
from dragoman.catalog.paging import Walk
from dragoman.catalog.samples import sample
from dragoman.kernel import jsons
from dragoman.simulator.generic.answering import ITEMS
from tests.catalog.shipped import CALLS, name
from tests.contract.pretence import Pretence, is_generic

PAGED = [one for one in CALLS if is_generic(one) and one.paging]
KNOWN = 48
"""How many lists are walked; fewer would mean that some are no longer looked at."""


def test_as_many_lists_are_walked_as_are_known() -> None:
    assert len(PAGED) >= KNOWN


@pytest.mark.parametrize("operation", PAGED, ids=name)
async def test_every_item_is_found_once_and_the_list_ends(
    operation: Operation, tmp_path: Path
) -> None:
    assert operation.paging
    pretence = Pretence(tmp_path)
    size = {operation.paging.size: 2} if operation.paging.size else {}
    given = {n: one for n, one in sample(operation).items() if n != operation.paging.next}
    walk, found = Walk(operation, {**given, **size}), []

    while walk.ask is not None:
        found += walk.take(jsons.decode(pretence.ask(operation, walk.ask).body))
        assert walk.pages <= ITEMS
    await pretence.world.stop()

    assert len(found) == ITEMS
