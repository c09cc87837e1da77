"""What `import dragoman` brings, and that its calls can name every input."""

import subprocess
import sys

import pytest

import dragoman
from tests.catalog.shipped import OPERATIONS


def test_no_operation_has_an_input_that_python_takes_for_another() -> None:
    taken = {"connection"}
    files = {"connection", "force"}

    wrong = [one.id for one in OPERATIONS if taken & one.input.keys()]
    wrong += [one.id for one in OPERATIONS if one.answer == "bytes" and files & one.input.keys()]

    assert wrong == []


def test_importing_dragoman_imports_next_to_nothing() -> None:
    script = (
        "import sys; before = set(sys.modules); import dragoman; print(*set(sys.modules) - before)"
    )
    ran = subprocess.run(  # noqa: S603  # our own
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    heavy = {"aiohttp", "apsw", "msgspec", "starlette", "yaml", "dragoman.api", "asyncio"}
    assert not heavy & set(ran.stdout.split())
    assert callable(dragoman.open)
    with pytest.raises(AttributeError, match="openn"):
        _ = dragoman.openn
