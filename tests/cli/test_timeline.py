"""A run's timeline, as somebody reads it who knows neither API."""

from pathlib import Path
from typing import Any

import pytest

from dragoman.cli.tables import date
from dragoman.engine.results import FOUND
from dragoman.engine.runs import Step
from dragoman.kernel.clock import DAY, SECOND
from dragoman.store.port import Statement
from tests.cli import history
from tests.cli.conftest import Cli
from tests.cli.history import AT, FLOW, run_id, written

BEGAN = AT + 2000
TEXT = f"""\
flow: {FLOW}
on: acton.contact.added
with: {{list: l-0042}}
steps:
  - when: event.data.email == 'bo@example.com'
    then:
      - when: event.data.phone
        then:
          - stop: done
  - id: known
    when: event.data.company
    then:
      - stop: done
"""


def step(name: str, position: int, kind: str = "call", **more: Any) -> Step:
    values: dict[str, Any] = {
        "run": run_id(1),
        "step": name,
        "position": position,
        "kind": kind,
        "state": "done",
        "started_at": BEGAN,
        "tried_at": BEGAN,
        "finished_at": BEGAN,
    }
    return Step(**{**values, **more})


def call(name: str, position: int, operation: str, kind: str = "call", **more: Any) -> Step:
    return step(name, position, kind, operation=operation, connection="main", **more)


def told(folder: Path, cli: Cli, *steps: Step, state: Any = "done", text: str = "") -> str:
    """The steps of a run, as they are shown; spaces at the beginning of lines are kept."""
    keep = {"version": "v1", "name": FLOW, "file": "flows/x.yaml", "text": text, "at": AT}
    kept = [Statement("versions.add", keep)] if text else []
    written(folder, history.event(), history.run(1, state), *kept, *(one.put() for one in steps))
    shown = cli("runs", "show", run_id(1), "-C", folder)
    assert shown.status == 0, shown.err
    assert all(line == line.rstrip() for line in shown.out.splitlines())
    return shown.out


def flat(shown: str) -> str:
    return " ".join(shown.split())


def test_the_event_and_the_vendor_have_the_names_that_people_use(bare: Path, cli: Cli) -> None:
    shown = told(bare, cli, call("welcome", 1, "highlevel.messages.send"))

    assert "Act-On  Contact added to a list" in shown
    assert "welcome  HighLevel  Send a message" in shown


def test_an_operation_that_nobody_knows_any_more_keeps_its_id(bare: Path, cli: Cli) -> None:
    shown = told(bare, cli, call("old", 1, "gone.things.make"))

    assert "old  gone  gone.things.make" in shown


def test_entries_of_the_workspace_that_are_wrong_do_not_hide_a_run(bare: Path, cli: Cli) -> None:
    place = bare / "catalog" / "highlevel" / "operations"
    place.mkdir(parents=True)
    (place / "wrong.yaml").write_text("wave: {title: Wave}\n")

    assert "Send a message" in told(bare, cli, call("welcome", 1, "highlevel.messages.send"))


def test_parts_stand_in_their_step_and_a_refusal_that_was_an_answer_is_no_failure(
    bare: Path, cli: Cli
) -> None:
    shown = told(
        bare,
        cli,
        call("talk/1", 1, "highlevel.conversations.search", "part", finished_at=BEGAN + 40),
        call(
            "talk/2",
            2,
            "highlevel.conversations.create",
            "part",
            state="failed",
            reason="Conversation already exists",
            started_at=BEGAN + 40,
            tried_at=BEGAN + 40,
            finished_at=BEGAN + 60,
        ),
        call(
            "talk",
            3,
            "highlevel.conversations.ensure",
            started_at=BEGAN + 60,
            tried_at=BEGAN + 60,
            finished_at=BEGAN + 60,
            output={"created": False},
        ),
    )
    lines = [line.strip() for line in shown.splitlines()]

    at = lines.index("├ Search conversations  40 ms")
    assert "talk  HighLevel  Find or create the conversation of a contact  60 ms" in lines[at - 2]
    assert lines[at + 1 : at + 4] == [
        "└ Create a conversation  refused  20 ms",
        "why  Conversation already exists",
        "got  created no",
    ]


