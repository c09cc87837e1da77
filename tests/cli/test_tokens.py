"""Tokens for programs: made, listed and revoked on the command line, with or without a service."""

import re
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from dragoman.wiring import database
from tests.cli.conftest import Cli, Process, aside

Start = Callable[..., Process]
TOKEN = re.compile(r"drg_[A-Za-z0-9_-]{43}\n")


def asked(address: str, token: str) -> int:
    """The status of a request with the token."""
    headers = {"Authorization": f"Bearer {token}"}
    request = urllib.request.Request(f"{address}/api/v1/triggers", headers=headers)  # noqa: S310  # loopback
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310  # loopback
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code


def test_a_token_stands_alone_on_the_output(cli: Cli, bare: Path) -> None:
    made = cli("tokens", "add", "reports", "highlevel.contacts:read", "acton.*:read", "-C", bare)

    assert made.status == 0, made.err
    assert TOKEN.fullmatch(made.out)
    assert "highlevel.contacts:read, acton.*:read" in made.err
    assert made.out.strip() not in made.err
    assert made.out.strip().encode() not in database(bare).read_bytes()


def test_what_was_made_is_listed_without_its_text(cli: Cli, bare: Path) -> None:
    made = cli("tokens", "add", "reports", "*:read", "--days", 7, "--json", "-C", bare).json
    listed = cli("tokens", "list", "--json", "-C", bare)
    told = cli("tokens", "list", "-C", bare)

    (row,) = listed.json
    assert (row["name"], row["state"], row["scopes"]) == ("reports", "active", ["*:read"])
    assert row["expires_at"] == made["expires_at"]
    assert row["used_at"] is None
    assert made["token"] not in listed.out + told.out
    assert "never" in told.out


def test_nothing_made_says_how(cli: Cli, bare: Path) -> None:
    said = cli("tokens", "list", "-C", bare)

    assert said.status == 0
    assert "dragoman tokens add" in said.out


def test_a_running_service_hears_of_it_at_once(cli: Cli, bare: Path, start: Start) -> None:
    service = start("serve", bare, "--listen", "127.0.0.1:0")
    address = service.line(r"(http://127\.0\.0\.1:\d+)\. Stop").group(1)

    token = cli("tokens", "add", "reports", "*:read", "-C", bare).out.strip()
    before = aside(lambda: asked(address, token))
    revoked = cli("tokens", "revoke", "reports", "-C", bare)
    after = aside(lambda: asked(address, token))
    listed = cli("tokens", "list", "--json", "-C", bare).json

    assert (before, revoked.status, after) == (200, 0, 401)
    assert listed[0]["state"] == "revoked"
    assert listed[0]["used_at"]
    assert token not in service.text


def test_a_wrong_scope_or_name_is_told_with_the_way_out(cli: Cli, bare: Path) -> None:
    slip = cli("tokens", "add", "reports", "highlevel.contact:read", "-C", bare)
    none = cli("tokens", "add", "reports", "-C", bare)
    gone = cli("tokens", "revoke", "reports", "-C", bare)

    assert "did you mean 'highlevel.contacts:read'" in slip.err
    assert "*:read" in none.err
    assert "there is no token 'reports'" in gone.err
    assert [one.status for one in (slip, none, gone)] == [1, 1, 1]
    assert cli("tokens", "list", "--json", "-C", bare).json == []
