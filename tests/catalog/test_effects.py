"""What a second, equal call would do: a wrong word in an entry sends or charges twice."""

import pytest

from dragoman.catalog.entries import Effect, Operation
from tests.catalog.shipped import CALLS, CATALOGUE, name

TWICE = frozenset({
    "send", "resend", "reply", "publish", "charge", "purchase", "record", "start", "run",
    "duplicate", "import", "ingest", "upload", "submit", "verify", "share", "merge", "migrate",
})  # fmt: skip
"""Verbs of calls that do again what they have done: nothing may repeat these unasked."""
AGAIN = {
    "sendDocument": "sends as well",
    "sendEstimateDetails": "sends as well",
    "notifyCustomer": "sends as well",
    "postApprovalDetails": "publishes as well",
    "deleteContactPolicy": "picks one of several, and the next time the next",
}
"""Inputs with which a call does more than store what is given."""
STORED = {"highlevel.estimate_templates.update": "a template only keeps how its estimates are sent"}
PARTLY = {
    "highlevel.invoice_schedules.update_and_start": "starts what sends and charges",
    "highlevel.products.bulk_update": "raises a price by an amount, each time",
    "acton.images.update": "makes a second image where the first is elsewhere",
    "acton.custom_objects.delete_all": "deletes what was made since, too",
}
"""Calls that only sometimes, or in no words of theirs, do more when repeated."""


def _does_more(operation: Operation) -> bool:
    verbs = set(operation.id.rpartition(".")[2].split("_"))
    return bool(TWICE & verbs or AGAIN.keys() & operation.input.keys() or operation.id in PARTLY)


@pytest.mark.parametrize(
    "operation", [one for one in CALLS if _does_more(one) and one.method != "GET"], ids=name
)
def test_what_does_more_when_it_is_repeated_is_a_create(operation: Operation) -> None:
    assert operation.effect is Effect.CREATE or operation.id in STORED


def test_what_is_listed_here_is_there() -> None:
    for operation in [*STORED, *PARTLY]:
        assert CATALOGUE.operation(operation).reason == ""
    assert {given for one in CALLS for given in one.input} >= AGAIN.keys()


@pytest.mark.parametrize("operation", [one for one in CALLS if one.effect is Effect.READ], ids=name)
def test_what_reads_has_no_method_that_takes_away(operation: Operation) -> None:
    assert operation.method in {"GET", "POST"}


@pytest.mark.parametrize("operation", [one for one in CALLS if one.method == "GET"], ids=name)
def test_what_is_asked_by_get_changes_nothing(operation: Operation) -> None:
    assert operation.effect is Effect.READ
