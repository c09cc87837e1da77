"""One call, asked for by a person: what it is made of, and what came of it."""

import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Cli, Process, Simulator, until

Start = Callable[..., Process]


def made(simulator: Simulator, number: int) -> str:
    """A contact at HighLevel, and its id."""
    asked = {"email": f"call{number}@example.com", "phone": f"+1415555{1000 + number}"}
    said = simulator.ask("POST", "/control/highlevel/contacts", asked)
    return str(said["contact"]["id"])


def effects(simulator: Simulator, name: str, contact: str) -> list[dict[str, Any]]:
    entries = simulator.ask("GET", "/control/ledger?since=0")["entries"]
    return [one for one in entries if one["effect"] == name and contact in str(one)]


def test_a_read_is_answered_at_once(cli: Cli, shop: Path, simulator: Simulator) -> None:
    contact = made(simulator, 1)

    said = cli("call", "highlevel.contacts.get", f"contactId={contact}", "--json", "-C", shop)

    assert said.status == 0, said.err
    assert said.json["output"]["contact"]["email"] == "call1@example.com"
    assert (said.json["state"], said.json["run"]) == ("done", "")
    assert cli("runs", "list", "--json", "-C", shop).json == []


def test_a_write_is_a_run_that_can_be_shown(cli: Cli, shop: Path, simulator: Simulator) -> None:
    contact = made(simulator, 2)
    asked = ("highlevel.contacts.add_tags", f"contactId={contact}", "tags=vip,buyer")

    said = cli("call", *asked, "--json", "-C", shop)

    assert said.status == 0, said.err
    assert said.json["state"] == "done"
    shown = cli("runs", "show", said.json["run"], "--json", "-C", shop).json
    assert [step["operation"] for step in shown["steps"]] == ["highlevel.contacts.add_tags"]
    assert len(effects(simulator, "contact.tags_added", contact)) == 1


def test_a_running_service_makes_the_call(
    cli: Cli, shop: Path, simulator: Simulator, start: Start
) -> None:
    contact = made(simulator, 3)
    service = start("serve", shop, "--listen", "127.0.0.1:0")
    service.line("Ctrl-C")
    asked = ("type=SMS", f"contactId={contact}", "message=Hello")

    said = cli("call", "highlevel.messages.send", *asked, "--json", "-C", shop)

    assert said.status == 0, said.err
    assert said.json["output"]["messageId"]
    assert len(effects(simulator, "message.sent", contact)) == 1
    assert service.stop() == 0


def test_who_does_not_want_messages_gets_none(cli: Cli, shop: Path, simulator: Simulator) -> None:
    contact = made(simulator, 4)
    place = f"/control/highlevel/contacts/{contact}/dnd"
    simulator.ask("POST", place, {"channel": "SMS", "status": "active"})
    asked = ("type=SMS", f"contactId={contact}", "message=Hello")

    said = cli("call", "highlevel.messages.send", *asked, "-C", shop)

    assert said.status == 1
    assert "the person does not want it" in said.err
    assert effects(simulator, "message.sent", contact) == []


def test_a_dry_run_shows_the_request_and_sends_nothing(
    cli: Cli, shop: Path, simulator: Simulator
) -> None:
    contact = made(simulator, 5)
    asked = ("highlevel.contacts.add_tags", f"contactId={contact}", "tags=vip")

    said = cli("call", *asked, "--dry-run", "--json", "-C", shop)

    assert said.json["method"] == "POST"
    assert said.json["url"].endswith(f"/contacts/{contact}/tags")
    assert said.json["headers"]["Authorization"] == "Bearer ***"
    assert said.json["body"] == {"tags": ["vip"]}
    assert effects(simulator, "contact.tags_added", contact) == []


