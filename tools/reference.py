"""Writes the pages that are derived from the code: `uv run python -m tools.reference [--check]`."""

import sys
from pathlib import Path

from tools import pages

ROOT = Path(__file__).parent.parent


def stale() -> list[str]:
    """The pages that are not what the code says."""
    return [path for path, text in pages.every().items() if _there(path) != text]


def _there(path: str) -> str:
    place = ROOT / path
    return place.read_text() if place.exists() else ""


def main() -> int:
    found = stale()
    if "--check" in sys.argv:
        print("\n".join(f"{path} is not current" for path in found) or "all pages are current")
        return 1 if found else 0
    for path, text in pages.every().items():
        place = ROOT / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
        print(f"{'written' if path in found else 'kept':<8} {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
