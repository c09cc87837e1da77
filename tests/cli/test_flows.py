"""Flow files: every error located, nothing armed; what is armed is told."""

from pathlib import Path
from typing import Any

import pytest

from dragoman import wiring
from dragoman.store.lock import FolderLock
from tests.cli.conftest import Cli

FLOW = "welcome-new-contact"
BAD = """\
flow: bad
on: acton.contact.addeddd
with:
  list: l-0042
steps:
  - id: contact
    call: highlevel.contact.upsert
    input:
      email: "{{ event.data.email | loer }}"
"""


def listed(cli: Cli, folder: Path) -> dict[str, Any]:
    """How the flow stands in the list."""
    rows = cli("flows", "list", "-C", folder, "--json").json
    found: dict[str, Any] = next(one for one in rows if one["name"] == FLOW)
    return found


@pytest.fixture
def bad(bare: Path) -> Path:
    path = bare / "flows" / "bad.yaml"
    path.write_text(BAD)
    return path


def test_every_error_is_located_with_the_way_out(bad: Path, bare: Path, cli: Cli) -> None:
    failed = cli("flows", "check", bad, "-C", bare)

    assert failed.status == 1
    for place in ("2:5", "7:11", "9:37"):
        assert f"{bad}:{place}\n" in failed.err
    assert "    2 | on: acton.contact.addeddd\n      |     ^\n" in failed.err
    assert "did you mean 'acton.contact.added'" in failed.err
    assert "3 problems found" in failed.err


def test_the_caret_stands_under_the_column_of_a_long_line(bare: Path, cli: Cli) -> None:
    path = bare / "flows" / "long.yaml"
    words = "word " * 60
    path.write_text(
        BAD.replace("event.data.email | loer", f"event.data.email }}}} {words} {{{{ nnme")
    )

    failed = cli("flows", "check", path, "-C", bare).err

    shown, caret = next(
        (line, below)
        for line, below in zip(failed.splitlines(), failed.splitlines()[1:], strict=False)
        if "nnme }}" in line
    )
    assert shown[caret.index("^") :].startswith("nnme")


def test_all_problems_in_json(bad: Path, bare: Path, cli: Cli) -> None:
    error = cli("flows", "check", "-C", bare, "--json").json["error"]

    assert error["code"] == "problems"
    assert error["where"] == {"file": str(bad), "line": 2, "column": 5}
    assert [one["where"]["line"] for one in error["problems"]] == [2, 7, 9]
    assert all(one["fix"] for one in error["problems"])


def test_a_malformed_flow_is_not_armed(bad: Path, bare: Path, cli: Cli) -> None:
    failed = cli("flows", "arm", bad, "-C", bare)

    assert failed.status == 1
    assert "Nothing was armed." in failed.err
    assert not wiring.database(bare).exists()


def test_a_workspace_file_with_an_error_is_shown_where_it_is(
    bare: Path, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "dragoman.yaml").write_text("another: file\n" * 3)
    monkeypatch.chdir(tmp_path)
    (bare / "dragoman.yaml").write_text("workspace: shop\nconectons: {}\n")

    failed = cli("flows", "check", "-C", bare)

    assert failed.status == 1
    assert "bare/dragoman.yaml:2:1" in failed.err
    assert "    2 | conectons: {}" in failed.err


def test_a_flow_whose_events_come_from_no_account_is_a_problem(bare: Path, cli: Cli) -> None:
    path = bare / "dragoman.yaml"
    head, _, rest = path.read_text().partition("  marketing:")
    path.write_text(head + "defaults:" + rest.partition("defaults:")[2].replace("  acton:", "  #"))

    failed = cli("flows", "check", "-C", bare)

    assert failed.status == 1
    flow = (bare / f"flows/{FLOW}.yaml").read_text().splitlines()
    assert f"{FLOW}.yaml:{flow.index('on: acton.contact.added') + 1}:1" in failed.err
    assert "acton.contact.added comes from an account of acton: there is none" in failed.err


def test_arming_tells_what_is_watched_and_whom_it_spares(bare: Path, cli: Cli) -> None:
    armed = cli("flows", "arm", FLOW, "-C", bare)

    assert armed.status == 0
    said = " ".join(armed.out.split())
    assert "It watches sandbox marketing: Contact added to a list, list l-0042." in said
    assert "those people are not touched" in said
    assert "dragoman serve" in said


def test_the_same_version_again_says_so(bare: Path, cli: Cli) -> None:
    cli("flows", "arm", FLOW, "-C", bare)
    again = cli("flows", "arm", bare / "flows" / f"{FLOW}.yaml", "-C", bare)

    assert again.status == 0
    assert "was armed already, this very version" in again.out


def test_a_change_on_disk_shows_until_it_is_armed(bare: Path, cli: Cli) -> None:
    path = bare / "flows" / f"{FLOW}.yaml"
    cli("flows", "arm", FLOW, "-C", bare)
    path.write_text(path.read_text().replace("l-0042", "l-0043"))

    before = listed(cli, bare)
    armed = cli("flows", "arm", FLOW, "-C", bare, "--json").json
    after = listed(cli, bare)

    assert (before["state"], before["changed"]) == ("armed", True)
    assert armed["changed"] is True
    assert (after["changed"], after["version"]) == (False, armed["version"])


def test_a_file_that_is_gone_leaves_its_flow_in_the_list(bare: Path, cli: Cli) -> None:
    cli("flows", "arm", FLOW, "-C", bare)
    (bare / "flows" / f"{FLOW}.yaml").unlink()

    row = listed(cli, bare)

    assert (row["name"], row["state"], row["file"]) == (FLOW, "armed", None)


def test_a_flow_is_found_by_the_name_inside_its_file(bare: Path, cli: Cli) -> None:
    (bare / "flows" / f"{FLOW}.yaml").rename(bare / "flows" / "other.yaml")

    assert cli("flows", "arm", FLOW, "-C", bare).status == 0


def test_pausing_what_was_never_armed_says_so(bare: Path, cli: Cli) -> None:
    failed = cli("flows", "pause", FLOW, "-C", bare)

    assert failed.status == 1
    assert "is not armed" in failed.err


def test_pausing_twice_is_no_error(bare: Path, cli: Cli) -> None:
    cli("flows", "arm", FLOW, "-C", bare)
    first = cli("flows", "pause", FLOW, "-C", bare, "--json").json
    second = cli("flows", "pause", FLOW, "-C", bare)

    assert (first["state"], first["changed"]) == ("paused", True)
    assert second.status == 0
    assert "paused already" in second.out


def test_one_name_in_two_files_is_a_problem(bare: Path, cli: Cli) -> None:
    text = (bare / "flows" / f"{FLOW}.yaml").read_text()
    (bare / "flows" / "zwin.yaml").write_text(text)

    failed = cli("flows", "check", "-C", bare)

    assert failed.status == 1
    assert "zwin.yaml:1:1" in failed.err


def test_a_locked_folder_is_said_and_nothing_changes(bare: Path, cli: Cli) -> None:
    lock = FolderLock(bare / wiring.DATA / "lock")
    try:
        failed = cli("flows", "arm", FLOW, "-C", bare)
    finally:
        lock.release()

    assert failed.status == 1
    assert "another Dragoman works in" in failed.err
    assert not wiring.database(bare).exists()
