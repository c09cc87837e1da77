"""What HighLevel's webhooks say: the head of any, and messages as a row.

Fields stand at the top, or (one guide's sample) under `data`; both are read. The facts are from
HighLevel's webhook pages; where those differ from each other, both forms are taken.
"""

import hashlib
import re
from base64 import b64decode
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from dragoman.catalog.vendors import Head, Headers
from dragoman.kernel import jsons
from dragoman.kernel.clock import Millis, millis

_KEY_BYTES = 32
_SPKI = bytes.fromhex("302a300506032b6570032100")
"""What stands before the 32 bytes of an Ed25519 key in its DER form (RFC 8410)."""
_PEM = re.compile(r"-----BEGIN PUBLIC KEY-----(.*)-----END PUBLIC KEY-----", re.DOTALL)
_LONGEST = 200
"""Characters of an id or a type; longer is none."""
_END: Millis = 253_402_300_800_000
"""The year 10000."""
_DAYS = 1_000_000
"""Seconds; no call is longer."""
_KIND = re.compile(r"^TYPE_", re.IGNORECASE)


class _Said(msgspec.Struct, rename="camel"):
    """The fields of a delivery's head; whatever else it holds is not looked at here."""

    type: Any = None
    webhook_id: Any = None
    message_id: Any = None
    location_id: Any = None
    company_id: Any = None
    app_id: Any = None
    data: Any = None


def key(text: str) -> bytes:
    """A public key: in PEM, or base64 of its DER form or of its 32 bytes.

    Raises:
        ValueError: it is none of these.
    """
    pem = _PEM.search(text)
    try:
        found = b64decode("".join((pem[1] if pem else text).split()), validate=True)
    except ValueError:
        found = b""
    raw = found.removeprefix(_SPKI) if len(found) == len(_SPKI) + _KEY_BYTES else found
    if len(raw) != _KEY_BYTES:
        raise ValueError("an Ed25519 public key: PEM, or base64 of its DER form or its 32 bytes")
    return raw


def head(headers: Headers, body: bytes) -> Head:
    """Whose a delivery is, and what."""
    del headers  # all that counts stands in the body, which is signed
    try:
        said: _Said = jsons.decode_as(body, _Said)
    except jsons.Unreadable as error:
        return Head(_digest(body), flaw=str(error))
    inner = said.data if isinstance(said.data, dict) else {}
    message = _word(said.message_id) or _word(inner.get("messageId"))
    facts = {
        "location_id": _word(said.location_id) or _word(inner.get("locationId")),
        "company_id": _word(said.company_id) or _word(inner.get("companyId")),
    }
    return Head(
        # What goes to a conversation provider has no id of its own.
        key=_word(said.webhook_id)
        or _word(inner.get("webhookId"))
        or (f"message:{message}" if message else _digest(body)),
        type=_word(said.type) or _word(inner.get("type")),
        facts={name: value for name, value in facts.items() if value},
        app=_word(said.app_id) or _word(inner.get("appId")),
    )


def message(body: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of `InboundMessage` and `OutboundMessage`: texts, e-mails and calls."""
    row = flat(body)
    kind = row.get("messageType") or row.get("messageTypeString")
    return {
        **row,
        # Samples of texts lack it. The delivery's own id keeps them apart, re-sent or not.
        "messageId": row.get("messageId") or _delivery(row.get("webhookId")),
        "messageType": _KIND.sub("", kind) if isinstance(kind, str) else None,
        "dateAdded": moment(row.get("dateAdded")) or moment(row.get("timestamp")),
        "from": _list(row.get("from")),
        "to": _list(row.get("to")),
        "attachments": list(_texts(row.get("attachments"))),
        "callDuration": _seconds(row.get("callDuration")),
        "callStatus": row.get("callStatus") or row.get("status"),
    }


def flat(body: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a delivery, wherever they stand."""
    inner = body.get("data")
    row = {**inner} if isinstance(inner, dict) else {}
    return row | {name: one for name, one in body.items() if one is not None and name != "data"}


def _digest(body: bytes) -> str:
    return f"body:{hashlib.sha256(body).hexdigest()}"


def _word(value: Any) -> str:
    """An id or a type; nothing where it is no text of a sound length."""
    return value if isinstance(value, str) and len(value) <= _LONGEST else ""


def _delivery(webhook: Any) -> str | None:
    return f"delivery:{webhook}" if _word(webhook) else None


def _list(value: Any) -> str | None:
    """E-mail addresses are a text in newer documents, a list in older samples."""
    return ", ".join(_texts(value)) or None


def _texts(value: Any) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, str) and one:
            yield one


def moment(value: Any) -> Millis | None:
    """An ISO time or epoch milliseconds; nothing where it is no moment."""
    try:
        found = millis(value) if isinstance(value, str) else value
    except (ValueError, OverflowError):
        return None
    return found if type(found) is int and 0 < found < _END else None


def _seconds(value: Any) -> int | None:
    """Whole seconds, which come as a number or as its text."""
    try:
        found = round(float(value)) if isinstance(value, str | int | float) else -1
    except (ValueError, OverflowError):
        return None
    return found if 0 <= found < _DAYS else None
