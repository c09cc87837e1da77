"""Webhooks as they arrived: on call one wants to know that they do, and which were put aside."""

from pathlib import Path

from dragoman.engine.deliveries import NOBODY, Delivery, State
from dragoman.store.port import Statement
from tests.cli.conftest import Cli
from tests.cli.history import AT, written

BODY = b'{"type": "Odd\x1b[2J", "email": "bo@example.com"}'
WHY = "its type 'Odd' is not known, says bo@example.com"
HIDDEN = "its type 'Odd' is not known, says ***"


def delivery(key: str, state: State = "sorted", connection: str = "main") -> Statement:
    aside = state == "quarantined"
    return Delivery(
        vendor="highlevel",
        connection=connection,
        key=key,
        type="Odd\x1b[2J" if aside else "InboundMessage",
        state=state,
        reason=WHY if aside else "",
        body=BODY if aside else None,
        received_at=AT,
    ).add()


def test_what_arrived_is_listed_with_why_it_was_put_aside(bare: Path, cli: Cli) -> None:
    written(bare, delivery("one"), delivery("two", "quarantined", NOBODY))

    listed = cli("events", "deliveries", "-C", bare).out
    aside = cli("events", "deliveries", "--state", "quarantined", "-C", bare, "--json").json

    assert listed.index("Odd") < listed.index("InboundMessage"), "the newest comes first"
    assert HIDDEN in listed
    assert "nobody's" in listed
    assert "\x1b[2J" not in listed
    assert [(one["key"], one["reason"]) for one in aside] == [("two", HIDDEN)]
    assert "body" not in aside[0]


def test_the_body_of_what_was_put_aside_is_shown_to_who_asks(bare: Path, cli: Cli) -> None:
    written(bare, delivery("two", "quarantined"))

    shown = cli("events", "deliveries", "--reveal", "-C", bare).out
    told = cli("events", "deliveries", "--reveal", "--json", "-C", bare).json

    assert "bo@example.com" in shown
    assert "\x1b[2J" not in shown
    assert told[0]["body"] == BODY.decode()


def test_none_is_told_in_words(bare: Path, cli: Cli) -> None:
    written(bare)

    assert cli("events", "deliveries", "-C", bare).out == "No webhook has arrived yet.\n"
    none = cli("events", "deliveries", "--state", "new", "-C", bare).out
    assert none == "No webhook is like that.\n"