def test_a_dry_run_of_several_calls_shows_the_first(cli: Cli, shop: Path) -> None:
    said = cli("call", "highlevel.conversations.ensure", "contactId=abc", "--dry-run", "-C", shop)

    assert "GET" in said.out
    assert "Then, by what is answered: highlevel.conversations.create" in said.out


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (["highlevel.contacts.gett"], 1, "highlevel.contacts.get"),
        (["send_sms"], 1, "`dragoman catalog search send sms`"),
        (["highlevel.contacts.get", "contactid=x"], 2, "contactId"),
        (["highlevel.contacts.get", "x"], 2, "is not `name=value`"),
        (
            ["highlevel.contacts.get"],
            1,
            "needs 'contactId' (string) → for example contactId=ExampleContact",
        ),
        (["highlevel.contacts.add_tags", "contactId=x", "tags=[]"], 1, 'tags=["Example tag"]'),
        (["highlevel.message_uploads.upload", "contactId=x"], 1, "file=@example.jpg"),
        (["highlevel.medias.upload", "file=photo.png"], 2, "write an @ before it: file=@FILE"),
        (["highlevel.messages.send", "type=Fax", "contactId=x"], 1, "one of SMS, RCS, Email"),
        (["highlevel.conversations.search", "limit=many"], 2, "limit=20"),
        (["highlevel.conversations.search", "limit=1000"], 1, "maximum 100"),
        (["highlevel.oauth.refresh"], 1, "by itself"),
        (["highlevel.contacts.get", "contactId=x", "--connection", "maim"], 1, "main"),
        (["highlevel.contacts.get", "contactId=@nowhere.txt"], 2, "cannot be read"),
        (
            ["highlevel.contacts.get", "contactId=x", "--connection", "marketing"],
            1,
            "of acton, the call is for highlevel → highlevel has main",
        ),
        (["highlevel.contacts.get", "contactId=x"], 1, "`dragoman catalog show highlevel.conta"),
        (["highlevel.message.received"], 1, "is a trigger: it happens, nobody calls it"),
        (["highlevel.contacts.get", "contactId=.."], 1, "path"),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, list) else "",
)
def test_what_is_wrong_is_said_with_the_way_out(
    cli: Cli, shop: Path, words: list[str], status: int, told: str
) -> None:
    said = cli("call", *words, "-C", shop)

    assert said.status == status
    assert told in " ".join(said.err.split())


def test_values_are_read_by_their_type(cli: Cli, shop: Path, tmp_path: Path) -> None:
    text = tmp_path / "words.txt"
    text.write_text("12")
    asked = ("type=SMS", "contactId=7", f"message=@{text}", "--dry-run", "--json")

    said = cli("call", "highlevel.messages.send", *asked, "-C", shop)

    assert said.json["body"] == {"type": "SMS", "contactId": "7", "message": "12"}


def test_who_interrupts_learns_that_it_goes_on(
    shop: Path, simulator: Simulator, start: Start
) -> None:
    contact = made(simulator, 6)
    held = {"kind": "stall", "when": "after", "seconds": 3}
    path = f"^/contacts/{contact}/tags$"
    simulator.ask("POST", "/control/break", {"method": "POST", "path": path, "fault": held})
    asked = ("highlevel.contacts.add_tags", f"contactId={contact}", "tags=vip")

    call = start("call", *asked, "-C", shop)
    until(lambda: effects(simulator, "contact.tags_added", contact))
    call.stop(signal.SIGINT)

    assert "It goes on with the next `dragoman serve`" in " ".join(call.text.split())
    service = start("serve", shop, "--listen", "127.0.0.1:0")
    service.line("Ctrl-C")
    assert service.stop() == 0


def test_a_service_that_ends_meanwhile_is_no_endless_wait(
    shop: Path, simulator: Simulator, start: Start
) -> None:
    contact = made(simulator, 7)
    service = start("serve", shop, "--listen", "127.0.0.1:0")
    service.line("Ctrl-C")
    held = {"kind": "stall", "when": "after", "seconds": 3}
    path = f"^/contacts/{contact}/tags$"
    simulator.ask("POST", "/control/break", {"method": "POST", "path": path, "fault": held})
    asked = ("highlevel.contacts.add_tags", f"contactId={contact}", "tags=vip")

    call = start("call", *asked, "-C", shop)
    until(lambda: effects(simulator, "contact.tags_added", contact))
    service.process.kill()

    assert call.ended() == 1
    assert "the service has ended" in " ".join(call.text.split())
