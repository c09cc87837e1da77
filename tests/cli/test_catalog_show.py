"""One entry of the catalogue, shown: facts as sentences, and lines that can be copied."""

import jsonschema_rs
import pytest
import yaml

from dragoman import library
from dragoman.catalog import documents
from dragoman.catalog.building import Builder
from dragoman.cli.catalog import entry, samples
from dragoman.cli.catalog.opened import Opened
from dragoman.flows.reading import read
from dragoman.flows.world import World
from dragoman.kernel import jsons
from tests.cli.conftest import Cli

ENTRIES = library.catalogue()
OPENED = Opened(None)
IDS = [*ENTRIES.operations, *ENTRIES.triggers]
CALLABLE = [one.id for one in ENTRIES.operations.values() if one.callable]
LONGEST = sorted(CALLABLE, key=lambda name: len(ENTRIES.operation(name).input))[-3:]
FACTS = {"location_id": "loc", "company_id": "company", "account_id": "account"}


def test_an_operation_is_shown_with_the_care_it_takes(cli: Cli) -> None:
    shown = " ".join(cli("catalog", "show", "highlevel.messages.send").out.split())

    for told in (
        "Send a message highlevel.messages.send Sends a text",
        "POST /conversations/messages version 2021-04-15",
        "conversations/message.write",
        "repeated only after a look-up has said that the first is not there",
        "highlevel.contacts.get is asked just before",
        "type needed one of SMS, RCS,",
        "messageId text, always there",
        "call: highlevel.messages.send",
        "Hello Bo, how can we help?",
    ):
        assert told in shown


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("highlevel.conversations.search", "limit whole number, 1 to 100, 20 if left out"),
        ("highlevel.conversations.search", "locationId text, the connection says it"),
        ("highlevel.conversations.search", "startAfterDate asks for the next one"),
        (
            "highlevel.conversations.ensure",
            "highlevel.conversations.search -> highlevel.conversations.create",
        ),
        ("highlevel.oauth.refresh", "cannot be called: Dragoman refreshes"),
        ("highlevel.oauth.refresh", "never repeated by itself"),
        ("acton.records.get", "each item of the list any value"),
        ("acton.contact.added", "by asking: acton.lists.download every minute"),
        ("acton.contact.added", "event if found again with the same list_id, record_id"),
        ("acton.contact.added", "created_at whole number. Epoch milliseconds."),
        ("dragoman.sentiment.call", "worked out on this machine"),
    ],
)
def test_facts_are_sentences(name: str, told: str, cli: Cli) -> None:
    assert told in " ".join(cli("catalog", "show", name).out.split())


def test_the_simulator_is_told_of_only_where_it_can_be_asked(cli: Cli) -> None:
    assert "answers in the declared form" in cli("catalog", "show", "highlevel.coupons.list").out
    assert "declared form" not in cli("catalog", "show", "highlevel.social_logins.start_google").out


@pytest.mark.parametrize("name", CALLABLE)
def test_the_step_that_is_shown_can_be_copied(name: str) -> None:
    operation = ENTRIES.operation(name)
    example = OPENED.example(operation) or {}

    (step,) = yaml.safe_load("\n".join([*entry.step(operation, example), ""]))

    assert step["call"] == name
    given = step.get("input", {})
    if example:
        assert given == example.get("input", {})
    else:
        Builder(operation).complete(given, FACTS)


@pytest.mark.parametrize("name", [one.id for one in ENTRIES.triggers.values() if one.callable])
def test_the_head_of_a_flow_that_is_shown_can_be_copied(name: str) -> None:
    trigger = ENTRIES.trigger(name)
    head = "\n".join(samples.head(trigger, OPENED.example(trigger) or {}))
    world = World(ENTRIES.operations, ENTRIES.triggers, filters={})

    assert read(f"flow: copied\n{head}\nsteps:\n  - stop: done\n", "copied", world).trigger == name


@pytest.mark.parametrize("name", IDS)
def test_every_entry_is_told_to_programs_with_its_shapes(name: str) -> None:
    found = OPENED.entry(name)
    told = documents.whole(found, OPENED.example(found))

    assert told["id"] == name
    if told["kind"] == "operation":
        jsonschema_rs.Draft202012Validator(told["output"])
        expected = (told["example"] or {}).get("output")
        assert expected is None or jsonschema_rs.is_valid(told["output"], expected)
    else:
        assert set(told["key"]) <= told["data"].keys()


@pytest.mark.parametrize("name", ["highlevel.contacts.get", "acton.contact.added"])
def test_the_command_tells_programs_the_same(name: str, cli: Cli) -> None:
    found = OPENED.entry(name)

    said = cli("catalog", "show", name, "--json").json

    assert said == jsons.decode(jsons.encode(documents.whole(found, OPENED.example(found))))


@pytest.mark.parametrize("width", [60, 80])
@pytest.mark.parametrize("name", [*IDS[::25], *LONGEST])
def test_lines_of_one_entry_fit(
    name: str, width: int, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))

    shown = cli("catalog", "show", name).out

    assert all(line == line.rstrip() for line in shown.splitlines())
    assert max(map(len, shown.splitlines())) <= width


def test_where_no_room_is_beside_a_name_words_stand_under_it(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")

    shown = cli("catalog", "show", "highlevel.messages.send").out.splitlines()

    assert "    one of SMS, RCS, Email, WhatsApp," in shown
    assert [line for line in shown if len(line) > 40] == [
        "An example of the answer, as a flow sees it"
    ]


@pytest.mark.parametrize("command", ["show", "search"])
def test_of_a_long_word_the_beginning_is_repeated(command: str, cli: Cli) -> None:
    ran = cli("catalog", command, "x" * 10_000)

    assert 0 < len(ran.out + ran.err) < 600
