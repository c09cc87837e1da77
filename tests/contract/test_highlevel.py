"""Our entries against HighLevel's own description: strict in what is asked, lenient in answers."""

from typing import Any
from urllib.parse import parse_qsl

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.catalog.building import Builder
from dragoman.catalog.entries import Operation
from dragoman.catalog.wire import Request
from dragoman.kernel import jsons
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

PUBLISHED = described(iter(sorted((SHARED / "highlevel" / "apps").glob("*.json"))))
OURS = [one for one in CALLS if one.vendor == "highlevel"]
KNOWN = 37
"""How many operations are compared; fewer would mean that some are no longer looked at."""
FACTS = {"location_id": "ExampleLocation00001"}

ASKED_DIFFERENTLY: dict[str, dict[str, str]] = {
    "highlevel.messages.send": {
        ". required subType": "calls without it succeed, and newer pages drop it",
        ". required status": "calls without it succeed",
    },
    "highlevel.messages.list": {
        "type enum": "the text says several joined by commas, the schema lists single ones",
    },
    "highlevel.conversations.search": {
        "lastMessageType enum": "TYPE_NO_SHOW was seen, outside the published list",
    },
    "highlevel.contacts.upsert": {
        "dateOfBirth type": "declared as an object with eight spellings, which are texts",
    },
    "highlevel.contacts.update": {
        "dateOfBirth type": "declared as an object with eight spellings, which are texts",
    },
}
"""Where a request of ours is not as described, and why that is right."""

NOT_GENERATED: dict[str, dict[str, str]] = {
    "highlevel.contacts.upsert": {
        "customFields": "its items are objects whose fields our entry leaves to the vendor",
    },
    "highlevel.contacts.update": {
        "customFields": "its items are objects whose fields our entry leaves to the vendor",
    },
}
"""Inputs whose inside our entry does not describe, so that no generator can know it."""

ANSWERED_DIFFERENTLY: dict[str, dict[str, str]] = {
    "highlevel.conversations.get": {
        ". required inbox": "absent in a real body",
        ". required unreadCount": "absent in a real body",
    },
    "highlevel.messages.send": {
        ". required status": "absent in a real body",
    },
    "highlevel.conversations.update": {
        "conversation.lastMessageType type": "a number in a real body",
        "conversation.lastMessageType enum": "a number in a real body",
    },
    "highlevel.messages.transcription": {
        ". type": "described as one sentence, whose index speaks of a list of them",
    },
}
"""Where a recorded answer is not as described, and what was seen."""

WRAPPED = {
    "highlevel.messages.get": "message",
    "highlevel.messages.list": "messages",
}
"""Answers that are described flat and come wrapped under this name."""

NO_ANSWER_DESCRIBED = {
    "highlevel.contacts.find_duplicate",
    "highlevel.contacts.search",
    "highlevel.messages.recording",
    "highlevel.messages.transcription_text",
}
NO_BODY_DESCRIBED = {
    "highlevel.contacts.search": "the schema has no fields; they stand in a page of their own",
}
NO_HEADERS_DESCRIBED = {
    "highlevel.messages.cancel_scheduled_email": "the entry lacks version and scope, which the "
    "calls beside it have, and the page of scopes names",
}
"""Operations of which the description leaves something out, and where it was taken from."""


def published(operation: Operation) -> Any:
    return PUBLISHED[operation.method, bare(operation.path)]


def faults(operation: Operation, request: Request) -> set[str]:
    """Where a request is not as described."""
    theirs = published(operation)
    found = query_misfits(theirs, request)
    body = theirs.body()
    if body is None or request.headers.get("Content-Type") != "application/json":
        return found
    assert request.body is not None
    return found | misfits(body, jsons.decode(request.body))


def test_as_many_operations_are_compared_as_are_known() -> None:
    compared = [one.id for one in OURS if (one.method, bare(one.path)) in PUBLISHED]
    print(f"{len(compared)} operations of HighLevel compared with its description")  # noqa: T201

    assert len(compared) >= KNOWN
    assert len(compared) == len(OURS)


