"""Events: listed, shown, with what belongs to a person hidden."""

from pathlib import Path

from tests.cli import history
from tests.cli.conftest import Cli
from tests.cli.history import DATA, run_id, written


def test_an_event_is_shown_with_the_runs_it_began(bare: Path, cli: Cli) -> None:
    written(bare, history.event(), history.run(1, "done"))

    shown = cli("events", "show", "1000", "-C", bare)
    told = cli("events", "show", "1000", "-C", bare, "--json").json

    assert shown.status == 0
    assert run_id(1) in shown.out
    assert "bo@example.com" not in shown.out
    assert "canary" not in shown.out
    assert told["runs"] == [run_id(1)]
    assert told["specversion"] == "1.0"
    assert told["data"]["fields"] == {"Shoe size": "***"}
    assert told["data"]["record_id"] == "r1"
    assert cli("events", "show", "1", "-C", bare, "--reveal", "--json").json["data"] == DATA


def test_events_are_listed_with_why_nothing_came_of_them(bare: Path, cli: Cli) -> None:
    written(bare, history.event(1), history.event(2, "skipped", "no_flow"))

    listed = cli("events", "list", "-C", bare).out
    skipped = cli("events", "list", "--state", "skipped", "-C", bare, "--json").json

    assert "no armed flow wanted it" in listed
    assert [one["reason"] for one in skipped] == ["no_flow"]
    assert cli("events", "list", "--type", "other", "-C", bare).out == "No event is like that.\n"
