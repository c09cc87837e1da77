"""No secret and no body gets into what the service says."""

import json
from collections.abc import Callable
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest
import structlog

from dragoman.cli import logs
from tests.cli.conftest import Cli, Process, Simulator, until
from tests.cli.test_newcomer import FLOW, runs, served

CANARY = "canary-7f3e"


def said(log_format: str, capsys: pytest.CaptureFixture[str], **fields: object) -> str:
    logs.configure(log_format, "info")
    structlog.get_logger().info("something", **fields)
    return capsys.readouterr().err


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_unknown_fields_and_values_that_are_not_plain_are_dropped(
    log_format: str, capsys: pytest.CaptureFixture[str]
) -> None:
    line = said(
        log_format, capsys, flow="welcome", body=CANARY, token=CANARY, why={"message": CANARY}
    )

    assert "welcome" in line
    assert CANARY not in line


def test_addresses_in_words_are_hidden_and_lines_stay_lines(
    capsys: pytest.CaptureFixture[str],
) -> None:
    line = said("text", capsys, why="bo@example.com at +1 415 555 0100\nfaked line\x1b[31m")

    assert "bo@example.com" not in line
    assert "555" not in line
    assert line.count("\n") == 1
    assert "\x1b" not in line


def test_a_day_of_a_service_holds_no_canary(
    shop: Path,
    cli: Cli,
    start: Callable[..., Process],
    simulator: Simulator,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    service = served(start, shop, "--log-format", "json")
    cli("flows", "arm", FLOW, "-C", shop)
    fault = {"kind": "json", "status": 400, "body": {"message": f"{CANARY} bo@example.com"}}
    simulator.ask(
        "POST",
        "/control/break",
        {"fault": fault, "vendor": "highlevel", "path": "/contacts/upsert", "times": 1},
    )
    simulator.add_contact(email=f"{CANARY}@example.com", first_name=CANARY, phone="4155550102")
    until(lambda: runs(cli, shop, "dead") + runs(cli, shop, "done"))
    secrets = dict.fromkeys(("client_id", "client_secret", "refresh_token"), CANARY)
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(json.dumps(secrets).encode())))
    assert cli("connections", "add", "main", "--stdin", "-C", shop).status == 0
    service.stop()

    assert "a run has stopped" in service.text
    assert CANARY not in service.text
    assert all(json.loads(line) for line in service.lines)