@pytest.mark.parametrize("operation", OURS, ids=name)
def test_every_input_has_its_place_in_the_description(operation: Operation) -> None:
    theirs = published(operation)
    properties = _properties(operation)
    ours = parameter_names(operation, "body") | parameter_names(operation, "form")

    assert parameter_names(operation, "query") <= set(theirs.parameters("query"))
    assert (ours <= properties) == (operation.id not in NO_BODY_DESCRIBED)
    assert parameter_names(operation, "root") == parameter_names(operation, "header") == set()


def _properties(operation: Operation) -> set[str]:
    """The names that the described body knows, be it a form or JSON."""
    theirs = published(operation)
    content = theirs.entry.get("requestBody", {}).get("content", {})
    found: set[str] = set()
    for kind in content.values():
        reference = kind["schema"].get("$ref", "").rpartition("/")[2]
        schema = theirs.components["schemas"].get(reference, kind["schema"])
        found |= set(schema.get("properties", {}))
    return found


@pytest.mark.parametrize("operation", OURS, ids=name)
def test_the_version_is_one_that_the_description_lists(operation: Operation) -> None:
    declared = published(operation).parameters("header").get("Version")

    if declared is None:
        assert (operation.version != "") == (operation.id in NO_HEADERS_DESCRIBED)
    else:
        assert operation.version in declared["schema"]["enum"]


@pytest.mark.parametrize("operation", OURS, ids=name)
def test_the_scopes_are_those_of_the_description(operation: Operation) -> None:
    security = published(operation).entry.get("security", [])
    declared = {scope for one in security for scopes in one.values() for scope in scopes}

    assert (set(operation.scopes) == declared) == (operation.id not in NO_HEADERS_DESCRIBED)


@pytest.mark.parametrize("operation", OURS, ids=name)
def test_the_recorded_request_is_as_described(operation: Operation) -> None:
    recorded = example(operation)
    builder = Builder(operation)

    request = builder.build(builder.complete(recorded["input"], recorded["connection"]))

    assert stands_for(published(operation).path, request.path)
    assert faults(operation, request) <= set(ASKED_DIFFERENTLY.get(operation.id, {}))


@pytest.mark.parametrize("operation", [one for one in OURS if one.callable], ids=name)
@settings(deadline=None, max_examples=25)
@given(data=st.data())
def test_whatever_we_accept_becomes_a_request_as_described(operation: Operation, data: Any) -> None:
    builder = Builder(operation)
    left_out = frozenset(NOT_GENERATED.get(operation.id, {}))
    given_values = data.draw(inputs(operation, left_out))

    request = builder.build(builder.complete(given_values, FACTS))

    assert stands_for(published(operation).path, request.path)
    assert faults(operation, request) <= set(ASKED_DIFFERENTLY.get(operation.id, {}))


@pytest.mark.parametrize("operation", OURS, ids=name)
def test_the_recorded_answer_is_as_described_but_for_what_was_seen(operation: Operation) -> None:
    recorded = example(operation)
    schema = published(operation).answer(recorded["answer"]["status"])
    if operation.id in NO_ANSWER_DESCRIBED:
        assert schema is None
        return
    assert schema is not None
    body = recorded["answer"]["body"]
    if operation.id in WRAPPED:
        assert misfits(schema, body) != set()
        body = body[WRAPPED[operation.id]]

    assert misfits(schema, body) == set(ANSWERED_DIFFERENTLY.get(operation.id, {}))


def test_a_form_holds_what_the_description_asks_for() -> None:
    operation = next(one for one in OURS if one.id == "highlevel.oauth.refresh")
    theirs = published(operation)
    content = theirs.entry["requestBody"]["content"]["application/x-www-form-urlencoded"]
    reference = content["schema"]["$ref"].rpartition("/")[2]

    form = dict(parse_qsl(example(operation)["request"]["body"]))

    schema = {**theirs.components["schemas"][reference], "components": theirs.components}
    assert misfits(schema, form) == set()


def test_the_exceptions_are_of_operations_that_exist() -> None:
    listed = {*ASKED_DIFFERENTLY, *NOT_GENERATED, *ANSWERED_DIFFERENTLY, *WRAPPED}
    listed |= {*NO_BODY_DESCRIBED, *NO_HEADERS_DESCRIBED}

    assert listed | NO_ANSWER_DESCRIBED <= {one.id for one in OURS}
    for table in (ASKED_DIFFERENTLY, NOT_GENERATED, ANSWERED_DIFFERENTLY):
        assert all(reason for reasons in table.values() for reason in reasons.values())
