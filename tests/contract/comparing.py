"""An operation beside its description: what of it is not as described, in one set of words."""

from dragoman.catalog.building import Builder
from dragoman.catalog.entries import Operation
from tests.catalog.shipped import example
from tests.contract import misfits
from tests.contract.deviations import Deviations
from tests.contract.generating import FACTS, inputs
from tests.contract.published import Published


def asked(operation: Operation, published: Published, builder: Builder) -> set[str]:
    """The misfits of the entry, and of every request that it is tried with."""
    found = _said(operation, published)
    for given in inputs(operation):
        request = builder.build(builder.complete(given, FACTS))
        found |= misfits.asked(published, request)
    return found


def _said(operation: Operation, published: Published) -> set[str]:
    """What the entry says beside its inputs."""
    found = {f"status {one}" for one in operation.success if one not in published.answers}
    found |= {f"scope {one} undeclared" for one in set(operation.scopes) - published.scopes}
    return found | {f"scope {one} left out" for one in published.scopes - set(operation.scopes)}


def answered(operation: Operation, published: Published, known: Deviations) -> set[str]:
    """The misfits of the recorded answer."""
    recorded = example(operation)["answer"]
    if recorded["status"] not in published.answers:
        return {f"status {recorded['status']}"}
    schema = published.answers[recorded["status"]]
    if schema is None or "body" not in recorded:
        return set()
    body = recorded["body"]
    if known.wrapped:
        assert schema.misfits(body) != set(), "it is not wrapped"
        body = body[known.wrapped]
    return schema.misfits(body)
