"""Links lead somewhere, files named exist, every page can be reached."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs import pages
from tests.docs.pages import NAMES, PAGES, ROOT
from tools.pages.markdown import anchor

_LINK = re.compile(r"\]\((?P<inside>[^)\s]+)\)|(?:src|srcset)=\"(?P<picture>[^\"]+)\"")
_HEADING = re.compile(r"^#+ (?P<text>.+)$", re.MULTILINE)
_FILE = re.compile(
    r"(?:(?:src|tests|tools|docs|benchmarks)/[\w./-]*|[A-Z]+\.md|pyproject\.toml"
    r"|requirements\.txt|\.ci/run|LICENSE)"
)
_SECTIONS = ["## What", "## Why", "## What else was weighed", "## When to look again"]
DECISIONS = [one for one in PAGES if re.match(r"0(?!000)\d{3}-", one.name)]


def links(page: Path) -> Iterator[str]:
    for found in _LINK.finditer(pages.prose(page)):
        target = found["inside"] or found["picture"]
        if "://" not in target:
            yield target


def anchors(page: Path) -> set[str]:
    return {anchor(found["text"]) for found in _HEADING.finditer(pages.prose(page))}


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_link_and_anchor_leads_somewhere(page: Path) -> None:
    for link in links(page):
        path, _, place = link.partition("#")
        target = (page.parent / path).resolve() if path else page

        assert target.exists(), link
        assert not place or place in anchors(target), link


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_headings_of_a_page_differ(page: Path) -> None:
    found = [anchor(one["text"]) for one in _HEADING.finditer(pages.prose(page))]
    if page.name == "CHANGELOG.md":
        found = [one for one in found if one.startswith(("unreleased", "0", "1"))]

    assert len(found) == len(set(found))


def test_every_file_named_exists() -> None:
    named = [one for one in pages.inline() if _FILE.fullmatch(one.text)]

    assert named
    assert [f"{one}: {one.text}" for one in named if not (ROOT / one.text).exists()] == []


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached: set[Path] = set()
    ahead = [ROOT / "README.md"]
    while ahead:
        page = ahead.pop()
        if page in reached or page.suffix != ".md":
            continue
        reached.add(page)
        ahead += [(page.parent / one.partition("#")[0]).resolve() for one in links(page)]

    assert set(PAGES) - reached == set()


def test_every_picture_is_shown_for_light_and_for_dark() -> None:
    shown = {Path(link).name for page in PAGES for link in links(page) if link.endswith(".svg")}
    taken = {one.name for one in (ROOT / "docs/pictures").iterdir()}

    assert shown == taken
    assert {one.replace("-light", "-dark") for one in taken if "-light" in one} <= taken


@pytest.mark.parametrize("page", DECISIONS, ids=lambda one: one.stem)
def test_a_decision_says_what_why_what_else_and_when_to_look_again(page: Path) -> None:
    found = [line for line in page.read_text().splitlines() if line.startswith("## ")]

    assert found == _SECTIONS
