"""How commands are used: help, wrong use, exit statuses, the shapes of `--json`."""

import importlib
import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest
from cyclopts import App

from dragoman.cli.commands import COMMANDS
from tests.cli.conftest import Cli

HEAVY = ("aiohttp", "starlette", "uvicorn", "apsw", "ruamel.yaml", "yaml", "cryptography")


def every_command() -> list[str]:
    """All commands there are, those of groups too."""
    found = []
    for name, command in COMMANDS.items():
        module, _, target = command.place.partition(":")
        if importlib.util.find_spec(f"dragoman.cli.{module}") is None:
            continue
        found.append(name)
        one = getattr(importlib.import_module(f"dragoman.cli.{module}"), target)
        if isinstance(one, App):
            found += [f"{name} {inner}" for inner in one if not inner.startswith("-")]
    return found


@pytest.mark.parametrize("command", every_command())
def test_the_help_of_every_command_has_an_example_of_it(command: str, cli: Cli) -> None:
    shown = cli(*command.split(), "--help")

    assert shown.status == 0
    assert f"Example: dragoman {command}" in shown.out


@pytest.mark.parametrize("command", [one for one in every_command() if " " in one])
def test_every_command_of_a_group_takes_a_folder_and_prints_json(command: str, cli: Cli) -> None:
    shown = cli(*command.split(), "--help").out

    assert "--json" in shown
    assert "--folder -C" in shown


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from dragoman.cli import main; main(['--help']);"
        f"print([one for one in {HEAVY!r} if one in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(  # noqa: S603  # our own command
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert done.stderr.strip() == "[]"
    assert "simulate" in done.stdout


def test_the_module_is_the_command() -> None:
    done = subprocess.run(  # our own command
        [sys.executable, "-m", "dragoman", "--version"], capture_output=True, text=True, check=True
    )

    assert done.stdout.startswith("dragoman ")


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["flos"], "did you mean 'flows'?"),
        (["flows", "chekk"], "did you mean 'check'?"),
        (["flows", "check", "--jsn"], "Did you mean --json?"),
        (["flows", "arm"], "dragoman flows arm --help"),
        (["runs", "list", "--state", "deadd"], "dead"),
        (["runs", "list", "--limit", "many"], "--limit"),
        (["runs", "list", "--limit", "0"], "--limit"),
        (["serve", "one", "two"], "one folder"),
        (["init", "one", "--simulator", "two"], "one folder"),
    ],
)
def test_wrong_use_ends_with_2_and_the_nearest_name(
    arguments: list[str], hint: str, cli: Cli
) -> None:
    wrong = cli(*arguments)

    assert wrong.status == 2
    assert hint in wrong.err
    assert "Traceback" not in wrong.err
    assert wrong.out == ""


def test_wrong_use_in_json(cli: Cli) -> None:
    wrong = cli("flows", "arm", "--json")

    assert wrong.status == 2
    assert wrong.json["error"].keys() == {"code", "message", "fix", "where"}
    assert wrong.json["error"]["code"] == "usage"


@pytest.mark.parametrize(
    "command", ["flows check", "flows list", "flows arm x", "flows pause x", "connections list"]
)
def test_a_folder_that_is_no_workspace_is_said_kindly(
    command: str, tmp_path: Path, cli: Cli
) -> None:
    failed = cli(*command.split(), "-C", tmp_path)

    assert failed.status == 1
    assert "this is no workspace folder" in failed.err
    assert "dragoman init" in failed.err


@pytest.mark.parametrize("command", ["runs list", "runs show 1", "events list", "events show 1"])
def test_a_folder_without_a_database_is_said_kindly(command: str, bare: Path, cli: Cli) -> None:
    failed = cli(*command.split(), "-C", bare, "--json")

    assert failed.status == 1
    assert failed.json["error"]["fix"] == "`dragoman serve` makes it"
    assert "nothing has happened yet" in failed.json["error"]["message"]


def test_lists_are_arrays(bare: Path, cli: Cli) -> None:
    assert isinstance(cli("flows", "list", "-C", bare, "--json").json, list)
    assert isinstance(cli("flows", "check", "-C", bare, "--json").json, list)
    connections = cli("connections", "list", "-C", bare, "--json").json
    assert [one["state"] for one in connections] == ["no credentials"] * 2


def test_the_folder_may_stand_in_the_environment(
    bare: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DRAGOMAN_FOLDER", str(bare))

    assert cli("flows", "list", "--json").json[0]["name"] == "archive-on-status"


def test_an_unknown_setting_is_refused_with_the_nearest(
    bare: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DRAGOMAN_LISTEM", "x")

    failed = cli("flows", "list", "-C", bare)

    assert failed.status == 1
    assert "did you mean 'DRAGOMAN_LISTEN'?" in failed.err


def test_piped_output_is_plain(bare: Path, cli: Cli) -> None:
    shown = cli("flows", "list", "-C", bare).out + cli("flows", "arm", "x", "-C", bare).err

    assert "\x1b" not in shown
    assert all(line == line.rstrip() for line in shown.splitlines())


def test_a_mistake_of_ours_is_one_calm_line(
    bare: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise KeyError("bo@example.com")

    monkeypatch.setattr("dragoman.cli.folders.opened", broken)
    failed = cli("flows", "list", "-C", bare)

    assert failed.status == 1
    assert "KeyError" in failed.err
    assert "bo@example.com" not in failed.err
    assert "Traceback" not in failed.err


def test_json_is_one_document(bare: Path, cli: Cli) -> None:
    shown = cli("flows", "arm", "welcome-new-contact", "-C", bare, "--json")

    assert shown.err == ""
    assert json.loads(shown.out)["state"] == "armed"


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["serve", "--listen", "127.0.0.1:²"], 1),
        (["runs", "list", "--limit", "99999999999999999999"], 2),
        (["events", "show", "\udcff"], 1),
        (["init", "taken"], 1),
        (["init", "/proc/x"], 1),
    ],
)
def test_odd_words_get_a_sentence(
    bare: Path, cli: Cli, words: list[str], status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(bare)
    (bare / "taken").write_text("a file")

    done = cli(*words)

    assert done.status == status
    assert "Something broke" not in done.out + done.err
