"""Every call of Act-On's has its entry, and the entry says of it what the reference says."""

from typing import Any

import pytest
import yaml

from dragoman.catalog.entries import Operation
from tests.catalog.shipped import CALLS
from tests.conftest import Tell
from tests.contract.published import REQUIRED, SHARED

REFERENCE = SHARED.parent / "reference" / "act-on-operations.yaml"
KNOWN = 176
"""How many calls the reference lists."""

if not REFERENCE.is_file():
    missing = f"no call was looked for: Act-On's reference is not at {REFERENCE}"
    if REQUIRED:
        pytest.fail(missing)
    pytest.skip(missing, allow_module_level=True)

LEFT_OUT: dict[str, str] = {}
"""Calls without an entry, and why."""
IN_USE = {
    "account.get": "clients call it to this day, and nothing else tests a token as cheaply",
    "customevent.fact": "nothing else records one touch point",
}
"""Calls that only older pages know, and that we do not call legacy, and why."""
SOURCES = {"documented": "documented", "seen in client code": "seen", "inferred": "inferred"}

REFERRED: list[dict[str, Any]] = yaml.load(REFERENCE.read_bytes(), Loader=yaml.CSafeLoader)
OURS = [one for one in CALLS if one.vendor == "acton"]


def granted(fields: Any) -> str:
    """What tells apart the token calls, which share a path."""
    return next((one["enum"][0] for one in fields if one["name"] == "grant_type"), "")


def is_of(ours: Operation, referred: dict[str, Any]) -> bool:
    grant = granted((referred["body"] or {}).get("fields") or [])
    same = (ours.method, ours.path) == (referred["method"], referred["path"])
    return same and (not grant or ours.input["grant_type"].schema["enum"] == [grant])


def test_the_reference_is_whole(tell: Tell) -> None:
    tell(f"{len(REFERRED)} calls of Act-On's looked for in the catalogue")

    assert len(REFERRED) == KNOWN
    assert {*LEFT_OUT, *IN_USE} <= {one["id"] for one in REFERRED}


@pytest.mark.parametrize("referred", REFERRED, ids=lambda one: str(one["id"]))
def test_a_call_has_one_entry_of_the_same_stage_source_and_token(referred: dict[str, Any]) -> None:
    found = [ours for ours in OURS if is_of(ours, referred)]
    if referred["id"] in LEFT_OUT:
        assert found == []
        return

    (ours,) = found
    assert ours.stage == ("current" if referred["id"] in IN_USE else referred["status"])
    assert ours.source == SOURCES[referred["confidence"]]
    assert ours.tokens == (("account",) if referred["auth"] == "bearer" else ("none",))


def test_no_entry_is_of_a_call_that_nobody_knows() -> None:
    assert [ours.id for ours in OURS if not any(is_of(ours, one) for one in REFERRED)] == []
