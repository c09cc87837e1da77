"""What HighLevel's webhooks say of everything but messages, as rows.

Their fields are those that its webhook pages list. Samples of invoices, products, prices, records,
associations and relations call the id `_id` here and `id` there; both are read. Which change of a
thing is meant is told by nothing but the delivery, so that is its version: sent again, it is the
same one.
"""

import hashlib
from collections.abc import Mapping
from typing import Any

from dragoman.kernel import jsons
from dragoman.vendors.highlevel.webhooks import flat, moment

_MOMENTS = """
    dateAdded dateUpdated createdAt updatedAt dueDate issueDate startTime endTime timestamp
"""
_WHEN = ("timestamp", "dateUpdated", "updatedAt", "dateAdded", "createdAt")
"""Where a delivery may say when it happened, the best first."""


def thing(body: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a contact, a note, an order or whatever it is, with all dates as moments.

    `id` is there under whichever name, `version` tells one change from the next, and `happenedAt`
    says when; a date that is none is nothing.
    """
    said = flat(body)
    row = said | {name: moment(said[name]) for name in _MOMENTS.split() if name in said}
    return {
        **row,
        "id": _word(said.get("id")) or _word(said.get("_id")),
        "version": _word(said.get("webhookId")) or _digest(body),
        "happenedAt": next((row[name] for name in _WHEN if row.get(name) is not None), None),
    }


def appointment(body: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of an appointment, which stand in an object of their own."""
    said = flat(body)
    inner = said.get("appointment")
    return thing({**inner, **_envelope(said)} if isinstance(inner, dict) else said)


def invoice(body: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of an invoice, and whom it is for."""
    row = thing(body)
    person = _object(row.get("contactDetails"))
    named = {"contactId": "id", "contactName": "name", "email": "email", "phone": "phoneNo"}
    return {**row, **{name: _word(person.get(field)) for name, field in named.items()}}


def order(body: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of an order, and whom it is for."""
    row = thing(body)
    person = _object(row.get("contactSnapshot"))
    named = {"contactName": "name", "email": "email", "phone": "phone"}
    return {**row, **{name: _word(person.get(field)) for name, field in named.items()}}


def email_report(body: Mapping[str, Any]) -> dict[str, Any]:
    """What became of an e-mail, as Mailgun says it: seconds since 1970, and dashes in names."""
    said = flat(body)
    report = _object(said.get("webhookPayload"))
    headers = _object(_object(report.get("message")).get("headers"))
    status = _object(report.get("delivery-status"))
    return {
        **thing(said),
        "id": _word(report.get("id")),
        "event": _word(report.get("event")),
        "recipient": _word(report.get("recipient")),
        "happenedAt": _of_seconds(report.get("timestamp")) or moment(said.get("timestamp")),
        "emailMessageId": _word(headers.get("message-id")),
        "from": _word(headers.get("from")),
        "reason": _word(status.get("message")) or _word(status.get("description")),
        "code": status.get("code"),
        "tags": report.get("tags"),
    }


def _envelope(said: Mapping[str, Any]) -> dict[str, Any]:
    names = ("type", "locationId", "companyId", "timestamp", "webhookId", "appId", "versionId")
    return {name: said[name] for name in names if name in said}


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _word(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _of_seconds(value: Any) -> int | None:
    try:
        return moment(round(float(value) * 1000))
    except (OverflowError, TypeError, ValueError):
        return None


def _digest(body: Mapping[str, Any]) -> str:
    """Of a delivery without an id of its own."""
    return f"body:{hashlib.sha256(jsons.canonical(body)).hexdigest()[:32]}"
