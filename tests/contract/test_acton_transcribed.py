"""Calls of Act-On's that stand in none of its descriptions, against our reading of its other pages.

Our entries were drafted from the same reading: this proves that nothing was lost or changed on the
way, and nothing about Act-On.
"""

from typing import Any

import pytest
import yaml

from dragoman.catalog.entries import Operation, Parameter
from tests.catalog.shipped import CALLS, name
from tests.conftest import Tell
from tests.contract import deviations
from tests.contract.published import SHARED

REFERENCE = SHARED.parent / "reference" / "act-on-operations.yaml"
READ: list[dict[str, Any]] = yaml.load(REFERENCE.read_bytes(), Loader=yaml.CSafeLoader)
OURS = [one for one in CALLS if one.vendor == "acton" and deviations.of(one).undescribed]
KNOWN = 20
"""How many there are, and all of them are compared."""


def read(operation: Operation) -> dict[str, Any]:
    """What was read of it; the kinds of a token call share a path, each with its grant."""
    found = [
        one for one in READ if (one["method"], one["path"]) == (operation.method, operation.path)
    ]
    grant = operation.input.get("grant_type")
    if grant and len(found) > 1:
        found = [one for one in found if one["id"].endswith(grant.schema["enum"][0])]
    (one,) = found
    return one


def inputs(one: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The inputs that were read, by name; `*` stands for any others."""
    fields = (one["body"] or {}).get("fields") or []
    return {each["name"]: each for each in one["path_params"] + one["query_params"] + fields}


def is_free(given: Parameter, listed: dict[str, Any]) -> bool:
    """Whether it holds whatever the caller likes."""
    return given.wire not in listed and given.schema.get("type") == "object"


def test_as_many_operations_are_compared_as_are_known(tell: Tell) -> None:
    tell(f"{len(OURS)} operations of Act-On compared with what was read of it")

    assert len(OURS) == KNOWN


@pytest.mark.parametrize("operation", OURS, ids=name)
def test_the_inputs_are_those_that_were_read(operation: Operation) -> None:
    listed = inputs(read(operation))
    nested = {name for name in listed if "." in name}

    ours = {"*" if is_free(one, listed) else one.wire for one in operation.input.values()}

    assert ours == listed.keys() - nested
    for dotted in nested:
        outer, _, inner = dotted.partition(".")
        assert inner in operation.input[outer].schema["properties"]


@pytest.mark.parametrize("operation", OURS, ids=name)
def test_what_is_required_and_which_words_are_taken_is_what_was_read(operation: Operation) -> None:
    listed = inputs(read(operation))

    for given in operation.input.values():
        if not is_free(given, listed):
            assert given.required == listed[given.wire]["required"]
            assert given.schema.get("enum", []) == listed[given.wire].get("enum", [])
