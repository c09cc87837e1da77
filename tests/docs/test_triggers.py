"""The page on triggers names each of them, in the table where it belongs, with its pace."""

import re

import pytest

from dragoman.catalog.documents import found_by
from dragoman.catalog.entries import Trigger
from tests.catalog.shipped import RECEIVED, TRIGGERS, name
from tests.docs.pages import ROOT

SECTIONS = dict(
    part.split("\n", 1)
    for part in re.split(r"^## ", (ROOT / "docs/triggers.md").read_text(), flags=re.MULTILINE)
)
POLLED = [one for one in TRIGGERS if one.callable and found_by(one) == "poll"]
PACES = {60: "every minute", 120: "every 2 minutes", 300: "every 5 minutes"} | {
    900: "every 15 minutes",
    3600: "every hour",
}


def named(section: str) -> set[str]:
    rows = [line for line in SECTIONS[section].splitlines() if line.startswith("|")]
    return {one for row in rows for one in re.findall(r"`((?:acton|highlevel)\.[\w.]+)`", row)}


@pytest.mark.parametrize("trigger", POLLED, ids=name)
def test_what_is_found_by_asking_is_told_with_its_pace(trigger: Trigger) -> None:
    assert trigger.poll
    title = {"highlevel": "HighLevel", "acton": "Act-On"}[trigger.vendor]
    rows = SECTIONS[f"What is found at {title} by asking"].splitlines()

    (row,) = [one for one in rows if one.startswith(f"| `{trigger.id}`")]
    assert row.split("|")[2].strip() == PACES[round(trigger.poll.every)]


def test_what_is_told_by_webhook_and_what_is_not_to_be_had_is_told_whole() -> None:
    assert named("What HighLevel tells") == {one.id for one in RECEIVED}
    closed = {one.id for one in TRIGGERS if not one.callable}
    assert named("What is known and cannot start a flow yet") == closed
