"""Lists by hand: all pages, one page, and rows for a spreadsheet or for the eye."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from dragoman.cli.call import rows
from tests.cli.conftest import Cli, Simulator

PEOPLE = 25


@pytest.fixture
def listed(simulator: Simulator) -> str:
    """An Act-On list with some people in it; its id."""
    asked = {"name": "Leads", "headings": ["EMAIL", "FIRSTNAME", "Note"]}
    made = simulator.ask("POST", "/control/acton/lists", asked)
    people = [
        {"email": f"p{number:02d}@example.com", "fields": {"Note": f"=SUM({number})"}}
        for number in range(PEOPLE)
    ]
    path = f"/control/acton/lists/{made['list_id']}/contacts"
    simulator.ask("POST", path, {"contacts": people})
    return str(made["list_id"])


def download(cli: Cli, shop: Path, listed: str, *more: str) -> Any:
    return cli("call", "acton.lists.download", f"listid={listed}", *more, "-C", shop)


def emails(rows_: list[dict[str, Any]]) -> list[str]:
    return sorted(str(one["EMAIL"]) for one in rows_)


EVERYBODY = [f"p{number:02d}@example.com" for number in range(PEOPLE)]


def test_all_pages_are_read(cli: Cli, shop: Path, listed: str) -> None:
    said = download(cli, shop, listed, "count=10", "--all")

    assert said.status == 0, said.err
    assert emails(said.json) == EVERYBODY
    assert f"25 of {PEOPLE} items, 3 pages" in " ".join(said.err.split())


def test_the_document_says_how_many_there_are(cli: Cli, shop: Path, listed: str) -> None:
    said = download(cli, shop, listed, "count=10", "--all", "--json").json

    assert (said["state"], said["total"], said["pages"], said["whole"]) == ("done", PEOPLE, 3, True)
    assert emails(said["output"]) == EVERYBODY


def test_a_page_has_the_number_that_a_person_gives_it(cli: Cli, shop: Path, listed: str) -> None:
    pages = [
        download(cli, shop, listed, "count=10", "--page", str(number)).json
        for number in (1, 2, 3, 4)
    ]

    assert [len(one) for one in pages] == [10, 10, 5, 0]
    assert emails([item for one in pages for item in one]) == EVERYBODY


def test_rows_are_safe_for_a_spreadsheet(cli: Cli, shop: Path, listed: str) -> None:
    said = download(cli, shop, listed, "--all", "--output", "csv")

    found = list(csv.DictReader(io.StringIO(said.out)))
    assert emails(found) == EVERYBODY
    assert {one["Note"] for one in found} == {f"'=SUM({number})" for number in range(PEOPLE)}


def test_one_page_as_rows_is_its_items(cli: Cli, shop: Path, listed: str) -> None:
    said = download(cli, shop, listed, "count=3", "--output", "csv")

    assert len(list(csv.DictReader(io.StringIO(said.out)))) == 3


def test_a_table_fits(cli: Cli, shop: Path, listed: str) -> None:
    said = download(cli, shop, listed, "count=3", "--output", "table")

    lines = said.out.splitlines()
    assert "EMAIL" in lines[0]
    assert len(lines) == 4


def test_what_came_before_an_error_is_not_thrown_away(
    cli: Cli, shop: Path, listed: str, simulator: Simulator
) -> None:
    fault = {"kind": "status", "status": 403}
    asked = {"vendor": "acton", "path": listed, "skip": 1, "times": None, "fault": fault}
    broken = simulator.ask("POST", "/control/break", asked)

    said = download(cli, shop, listed, "count=10", "--all")
    simulator.ask("DELETE", f"/control/break/{broken['id']}")

    assert said.status == 1
    assert len(said.json) == 10
    assert "after 1 pages" in said.err


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (["highlevel.contacts.get", "contactId=x", "--all"], 2, "leave out --all"),
        (["highlevel.contacts.get", "contactId=x", "--page", "2"], 2, "does not answer in pages"),
        (["highlevel.conversations.search", "--all", "--page", "2"], 2, "say one of them"),
        (["highlevel.conversations.search", "--page", "0"], 2, "--page"),
        (["highlevel.conversations.search", "limit=101", "--all"], 1, "maximum 100"),
        (["highlevel.conversations.search", "limit=101", "--page", "2"], 1, "maximum 100"),
        (["highlevel.forms.list", "skip=3", "--page", "2"], 1, "leave out 'skip'"),
        (["highlevel.forms.list", "--output", "csv", "--json"], 2, "leave out --json"),
        (["highlevel.forms.list", "--output", "xml"], 2, "--output"),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, list) else "",
)
def test_what_is_wrong_is_said_with_the_way_out(
    cli: Cli, shop: Path, words: list[str], status: int, told: str
) -> None:
    said = cli("call", *words, "-C", shop)

    assert said.status == status
    assert told in " ".join((said.out + said.err).split())


ROWS: list[dict[str, Any]] = [
    {"id": "a", "phone": "+14155550100", "n": -5, "tags": ["x", "y"], "ok": True},
    {"id": "b", "phone": None, "words": "=cmd|' /C calc'!A0", "more": "line\none"},
    {"id": "@c", "words": "-1+2", "n": 1.5, "phone": "\tx"},
]


def test_cells_say_what_was_answered_and_run_nothing() -> None:
    found = list(csv.DictReader(io.StringIO(rows.as_csv(ROWS))))

    assert [one["id"] for one in found] == ["a", "b", "'@c"]
    assert [one["phone"] for one in found] == ["+14155550100", "", "'\tx"]
    assert [one["words"] for one in found] == ["", "'=cmd|' /C calc'!A0", "'-1+2"]
    assert [one["n"] for one in found] == ["-5", "", "1.5"]
    assert json.loads(found[0]["tags"]) == ["x", "y"]
    assert (found[0]["ok"], found[1]["more"]) == ("true", "line\none")


@pytest.mark.parametrize("mark", list("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"), ids=ascii)
def test_no_text_begins_as_a_formula_does(mark: str) -> None:
    found = list(csv.reader(io.StringIO(rows.as_csv([{f"{mark}a": f"{mark}b(1)"}]), newline="")))

    mark = mark.replace("\r", "\n")
    assert found == [[f"'{mark}a"], [f"'{mark}b(1)"]]


def test_no_text_ends_its_row() -> None:
    found = list(csv.reader(io.StringIO(rows.as_csv([{"a": "b\r=c()"}]), newline="")))

    assert found == [["a"], ["b\n=c()"]]


def test_a_terminal_gets_nothing_that_moves_its_cursor() -> None:
    told = rows.as_csv([{"a": "\x1b[2Jgone", "b": "two\nlines"}], shown=True)
    table, _ = rows.as_table([{"a": "\x1b[2Jgone\r\n"}], 80)

    assert "\x1b" not in told + table.plain
    assert "two\nlines" in told


def test_a_table_has_the_plain_columns_that_fit() -> None:
    table, left = rows.as_table(ROWS, 22)

    assert table.plain.splitlines()[0].split() == ["id", "phone", "n"]
    assert left == ["tags", "ok", "words", "more"]


def test_items_that_are_no_objects_are_a_column() -> None:
    assert rows.as_csv(rows.plain(["a", 1])) == "value\na\n1\n"


def test_nothing_is_no_row() -> None:
    assert rows.as_csv([]) == ""
    assert rows.as_table([], 80)[0].plain == ""
