"""Writes the pages that are derived from the code: `uv run python -m tools.reference [--check]`."""

import sys
from collections.abc import Container
from pathlib import Path

from tools import pages

ROOT = Path(__file__).parent.parent


DERIVED = ("docs/reference/operations", "docs/reference/triggers")
"""Folders in which nothing else lies."""


def stale() -> list[str]:
    """The pages that are not what the code says, and those that it does not speak of any more."""
    due = pages.every()
    return [path for path, text in due.items() if _there(path) != text] + _left_over(due)


def _left_over(due: Container[str]) -> list[str]:
    there = [path for folder in DERIVED for path in sorted((ROOT / folder).rglob("*.md"))]
    return [one for path in there if (one := path.relative_to(ROOT).as_posix()) not in due]


def _there(path: str) -> str:
    place = ROOT / path
    return place.read_text() if place.exists() else ""


def main() -> int:
    found = stale()
    if "--check" in sys.argv:
        print("\n".join(f"{path} is not current" for path in found) or "all pages are current")
        return 1 if found else 0
    due = pages.every()
    for path in _left_over(due):
        (ROOT / path).unlink()
    for path, text in due.items():
        place = ROOT / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
        print(f"{'written' if path in found else 'kept':<8} {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
