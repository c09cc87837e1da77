"""Pins every dependency: `[tool.uv] constraint-dependencies`, and `requirements.txt` with hashes.

`uv run python -m tools.pins` writes both from what uv resolves; `--check` only compares. `uv.lock`
is not kept, because it names the host that each file came from.
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
PROJECT = ROOT / "pyproject.toml"
REQUIREMENTS = ROOT / "requirements.txt"
_LIST = re.compile(r"^constraint-dependencies = \[.*?\]$", re.MULTILINE | re.DOTALL)
_HEAD = "# Every dependency with its hashes; made by `uv run python -m tools.pins`.\n"


def export(*options: str) -> str:
    """What uv resolves, as a requirements file without index addresses."""
    command = ["uv", "export", "--quiet", "--no-header", "--no-annotate", "--no-emit-project"]
    done = subprocess.run(  # noqa: S603  # the command is ours
        [*command, "--all-groups", *options], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return done.stdout


def pinned() -> tuple[str, str]:
    """The project file and the requirements file as they should be."""
    names = sorted(
        line.partition(" ;")[0].strip()
        for line in export("--no-hashes").splitlines()
        if line and not line.startswith((" ", "#"))
    )
    lines = "".join(f'  "{name}",\n' for name in names)
    project = _LIST.sub(f"constraint-dependencies = [\n{lines}]", PROJECT.read_text(), count=1)
    return project, _HEAD + export()


def main() -> int:
    project, requirements = pinned()
    if "--check" in sys.argv:
        current = PROJECT.read_text() == project
        current = current and REQUIREMENTS.exists() and REQUIREMENTS.read_text() == requirements
        if not current:
            print("the pins are not current: run `uv run python -m tools.pins`")
        return 0 if current else 1
    PROJECT.write_text(project)
    REQUIREMENTS.write_text(requirements)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
