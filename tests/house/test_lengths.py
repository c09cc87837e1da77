"""A file is one idea: none is over 400 lines, and the long ones say why they are."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
LONG, TOO_LONG = 250, 400

REASONS = {
    "src/dragoman/engine/calls.py": "one state machine: intent, outcome, and all ways between",
    "src/dragoman/catalog/catalogue.py": "the one walker, from YAML entries to what they mean",
    "src/dragoman/catalog/entries.py": "all that an entry may say, each field with its sentence",
    "src/dragoman/store/sqlite.py": "one class, and the rule of each kind of failure beside it",
    "src/dragoman/engine/polling.py": "one loop a source: ask, keep, move the cursor, back off",
    "src/dragoman/wiring.py": "the one place where everything is built",
    "tests/flows/malformed.py": "a table: each wrong flow file with its place, message and way out",
    "tests/catalog/test_malformed.py": "a table: each wrong entry with the word that tells why",
    "tests/catalog/test_entries.py": "every part of an entry, as it is written and as it is read",
    "tests/catalog/test_refusals.py": "every way in which input can be wrong",
    "tests/catalog/test_hostile_pages.py": "a vendor a test, each wrong in its own way",
    "tests/simulator/test_faults.py": "every fault, proved on a real socket",
    "tests/simulator/test_highlevel_contacts.py": "every quirk of contacts",
    "tests/vendors/test_highlevel_answers.py": "a table: every way HighLevel says no",
    "tests/engine/test_tour.py": "two flows, as long as there are operations",
    "tests/engine/rig.py": "the whole stage of the stories in virtual time",
}


def _files() -> list[Path]:
    folders = ("src", "tests", "benchmarks", "tools")
    return [path for folder in folders for path in (ROOT / folder).rglob("*.py")]


@pytest.mark.parametrize("path", _files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_is_long_without_a_reason(path: Path) -> None:
    lines = len(path.read_text().splitlines())

    assert lines <= TOO_LONG
    assert lines <= LONG or REASONS.get(str(path.relative_to(ROOT))), f"{lines} lines: why?"
