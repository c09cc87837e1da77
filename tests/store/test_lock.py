"""One process owns a workspace folder at a time."""

import subprocess
import sys
from pathlib import Path

import pytest

from dragoman.kernel.errors import DefinitionError
from dragoman.store.lock import FolderLock

HOLD = """
import sys
from pathlib import Path
from dragoman.store.lock import FolderLock
lock = FolderLock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def lock_file(tmp_path: Path) -> Path:
    return tmp_path / ".dragoman" / "lock"


def test_a_held_folder_is_refused_and_named(lock_file: Path) -> None:
    lock = FolderLock(lock_file)

    with pytest.raises(DefinitionError, match=str(lock_file.parent.parent)):
        FolderLock(lock_file)

    lock.release()


def test_a_released_folder_can_be_taken_again(lock_file: Path) -> None:
    for _ in range(3):
        FolderLock(lock_file).release()

    assert lock_file.stat().st_mode & 0o077 == 0


def test_a_killed_process_leaves_no_lock_behind(lock_file: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(lock_file)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as other:  # noqa: S603  # our own interpreter
        assert other.stdout
        assert other.stdout.readline() == "held\n"
        with pytest.raises(DefinitionError):
            FolderLock(lock_file)
        other.kill()

    FolderLock(lock_file).release()