def test_parts_of_a_step_that_is_not_over_are_told_as_they_are(bare: Path, cli: Cli) -> None:
    shown = told(
        bare,
        cli,
        call("talk/1", 1, "highlevel.conversations.search", "part"),
        call("talk/2", 2, "highlevel.conversations.create", "part", state="lost", finished_at=None),
        state="waiting",
    )

    assert "lost  talk  under way" in shown
    assert "└ Create a conversation  lost" in shown
    assert "it is looked up whether it happened, before anything is repeated" in flat(shown)


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (
            call("welcome", 1, "highlevel.messages.send", reason=FOUND),
            "no answer came, so it was looked up: it had happened, and was not repeated",
        ),
        (
            step("hours", 1, "wait", state="waiting", output={"until": AT}, reason="until open"),
            "hours waits until",
        ),
        (
            step("hours", 1, "wait", output={"until": AT}, reason="until open"),
            "why the flow says until open",
        ),
        (step("hours", 1, "wait"), "hours there was nothing to wait for"),
        (step("number", 1, "map", output={"tags": "vip"}), "number worked out tags vip"),
        (step("number", 1, "map", output={"phone": None}), "number worked out nothing"),
        (
            call("tag", 1, "highlevel.contacts.add_tags", state="skipped", reason="when: event.x"),
            "why not needed: event.x is not so",
        ),
        (step("1", 1, "when", output="then"), "asked whether the condition holds: yes"),
    ],
)
def test_steps_are_sentences(one: Step, said: str, bare: Path, cli: Cli) -> None:
    assert said in flat(told(bare, cli, one))


def test_a_condition_is_told_with_what_it_asked(bare: Path, cli: Cli) -> None:
    shown = told(
        bare,
        cli,
        step("1", 1, "when", output="then"),
        step("1.then.1", 2, "when", output="else"),
        step("known", 3, "when", output="else"),
        text=TEXT,
    )

    assert "asked whether event.data.email == '***': yes" in shown
    assert "asked whether event.data.phone: no" in shown
    assert "known  asked whether event.data.company: no" in shown


def test_pauses_between_steps_are_told(bare: Path, cli: Cli) -> None:
    later, next_day = BEGAN + 90 * SECOND, BEGAN + 2 * DAY
    shown = told(
        bare,
        cli,
        call("one", 1, "highlevel.contacts.get"),
        call(
            "two",
            2,
            "highlevel.contacts.get",
            started_at=later,
            tried_at=later + 5 * SECOND,
            finished_at=later + 6 * SECOND,
        ),
        call(
            "three",
            3,
            "highlevel.contacts.get",
            started_at=next_day,
            tried_at=next_day,
            finished_at=next_day,
        ),
        call("four", 4, "highlevel.contacts.get", started_at=next_day + 999),
    )

    assert [line.strip() for line in shown.splitlines() if "later" in line] == [
        "1 min 30 s later",
        f"1 d 23 h later, {date(next_day)}",
    ]
    assert "two  HighLevel  Get a contact  6.0 s" in shown


def test_the_vendor_s_trace_stands_where_it_is_of_use(bare: Path, cli: Cli) -> None:
    shown = told(
        bare,
        cli,
        call("one", 1, "highlevel.contacts.get", trace="trace-of-done"),
        call("two", 2, "highlevel.contacts.get", state="failed", trace="trace-of-failed"),
        state="dead",
    )

    assert "trace-of-failed" in shown
    assert "trace-of-done" not in shown


def test_a_call_that_was_not_needed_is_not_told_as_under_way(bare: Path, cli: Cli) -> None:
    skipped = step("tag", 1, state="skipped", reason="when: event.data.company")

    shown = flat(told(bare, cli, skipped))

    assert "skipped tag passed over why not needed: event.data.company is not so" in shown
    assert "under way" not in shown


def test_numbers_are_told_as_far_as_they_say_something(bare: Path, cli: Cli) -> None:
    verdict = call("verdict", 1, "dragoman.sentiment.call", output={"score": 1 / 3, "label": "x"})

    assert "got score 0.3333, label x" in flat(told(bare, cli, verdict))
