"""The catalogue listed and searched: complete for programs, readable for people."""

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from dragoman import library
from tests.cli.conftest import Cli

ENTRIES = library.catalogue()
IDS = [*ENTRIES.operations, *ENTRIES.triggers]
OWN = """\
wave:
  title: Wave at a parrot
  does: Waves a wing.
  request: POST /parrots/{parrotId}/wave
  effect: create
  input:
    parrotId: {type: string, required: true}
    times: {type: integer, default: 2, minimum: 1, maximum: 9, does: How often.}
  output: {done: boolean}
  example: parrots.wave.json
"""


@pytest.fixture
def aviary(bare: Path) -> Path:
    """A workspace with an entry of its own."""
    folder = bare / "catalog" / "highlevel"
    (folder / "operations").mkdir(parents=True)
    (folder / "examples").mkdir()
    (folder / "operations" / "parrots.yaml").write_text(OWN)
    (folder / "examples" / "parrots.wave.json").write_text('{"input": {"parrotId": "Polly"}}')
    return bare


def listed(cli: Cli, *options: object) -> list[dict[str, Any]]:
    shown = cli("catalog", "list", "--json", *options)
    assert shown.status == 0
    found: list[dict[str, Any]] = shown.json
    return found


def test_the_list_tells_programs_all_of_every_entry(cli: Cli) -> None:
    found = listed(cli)

    assert sorted(one["id"] for one in found) == sorted(IDS)
    common = {
        "id", "kind", "vendor", "group", "title", "does", "method", "path", "scopes",
        "first_class", "callable", "input",
    }  # fmt: skip
    for one in found:
        mark = "effect" if one["kind"] == "operation" else "source"
        assert one.keys() == common | {mark}
        assert all(one[name] for name in ("title", "does", "vendor", "group", mark)), one["id"]
        assert one["id"].startswith(f"{one['vendor']}.{one['group']}.")
        jsonschema_rs.Draft202012Validator(one["input"])
        assert jsonschema_rs.meta.is_valid(
            {"$schema": "https://json-schema.org/draft/2020-12/schema", **one["input"]}
        )


def test_effects_and_sources_are_told_by_one_word(cli: Cli) -> None:
    found = listed(cli)

    operations = {one["effect"] for one in found if one["kind"] == "operation"}
    triggers = {one["source"] for one in found if one["kind"] == "trigger"}
    assert operations <= {"read", "replace", "create", "delete"}
    assert triggers <= {"webhook", "poll", "both", "api"}
    assert next(one for one in found if one["id"] == "acton.contact.added")["source"] == "poll"


def test_the_input_is_what_a_call_needs(cli: Cli) -> None:
    found = {one["id"]: one for one in listed(cli)}

    send = found["highlevel.messages.send"]["input"]
    assert jsonschema_rs.is_valid(send, {"type": "SMS", "contactId": "c1", "message": "Hello"})
    assert not jsonschema_rs.is_valid(send, {"contactId": "c1"})
    assert not jsonschema_rs.is_valid(send, {"type": "SMS", "contactId": "c1", "misspelt": 1})
    # What the connection knows need not be given.
    assert found["highlevel.conversations.search"]["input"]["required"] == []
    assert found["acton.contact.added"]["input"]["required"] == ["list"]


def test_first_class_is_what_the_entry_says(cli: Cli) -> None:
    for one in listed(cli, "--kind", "operation"):
        operation = ENTRIES.operations[one["id"]]
        assert one["first_class"] == operation.first_class
        assert one["callable"] == operation.callable


@pytest.mark.parametrize(
    ("options", "fits"),
    [
        (["--vendor", "acton"], lambda one: one["vendor"] == "acton"),
        (["--vendor", "HighLevel"], lambda one: one["vendor"] == "highlevel"),
        (["--group", "contacts"], lambda one: one["group"] == "contacts"),
        (["--kind", "trigger"], lambda one: one["kind"] == "trigger"),
        (["--effect", "create"], lambda one: one.get("effect") == "create"),
        (
            ["--vendor", "highlevel", "--effect", "read"],
            lambda one: one["vendor"] == "highlevel" and one.get("effect") == "read",
        ),
    ],
)
def test_the_list_is_narrowed(options: list[str], fits: Any, cli: Cli) -> None:
    chosen = listed(cli, *options)

    assert chosen == [one for one in listed(cli) if fits(one)]
    assert chosen


