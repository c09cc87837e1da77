"""What a person reads at night: what was done, why it stands still, what to do next."""

from pathlib import Path
from typing import Any

import pytest

from dragoman.engine.executor import PAUSED
from tests.cli import history
from tests.cli.conftest import Cli
from tests.cli.history import AT, FLOW, run_id, written

SAYS = "bo@example.com with +1 415 555 0100 is not valid"
HIDDEN = ("bo@example.com", "415", "canary")


def test_a_dead_run_names_the_step_the_vendor_s_words_and_the_trace(bare: Path, cli: Cli) -> None:
    written(
        bare,
        history.event(),
        history.run(1, "dead", f"welcome: {SAYS}"),
        history.send(1, "failed", reason=SAYS, trace=history.TRACE),
        history.attempt(1, SAYS),
    )

    shown = cli("runs", "show", run_id(1), "-C", bare)

    assert shown.status == 0
    assert "welcome  HighLevel  Send a message" in shown.out
    assert "highlevel.messages.send by main" in shown.out
    assert "*** with *** is not valid (rejected, trace trace-4711)" in shown.out
    assert history.TRACE in shown.out
    assert "Mend what is named above" in shown.out
    assert "sandbox marketing" in shown.out
    assert not any(word in shown.out for word in HIDDEN)


def test_reveal_shows_it_all(bare: Path, cli: Cli) -> None:
    written(bare, history.event(), history.run(1, "dead", SAYS), history.send(1, "failed"))

    shown = cli("runs", "show", run_id(1), "-C", bare, "--reveal").out
    told = cli("runs", "show", run_id(1), "-C", bare, "--reveal", "--json").json

    assert "message canary-body" in shown
    assert "bo@example.com" in shown
    assert told["event"]["data"] == history.DATA
    assert told["steps"][0]["input"]["message"] == "canary-body"


def test_json_is_the_whole_structure_with_what_is_personal_hidden(bare: Path, cli: Cli) -> None:
    written(
        bare,
        history.event(),
        history.run(1, "dead", SAYS),
        history.send(1, "failed", reason=SAYS),
        history.attempt(1, SAYS),
    )

    shown = cli("runs", "show", run_id(1), "-C", bare, "--json")

    assert not any(word in shown.out for word in HIDDEN)
    told = shown.json
    assert told["steps"][0]["input"] == {"type": "SMS", "contactId": "c1", "message": "***"}
    assert told["steps"][0]["tries"][0].keys() == {"number", "at", "code", "message", "trace"}
    assert told["created_at"] == "2026-09-21T14:13:22.000Z"
    assert told["event"]["data"]["list_id"] == "l-0042"
    assert told["next"]


@pytest.mark.parametrize(
    ("run", "more", "advice"),
    [
        (
            history.run(1, "uncertain", "welcome: nobody can tell"),
            [history.send(1, "uncertain", reason="nobody can tell")],
            "Look in the account main whether highlevel.messages.send",
        ),
        (history.run(1, "waiting", PAUSED), [], f"It goes on after: dragoman flows arm {FLOW}"),
        (history.run(1, "waiting", "busy", AT + 5000), [], "it goes on by itself at"),
        (
            history.run(1, "waiting", "must be reconnected", AT + 5000),
            [history.send(1, "waiting"), *history.connected("main", "needs-reauthorization")],
            "dragoman connections add main",
        ),
        (history.run(1, "running"), [], "without it nothing goes on: dragoman serve"),
        (history.run(1, "done"), [], "Nothing: this run is finished."),
        (
            history.run(1, "skipped", "where: event.data.email"),
            [],
            "the flow's filter is not met: event.data.email",
        ),
        (history.run(1, "skipped", "with: list"), [], "it is about another list than the flow's"),
        (history.run(1, "skipped", "consent: dnd"), [], "nothing was sent"),
    ],
)
def test_what_to_do_next(run: Any, more: list[Any], advice: str, bare: Path, cli: Cli) -> None:
    written(bare, history.event(), run, *more)

    shown = cli("runs", "show", run_id(1), "-C", bare)

    assert shown.status == 0
    assert advice in " ".join(shown.out.split())


def test_the_list_is_newest_first_and_filtered(bare: Path, cli: Cli) -> None:
    runs = [history.run(number, "done") for number in (1, 2)] + [history.run(3, "dead", SAYS)]
    written(bare, history.event(), *runs)

    everything = cli("runs", "list", "-C", bare, "--json").json
    dead = cli("runs", "list", "--state", "dead", "-C", bare)
    none = cli("runs", "list", "--flow", "other", "-C", bare)

    assert [one["id"] for one in everything] == [run_id(number) for number in (3, 2, 1)]
    assert len(cli("runs", "list", "-n", "2", "-C", bare, "--json").json) == 2
    assert "*** with *** is not valid" in dead.out
    assert none.out == "No run is like that.\n"
    assert cli("runs", "list", "--flow", "other", "-C", bare, "--json").json == []


def test_the_list_gives_enough_of_each_id_to_show_it(bare: Path, cli: Cli) -> None:
    written(bare, history.event(), *(history.run(number, "done") for number in (1, 2, 13)))

    listed = cli("runs", "list", "-C", bare).out.splitlines()[1:]

    for line in listed:
        assert cli("runs", "show", line.split()[0], "-C", bare).status == 0


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("019aab12", "several runs begin with"),
        ("f", "there is no run"),
        ("%", "there is no run"),
        ("", "there is no run"),
    ],
)
def test_an_id_that_does_not_name_one_run(said: str, words: str, bare: Path, cli: Cli) -> None:
    written(bare, history.event(), history.run(1, "done"), history.run(2, "done"))

    failed = cli("runs", "show", said, "-C", bare)

    assert failed.status == 1
    assert words in failed.err


@pytest.mark.parametrize("width", [60, 80])
def test_lines_fit(width: int, bare: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    written(
        bare,
        history.event(),
        history.run(1, "dead", "word " * 40),
        history.send(1, "failed", reason="word " * 40, output={"id": "x" * 70}),
    )

    shown = cli("runs", "show", run_id(1), "-C", bare).out + cli("runs", "list", "-C", bare).out

    assert max(len(line.rstrip()) for line in shown.splitlines()) <= width


def test_rows_that_are_too_wide_go_on_under_themselves(
    bare: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(bare, history.event(), history.run(1, "skipped", "consent: " + "no, thank you " * 9))
    wide = cli("runs", "list", "-C", bare).out.splitlines()

    monkeypatch.setenv("COLUMNS", "60")
    narrow = cli("runs", "list", "-C", bare).out.splitlines()

    assert wide[1].endswith("contact/r1")
    under = " " * len("019aab12-3c4d  ")
    assert f"{under}contact/r1" in narrow
    assert f"{under}nothing was sent, the person does not want" in "\n".join(narrow)
    assert max(map(len, narrow)) <= 60
