"""Pages that are derived from the code are as the code says."""

import re
import tomllib

from dragoman import wiring
from dragoman.flows import filters
from tests.docs.pages import ROOT
from tools import dependencies, reference
from tools.pages.filters import EXAMPLES


def test_the_generated_pages_are_current() -> None:
    assert reference.stale() == [], "run `uv run python -m tools.reference`"


def test_every_filter_has_an_example_that_is_about_it() -> None:
    known = {name for vendor in wiring.vendors().values() for name in vendor.filters}

    assert set(EXAMPLES) == {*filters.shipped(), *known}
    assert [name for name, one in EXAMPLES.items() if f"| {name}" not in one] == []


def test_every_dependency_stands_in_the_table_with_its_decision() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = project["dependency-groups"]
    said = [*project["project"]["dependencies"], *groups["dev"], *groups["sdk"]]
    wanted = {re.split(r"[<>=;\[ ]", one)[0] for one in said}

    rows = re.findall(r"^\| `([\w-]+)` \|", dependencies.PAGE.read_text(), re.MULTILINE)

    assert set(rows) == set(dependencies.USES) == wanted