def test_the_table_holds_every_id_under_its_vendor(cli: Cli) -> None:
    shown = cli("catalog", "list").out

    assert all(one in shown for one in IDS)
    assert "HighLevel: conversations\n" in shown
    assert "Act-On: what can happen (triggers)\n" in shown
    assert "Refresh the tokens (not callable)" in shown
    assert cli("catalog", "list", "--kind", "trigger", "--effect", "read").out == (
        "No entry is like that.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "status", "hint"),
    [
        (["list", "--vendor", "highlvel"], 1, "did you mean 'highlevel'?"),
        (["list", "--group", "contcats"], 1, "did you mean 'contacts'?"),
        (["list", "--effect", "destroy"], 2, "read"),
        (["show", "highlevel.messages.snd"], 1, "did you mean 'highlevel.messages.send' or"),
        (["show", ""], 1, "there is no operation or trigger"),
        (["show"], 2, "dragoman catalog show --help"),
        (["search"], 2, "say what to look for"),
        (["search", " "], 2, "say what to look for"),
    ],
)
def test_what_is_not_there_gets_the_nearest(
    arguments: list[str], status: int, hint: str, cli: Cli
) -> None:
    failed = cli("catalog", *arguments)

    assert failed.status == status
    assert hint in " ".join(failed.err.split())
    assert failed.out == ""


def test_an_unknown_id_gets_three_names(cli: Cli) -> None:
    error = cli("catalog", "show", "acton.list.list", "--json").json["error"]

    assert error["message"].count(" or ") == 3  # "no operation or trigger", and between three
    assert "catalog search" in error["fix"]


@pytest.mark.parametrize("width", [60, 80])
@pytest.mark.parametrize("words", [["list"], ["search", "contact"], ["search", "qqq" * 40]])
def test_lines_fit(words: list[str], width: int, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))

    shown = cli("catalog", *words).out

    assert shown.strip()
    assert all(line == line.rstrip() for line in shown.splitlines())
    assert max(map(len, shown.splitlines())) <= width


def test_a_search_says_why(cli: Cli) -> None:
    shown = cli("catalog", "search", "send", "a", "text").out.splitlines()
    told = cli("catalog", "search", "send", "text", "--json").json

    assert shown[0] == "highlevel.messages.send  create"
    assert shown[2].strip() == "title: send, message for text"
    assert told[0]["id"] == "highlevel.messages.send"
    assert {"place": "title", "word": "message", "typed": "text"} in told[0]["why"]


def test_a_search_that_finds_little_says_what_to_try(cli: Cli) -> None:
    nothing = cli("catalog", "search", "qqqqqq")
    some = cli("catalog", "search", "tags", "qqqqqq")

    assert nothing.status == 0
    assert "Nothing in the catalogue is like 'qqqqqq'" in nothing.out
    assert "dragoman catalog list" in nothing.out
    assert cli("catalog", "search", "qqqqqq", "--json").json == []
    assert some.out.startswith("No entry has all of these words.")
    assert "highlevel.contacts.add_tags" in some.out


def test_a_search_shows_the_best_fifteen(aviary: Path, cli: Cli) -> None:
    many = "\n".join(f"{OWN.replace('wave:', f'wave_{number}:')}" for number in range(20))
    (aviary / "catalog/highlevel/operations/parrots.yaml").write_text(many)

    assert len(cli("catalog", "search", "parrot", "-C", aviary, "--json").json) == 15
    assert "And 5 more" in cli("catalog", "search", "parrot", "-C", aviary).out


def test_a_workspace_s_own_entries_are_there(
    aviary: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "highlevel.parrots.wave"
    elsewhere = listed(cli)
    monkeypatch.chdir(aviary)

    own = next(one for one in listed(cli) if one["id"] == name)
    shown = cli("catalog", "show", name).out

    assert name not in {one["id"] for one in elsewhere}
    assert own["input"] == {
        "type": "object",
        "properties": {
            "parrotId": {"type": "string"},
            "times": {
                "description": "How often.",
                "default": 2,
                "type": "integer",
                "minimum": 1,
                "maximum": 9,
            },
        },
        "required": ["parrotId"],
        "additionalProperties": False,
    }
    assert "parrotId: Polly" in shown
    assert cli("catalog", "search", "parrots", "--json").json[0]["id"] == name


def test_a_folder_that_was_named_must_be_a_workspace(tmp_path: Path, cli: Cli) -> None:
    failed = cli("catalog", "list", "-C", tmp_path, "--json")

    assert failed.status == 1
    assert "this is no workspace folder" in json.loads(failed.out)["error"]["message"]


def test_a_wrong_entry_of_the_workspace_is_named(aviary: Path, cli: Cli) -> None:
    (aviary / "catalog/highlevel/operations/parrots.yaml").write_text("wave: {title: Wave}\n")

    failed = cli("catalog", "list", "-C", aviary)

    assert failed.status == 1
    assert "parrots.yaml" in failed.err
    assert "'wave'" in failed.err
