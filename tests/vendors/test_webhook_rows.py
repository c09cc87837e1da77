"""Webhooks about everything but messages, as rows: whatever comes, in whichever form."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.catalog import mapping
from dragoman.catalog.entries import Trigger
from dragoman.kernel import jsons
from dragoman.vendors.highlevel import webhook_rows
from tests.catalog.shipped import RECEIVED

ROWS = [
    webhook_rows.thing,
    webhook_rows.appointment,
    webhook_rows.invoice,
    webhook_rows.order,
    webhook_rows.email_report,
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)
FIELDS = st.sampled_from(
    [
        *("id", "_id", "type", "webhookId", "timestamp", "dateAdded", "updatedAt", "dueDate"),
        *("appointment", "contactDetails", "contactSnapshot", "webhookPayload", "message"),
        *("headers", "delivery-status", "tags", "data", "contactId"),
    ]
)
INNER = st.dictionaries(FIELDS, JSON)
BODIES = st.dictionaries(FIELDS, JSON | INNER | st.dictionaries(FIELDS, INNER))
AT = 1772463845678


def reads(trigger: Trigger, row: Callable[[Any], dict[str, Any]]) -> bool:
    assert trigger.webhook
    return trigger.webhook.row == f"webhook_rows.{row.__name__}"


@pytest.mark.parametrize("row", ROWS)
@given(body=BODIES)
def test_no_body_is_too_odd_for_a_row_and_for_the_triggers(
    row: Callable[[Any], dict[str, Any]], body: dict[str, Any]
) -> None:
    found = row(jsons.decode(jsons.encode(body)))

    assert found["version"]
    assert found["happenedAt"] is None or found["happenedAt"] > 0
    for trigger in (one for one in RECEIVED if reads(one, row)):
        assert set(mapping.data(trigger, found)) == set(trigger.data)


@pytest.mark.parametrize(
    ("body", "found"),
    [({"id": "a"}, "a"), ({"_id": "b"}, "b"), ({"id": "", "_id": "b"}, "b"), ({"id": 7}, None)],
)
def test_the_id_stands_under_either_name(body: dict[str, Any], found: str | None) -> None:
    assert webhook_rows.thing(body)["id"] == found


def test_fields_may_stand_under_data() -> None:
    flat = webhook_rows.thing({"webhookId": "w", "id": "a", "dateAdded": AT})
    nested = webhook_rows.thing({"webhookId": "w", "data": {"id": "a", "dateAdded": AT}})

    assert nested == flat


def test_one_change_is_the_same_however_often_it_is_sent_and_another_is_another() -> None:
    once = {"id": "a", "city": "Oakland"}
    versions = [
        webhook_rows.thing(body)["version"]
        for body in (once, {**once}, {**once, "city": "Berkeley"}, {**once, "webhookId": "w"})
    ]

    assert versions[0] == versions[1]
    assert len(set(versions)) == 3
    assert versions[3] == "w"


@pytest.mark.parametrize(
    ("said", "when"),
    [
        ({"timestamp": "2026-03-02T15:04:05.678Z", "updatedAt": 1}, AT),
        ({"timestamp": "soon", "updatedAt": "2026-03-02T16:04:05.678+01:00"}, AT),
        ({"dateAdded": AT, "createdAt": 1}, AT),
        ({"createdAt": -1}, None),
        ({}, None),
    ],
)
def test_the_best_date_says_when_it_happened(said: dict[str, Any], when: int | None) -> None:
    assert webhook_rows.thing(said)["happenedAt"] == when


def test_a_birthday_is_no_moment() -> None:
    assert webhook_rows.thing({"dateOfBirth": "1990-05-04"})["dateOfBirth"] == "1990-05-04"


def test_an_appointment_lies_in_an_object_of_its_own_or_flat() -> None:
    inner = {"id": "a", "startTime": "2026-03-02T15:04:05.678Z"}
    outer = {"type": "AppointmentCreate", "webhookId": "w", "timestamp": AT}

    nested = webhook_rows.appointment({**outer, "appointment": inner})
    flat = webhook_rows.appointment({**outer, **inner})

    assert nested == flat
    assert (nested["id"], nested["startTime"], nested["happenedAt"]) == ("a", AT, AT)


def test_an_invoice_without_details_of_its_contact_is_of_nobody() -> None:
    assert webhook_rows.invoice({"_id": "a", "contactDetails": None})["contactId"] is None
    assert webhook_rows.invoice({"_id": "a", "contactDetails": "Bo"})["email"] is None


@pytest.mark.parametrize(
    ("at", "when"),
    [(1772463845.678, AT), ("1772463845.678", AT), ("now", None), (1e300, None), ([], None)],
    ids=repr,
)
def test_mailgun_counts_seconds(at: Any, when: int | None) -> None:
    found = webhook_rows.email_report({"webhookPayload": {"timestamp": at, "id": "r"}})

    assert (found["happenedAt"], found["id"]) == (when, "r")


def test_what_mailgun_does_not_say_the_envelope_does() -> None:
    found = webhook_rows.email_report({"webhookPayload": {}, "timestamp": AT})

    assert found["happenedAt"] == AT
