"""Our entries against Act-On's own description, whose content types cannot be relied on."""

from typing import Any
from urllib.parse import parse_qsl

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.catalog.building import Builder
from dragoman.catalog.entries import Operation
from tests.catalog.shipped import CALLS, example, name
from tests.contract.conftest import (
    SHARED,
    bare,
    described,
    inputs,
    misfits,
    parameter_names,
    query_misfits,
    stands_for,
)

PUBLISHED = described(iter(sorted((SHARED / "act-on").glob("*.json"))))
NOT_PUBLISHED = {
    "acton.accounts.get": "on an older page of the vendor's alone, and in clients that use it",
    "acton.touchpoints.add": "on an older page of the vendor's alone",
}
OURS = [one for one in CALLS if one.vendor == "acton" and one.id not in NOT_PUBLISHED]
KNOWN = 20
"""How many operations are compared; fewer would mean that some are no longer looked at."""

ASKED_DIFFERENTLY: dict[str, dict[str, str]] = {
    "acton.subscriptions.list": {
        "email undeclared": "on an older page, and a connector's manual says the same",
    },
}
"""Where a request of ours is not as described, and why that is right."""

ANSWERED_DIFFERENTLY: dict[str, dict[str, str]] = {
    "acton.lists.download": {
        "data.*.* type": "every value is described as text; the two dates are numbers",
    },
    "acton.lists.job_status": {
        ". oneOf": "three forms are described, and what fits the first fits all of them",
    },
}
"""Where a recorded answer is not as described, and what is known of it."""

NO_ANSWER_DESCRIBED = {"acton.lists.list", "acton.subscriptions.list"}
RAW_BODY = {
    f"acton.records.{name}": "described as a form with one field, RAW_BODY; it is the record itself"
    for name in ("upsert", "create", "update")
}


def published(operation: Operation) -> Any:
    return PUBLISHED[operation.method, bare(operation.path)]


def test_as_many_operations_are_compared_as_are_known() -> None:
    compared = [one.id for one in OURS if (one.method, bare(one.path)) in PUBLISHED]
    print(f"{len(compared)} operations of Act-On compared with its description")  # noqa: T201

    assert len(compared) >= KNOWN
    assert len(compared) == len(OURS)
    assert set(NOT_PUBLISHED) <= {one.id for one in CALLS}


@pytest.mark.parametrize("operation", OURS, ids=name)
def test_every_input_has_its_place_in_the_description(operation: Operation) -> None:
    theirs = published(operation)
    content = theirs.entry.get("requestBody", {}).get("content", {})
    fields = {field for kind in content.values() for field in kind["schema"].get("properties", {})}

    assert parameter_names(operation, "path") == set(theirs.parameters("path"))
    strange = parameter_names(operation, "query") - set(theirs.parameters("query"))
    assert {f"{one} undeclared" for one in strange} <= set(ASKED_DIFFERENTLY.get(operation.id, {}))
    assert parameter_names(operation, "form") | parameter_names(operation, "file") <= fields
    assert bool(parameter_names(operation, "root")) == (operation.id in RAW_BODY)
    assert parameter_names(operation, "body") == parameter_names(operation, "header") == set()


@pytest.mark.parametrize("operation", OURS, ids=name)
def test_the_recorded_request_is_as_described(operation: Operation) -> None:
    recorded = example(operation)
    builder = Builder(operation)

    request = builder.build(builder.complete(recorded["input"], recorded["connection"]))

    assert stands_for(published(operation).path, request.path)
    faults = query_misfits(published(operation), request)
    assert faults <= set(ASKED_DIFFERENTLY.get(operation.id, {}))


@pytest.mark.parametrize("operation", [one for one in OURS if one.callable], ids=name)
@settings(deadline=None, max_examples=25)
@given(data=st.data())
def test_whatever_we_accept_becomes_a_request_as_described(operation: Operation, data: Any) -> None:
    builder = Builder(operation)

    request = builder.build(builder.complete(data.draw(inputs(operation)), {}))

    assert stands_for(published(operation).path, request.path)
    faults = query_misfits(published(operation), request)
    assert faults <= set(ASKED_DIFFERENTLY.get(operation.id, {}))


@pytest.mark.parametrize("operation", OURS, ids=name)
def test_the_recorded_answer_is_as_described_but_for_what_is_known(operation: Operation) -> None:
    recorded = example(operation)["answer"]
    schema = published(operation).answer(recorded["status"])
    if operation.id in NO_ANSWER_DESCRIBED:
        assert schema is None
        return
    assert schema is not None

    expected = set(ANSWERED_DIFFERENTLY.get(operation.id, {}))
    assert misfits(schema, recorded["body"]) == expected


def test_a_form_holds_the_fields_of_the_description() -> None:
    operation = next(one for one in OURS if one.id == "acton.oauth.refresh")
    content = published(operation).entry["requestBody"]["content"]

    form = dict(parse_qsl(example(operation)["request"]["body"]))

    described_fields = content["application/x-www-form-urlencoded"]["schema"]["properties"]
    assert set(form) == set(described_fields)


def test_the_exceptions_are_of_operations_that_exist() -> None:
    listed = {*ASKED_DIFFERENTLY, *ANSWERED_DIFFERENTLY, *NO_ANSWER_DESCRIBED, *RAW_BODY}

    assert listed <= {one.id for one in OURS}
