"""Credentials: read from standard input, never from the command line, never shown."""

import json
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from dragoman import wiring
from tests.cli import history
from tests.cli.conftest import Cli
from tests.cli.history import written

GOOD = {"client_id": "c", "client_secret": "canary-1", "refresh_token": "canary-2"}


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> object:
    def hand_in(content: object) -> None:
        data = content if isinstance(content, bytes) else json.dumps(content).encode()
        monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(data)))

    return hand_in


def test_credentials_are_sealed(bare: Path, cli: Cli, typed: object) -> None:
    typed(GOOD)  # type: ignore[operator]

    added = cli("connections", "add", "main", "--stdin", "-C", bare)

    assert added.status == 0, added.err
    assert "canary" not in added.out + added.err
    files = (bare / wiring.DATA).glob("*")
    assert not any(b"canary" in file.read_bytes() for file in files)
    (main, marketing) = cli("connections", "list", "-C", bare, "--json").json
    assert (main["state"], marketing["state"]) == ("connected", "no credentials")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("main", b'{"client_id": "canary', "no credentials that can be read"),
        ("main", {"secret": "canary"}, "no credentials that can be read"),
        ("main", {"client_id": "canary"}, "client_secret, refresh_token"),
        ("maiin", GOOD, "did you mean 'main'?"),
        ("marketing", {"kind": "pit", "access_token": "canary"}, "only HighLevel"),
        ("main", {"kind": "password"}, "no kind of credentials"),
    ],
)
def test_what_cannot_work_is_refused_without_repeating_it(
    name: str, content: object, words: str, bare: Path, cli: Cli, typed: object
) -> None:
    typed(content)  # type: ignore[operator]

    refused = cli("connections", "add", name, "--stdin", "-C", bare)

    assert refused.status == 1
    assert words in refused.err
    assert "canary" not in refused.err


def test_a_private_token_never_ends(bare: Path, cli: Cli, typed: object) -> None:
    typed({"access_token": "pit-1"})  # type: ignore[operator]

    assert cli("connections", "add", "main", "--stdin", "--kind", "pit", "-C", bare).status == 0
    assert cli("connections", "list", "-C", bare, "--json").json[0]["expires_at"] is None


def test_where_nobody_can_be_asked_it_says_how(bare: Path, cli: Cli, typed: object) -> None:
    typed(b"")  # type: ignore[operator]

    refused = cli("connections", "add", "main", "-C", bare)

    assert refused.status == 2
    assert "--stdin" in refused.err


def test_an_account_to_reconnect_says_why_and_how(bare: Path, cli: Cli) -> None:
    written(bare, *history.connected("main", "needs-reauthorization"))

    listed = cli("connections", "list", "-C", bare).out

    assert "main cannot be called (the token was refused)" in listed
    assert "dragoman connections add main" in listed


def test_the_environment_stands_first(bare: Path, cli: Cli) -> None:
    listed = cli("connections", "list", "-C", bare).out.splitlines()

    assert listed[1].startswith("sandbox  main")
