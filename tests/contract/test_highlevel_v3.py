"""Our entries as a connection of version v3 asks them, as far as its descriptions are given.

They are given of three apps: conversations, contacts, and the tokens.
"""

import pytest

from dragoman.catalog.building import V3, Builder
from dragoman.catalog.entries import Operation
from tests.catalog.shipped import CALLS, VENDORS, name
from tests.conftest import Tell
from tests.contract import comparing, deviations
from tests.contract.published import SHARED, bare, described

PUBLISHED = described(sorted((SHARED / "highlevel" / "apps" / "v3").glob("*.json")))
APPS = frozenset(path.split("/")[1] for _, path in PUBLISHED)
OURS = [
    one for one in CALLS if one.vendor == "highlevel" and one.v3 and one.v3.split("/")[1] in APPS
]
NEW = {
    ("PUT", "/conversations/messages/email/{}/status"),  # in v3 alone
    ("GET", "/oauth/installed-locations"),  # pages in another way: we ask by date
}
"""What is described and is none of ours."""


def test_every_call_that_is_described_is_an_entry_and_the_other_way_round(tell: Tell) -> None:
    ours = {(one.method, bare(one.v3)) for one in OURS}
    tell(f"{len(ours)} operations of HighLevel compared with version v3")

    assert ours == PUBLISHED.keys() - NEW


@pytest.mark.parametrize("operation", OURS, ids=name)
def test_what_is_asked_in_v3_is_as_described_but_for_what_is_known(operation: Operation) -> None:
    known = deviations.of(operation)
    builder = Builder(operation, V3, VENDORS["highlevel"].rewrite(operation))
    published = PUBLISHED[operation.method, bare(operation.v3)]

    found = comparing.asked(operation, published, builder)

    assert found <= {*known.asked, *known.drawn, *known.v3}
    assert found >= set(known.v3)
