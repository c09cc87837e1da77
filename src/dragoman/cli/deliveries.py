"""Webhooks as they arrived: what came of each, and what was put aside for a person to see."""

from typing import Any

from rich.text import Text

from dragoman.cli import masking, naming
from dragoman.cli.tables import Cells, brief, exact, listing, state
from dragoman.engine.deliveries import Delivery
from dragoman.kernel.clock import SystemClock

_HEADINGS = ("arrived", "state", "vendor", "webhook", "account")


def table(found: list[Delivery], *, reveal: bool) -> Text:
    """One row each; what was put aside says why, and what it is where that is asked for."""
    now, vendors = SystemClock().now(), naming.vendors()
    rows: list[Cells] = [
        [
            Text(brief(one.received_at, now), "quiet"),
            state(one.state),
            vendors.get(one.vendor, one.vendor),
            Text(_printable(one.type) or "?", "name"),
            one.connection or "nobody's",
        ]
        for one in found
    ]
    return listing(_HEADINGS, rows, [_note(one, reveal=reveal) for one in found])


def document(one: Delivery, *, reveal: bool) -> dict[str, Any]:
    body = {"body": None if one.body is None else _text(one.body)} if reveal else {}
    return {
        "key": one.key,
        "vendor": one.vendor,
        "connection": one.connection,
        "type": one.type,
        "state": one.state,
        "reason": _reason(one, reveal=reveal),
        "received_at": exact(one.received_at),
        **body,
    }


def _note(one: Delivery, *, reveal: bool) -> str:
    body = _printable(_text(one.body)) if reveal and one.body else ""
    return ": ".join(said for said in (_printable(_reason(one, reveal=reveal)), body) if said)


def _reason(one: Delivery, *, reveal: bool) -> str:
    return one.reason if reveal else masking.words(one.reason)


def _text(body: bytes) -> str:
    return body.decode(errors="replace")


def _printable(text: str) -> str:
    """Without what could move a terminal's cursor: it came from outside."""
    return "".join(one if one.isprintable() else " " for one in text)
