"""The pretended vendors against the descriptions: paths, scopes, and what is answered in tours."""

from collections import defaultdict
from collections.abc import Mapping

import pytest

from dragoman.catalog.entries import Operation
from dragoman.kernel import jsons
from dragoman.simulator.exchange import Answer
from dragoman.simulator.highlevel.app import RESOURCES
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.routes import Route
from tests.catalog.shipped import CALLS, name
from tests.conftest import Tell
from tests.contract import deviations, test_acton, test_highlevel, test_highlevel_v3
from tests.contract.misfits import stands_for
from tests.contract.published import Published, bare
from tests.contract.witness import Seen, watched

SERVED: list[Route[Call]] = [route for one in RESOURCES for route in one.ROUTES]
HIGHLEVEL = {
    (one.method, bare(path)): one for one in test_highlevel.OURS for path in (one.v3, one.path)
}
DESCRIBED = {**test_highlevel_v3.PUBLISHED, **test_highlevel.PUBLISHED}
PRETENDED = [
    one for one in CALLS if one.first_class and one.callable and not deviations.of(one).undescribed
]
KNOWN = 285
"""How many operations are compared; fewer would mean that some are no longer looked at."""
Misfits = Mapping[str, set[str]]


def route_name(route: Route[Call]) -> str:
    return f"{route.method} {bare(route.path)}"


@pytest.mark.parametrize("route", SERVED, ids=route_name)
def test_every_path_and_scope_is_described(route: Route[Call]) -> None:
    place = route.method, bare(route.path)
    scopes = DESCRIBED[place].scopes

    ours = HIGHLEVEL.get(place)
    if ours and f"scope {route.scope} undeclared" in deviations.of(ours).asked:
        assert route.scope not in scopes
    else:
        assert route.scope in (scopes or {""})


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Misfits:
    """What of the answers of each operation is not as described."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for one in watched(tmp_path_factory.mktemp("tours")):
        operation = asked(one)
        if 200 <= one.answer.status < 300 and not deviations.of(operation).undescribed:
            found[operation.id] |= misfits(operation, one.answer)
    return found


def asked(one: Seen) -> Operation:
    """The operation of a call; literal parts of a path win over others."""
    fits = [
        operation
        for operation in CALLS
        if (operation.vendor, operation.method) == (one.vendor, one.request.method)
        and stands_for(operation.path, one.request.path)
    ]
    return min(fits, key=lambda operation: operation.path.count("{"))


def misfits(operation: Operation, answer: Answer) -> set[str]:
    """What of an answer is not as described."""
    answers = published(operation).answers
    if answer.status not in answers:
        return {f"status {answer.status}"}
    schema = answers[answer.status]
    if schema is None or "json" not in answer.content_type:
        return set()
    body = jsons.decode(answer.body)
    wrapped = deviations.of(operation).wrapped
    return schema.misfits(body[wrapped] if wrapped else body)


def published(operation: Operation) -> Published:
    if operation.vendor == "highlevel":
        return test_highlevel.published(operation)
    return test_acton.published(operation)


@pytest.mark.parametrize("operation", PRETENDED, ids=name)
def test_every_answer_is_as_described_but_for_what_is_known(
    operation: Operation, seen: Misfits
) -> None:
    known = deviations.of(operation)

    assert operation.id in seen, "no tour asks for it"
    assert seen[operation.id] <= {*known.answered, *known.simulated}
    assert seen[operation.id] >= set(known.simulated)


def test_as_many_operations_are_pretended_as_are_known(seen: Misfits, tell: Tell) -> None:
    tell(f"the pretended answers of {len(seen)} operations compared")

    assert len(seen) >= KNOWN
