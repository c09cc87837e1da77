"""Whether the vendors' published descriptions are at hand at all."""

import pytest

from tests.contract.published import REQUIRED, SHARED


def test_the_published_descriptions_are_at_hand() -> None:
    if SHARED.is_dir():
        assert list((SHARED / "highlevel" / "apps").glob("*.json"))
        assert list((SHARED / "act-on").glob("*.json"))
        return
    reason = f"no contract was checked: the published descriptions are not at {SHARED}"
    if REQUIRED:
        pytest.fail(reason)
    pytest.skip(reason)
