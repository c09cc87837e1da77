"""Where webhooks go is said wherever somebody has to enter it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Cli, Process, Simulator, until

FLOW = """\
flow: noting
on: highlevel.message.received
steps:
  - id: note
    map: {text: "{{ event.data.body }}"}
"""
PUBLIC = "https://hooks.example.com/dragoman"


@pytest.fixture
def noting(bare: Path) -> Path:
    (bare / "flows" / "noting.yaml").write_text(FLOW)
    return bare


def change(folder: Path, before: str, after: str) -> None:
    path = folder / "dragoman.yaml"
    assert before in path.read_text()
    path.write_text(path.read_text().replace(before, after, 1))


def test_arming_names_the_address_and_what_must_be_sent_there(noting: Path, cli: Cli) -> None:
    said = cli("flows", "arm", "noting", "-C", noting).out

    assert "Found by webhook: HighLevel must send InboundMessage to" in said
    assert "\n    http://127.0.0.1:8710/hooks/highlevel\n" in said
    assert "this machine only" not in said
    assert all(len(line) <= 80 for line in said.splitlines())


def test_the_address_from_outside_wins(noting: Path, cli: Cli) -> None:
    change(noting, "\nworkspace:", f"\npublic_url: {PUBLIC}/\nworkspace:")

    armed = cli("flows", "arm", "noting", "-C", noting, "--json").json

    assert armed["webhooks_to"] == f"{PUBLIC}/hooks/highlevel"


def test_a_live_account_cannot_reach_this_machine(noting: Path, cli: Cli) -> None:
    change(noting, "environment: sandbox", "environment: live")

    assert "this machine only" in cli("flows", "arm", "noting", "-C", noting).out


def test_what_is_polled_has_no_address(bare: Path, cli: Cli) -> None:
    armed = cli("flows", "arm", "welcome-new-contact", "-C", bare, "--json").json

    assert armed["webhooks_to"] is None


def test_a_public_url_must_be_one(noting: Path, cli: Cli) -> None:
    change(noting, "\nworkspace:", "\npublic_url: http://hooks.example.com\nworkspace:")

    refused = cli("flows", "check", "-C", noting)

    assert refused.status == 1
    assert "must be reached by https" in refused.err


def test_what_the_simulator_sends_arrives_and_begins_a_run(
    shop: Path, cli: Cli, simulator: Simulator, start: Callable[..., Process]
) -> None:
    (shop / "flows" / "noting.yaml").write_text(FLOW)
    assert cli("flows", "arm", "noting", "-C", shop).status == 0
    service = start("serve", shop, "--listen", "127.0.0.1:0")
    address = service.line(r"Webhooks of HighLevel come to (\S+)").group(1)
    service.line("Listening on")
    simulator.ask("POST", "/control/webhooks", {"url": address})
    contact = simulator.ask("POST", "/control/highlevel/contacts", {"phone": "+14155550177"})
    number = contact["contact"]["id"]
    sent = {"contact_id": number, "text": "Yes please", "channel": "SMS"}
    simulator.ask("POST", "/control/highlevel/messages", sent)

    event = until(lambda: _routed(cli, shop, f"contact/{number}"))
    arrived = cli("events", "deliveries", "-C", shop, "--state", "sorted", "--json").json

    assert (event["type"], event["via"]) == ("highlevel.message.received", "webhook")
    assert ("InboundMessage", "main") in [(one["type"], one["connection"]) for one in arrived]
    assert service.stop() == 0


def _routed(cli: Cli, folder: Path, person: str) -> dict[str, str] | None:
    """The one event of a person that began a run; others may be sent here, too."""
    rows = cli("events", "list", "-C", folder, "--state", "routed", "--json").json
    found: list[dict[str, str]] = [one for one in rows if one["subject"] == person]
    return found[0] if found else None
