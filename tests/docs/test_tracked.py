"""What is kept names no registry and no path of a machine: it must mean the same everywhere."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.docs.pages import ROOT

# Put together here, so that this file does not hold what it looks for.
REGISTRIES = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("crates", "io"),
        ("docker", "io"),
        ("ghcr", "io"),
        ("jsdelivr", "net"),
        ("cloudflare", "com"),
    )
]
_PATH = re.compile(r"(?<![\w.$}/-])/(?:root|home|work|Users|mnt)/\w")


def tracked() -> list[Path]:
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("this is no clone, so nobody can tell which files are kept")
    listed = subprocess.run(  # noqa: S603  # git
        [git, "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return [ROOT / one for one in listed.split("\0") if one and (ROOT / one).is_file()]


def test_no_file_names_a_registry_or_a_path_of_a_machine() -> None:
    found = []
    for file in tracked():
        text = file.read_bytes().decode(errors="replace")
        said = [one for one in REGISTRIES if one in text]
        said += [one.group() for one in _PATH.finditer(text)]
        found += [f"{file.relative_to(ROOT)}: {one}" for one in said]

    assert found == []
