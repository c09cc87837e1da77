"""How long a command takes to begin: processes of their own, beside an empty interpreter.

    uv run python -m benchmarks.startup [--json]

`import dragoman` may take 100 ms and `dragoman catalog list` 400 ms above `python -c pass`. Also:
how long it takes to read the catalogue, to build and check one request, and what is held.
"""

import os
import resource
import statistics
import subprocess
import sys
import time
import tracemalloc
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.report import show
from dragoman import library
from dragoman.catalog.building import Builder

ROUNDS = 9
# Byte code is kept, as it is wherever nobody forbids it.
USUAL = {name: one for name, one in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
COMMANDS = {
    "pass": ["-c", "pass"],
    "import": ["-c", "import dragoman"],
    "list": ["-m", "dragoman", "catalog", "list"],
    "search": ["-m", "dragoman", "catalog", "search", "send", "message"],
}
REQUESTS: dict[str, dict[str, Any]] = {
    "highlevel.messages.send": {"type": "SMS", "contactId": "ab12", "message": "Hello!"},
    "highlevel.contacts.upsert": {"email": "bo@example.com", "firstName": "Bo", "tags": ["new"]},
    "acton.records.upsert": {
        "listid": "l-0042",
        "email": "bo@example.com",
        "record": {"First Name": "Bo"},
    },
}
FACTS = {"location_id": "ve9EPM428h8vShlRW1KT", "account_id": "1234"}
TIMES = 5_000


def _took(arguments: list[str]) -> tuple[float, float]:
    """Milliseconds of a process, by the clock and of the processor."""
    begun, used = time.perf_counter(), _children()
    command = [sys.executable, *arguments]
    subprocess.run(command, check=True, capture_output=True, env=USUAL)  # noqa: S603  # it is ours
    return (time.perf_counter() - begun) * 1000, (_children() - used) * 1000


def _children() -> float:
    """CPU seconds of the processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def processes() -> dict[str, float]:
    """The medians of interleaved runs, above that of an empty interpreter, in milliseconds."""
    for arguments in COMMANDS.values():
        _took(arguments)  # the index and the byte code are made
    runs = [{name: _took(arguments) for name, arguments in COMMANDS.items()} for _ in range(ROUNDS)]
    wall, cpu = (
        {name: statistics.median(run[name][kind] for run in runs) for name in COMMANDS}
        for kind in (0, 1)
    )
    found = {f"{name}_ms": wall[name] - wall["pass"] for name in COMMANDS if name != "pass"}
    steadier = {"list_cpu_ms": cpu["list"] - cpu["pass"]}
    return {"pass_ms": wall["pass"], **found, **steadier}


def reading() -> dict[str, float]:
    """Milliseconds to read the catalogue from its index and from its files, and what it holds."""
    with TemporaryDirectory() as folder:
        cache = Path(folder)
        begun = time.perf_counter()
        library.catalogue(cache=cache)
        files = time.perf_counter() - begun
        begun = time.perf_counter()
        library.catalogue(cache=cache)
        index = time.perf_counter() - begun
        tracemalloc.start()
        kept = library.catalogue(cache=cache)
        held, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    count = len(kept.operations) + len(kept.triggers)
    return {
        "entries": count,
        "files_ms": files * 1000,
        "index_ms": index * 1000,
        "megabytes": held / 1e6,
    }


def building() -> dict[str, float]:
    """Microseconds to check an input and build its request: the slowest of a few usual ones."""
    entries, slowest = library.catalogue(), 0.0
    for name, given in REQUESTS.items():
        builder = Builder(entries.operation(name))
        rounds = []
        for _ in range(ROUNDS):
            begun = time.perf_counter()
            for _ in range(TIMES):
                builder.build(builder.complete(given, FACTS))
            rounds.append((time.perf_counter() - begun) / TIMES)
        slowest = max(slowest, statistics.median(rounds))
    return {"request_us": slowest * 1e6}


def main() -> None:
    ours = {**processes(), **reading(), **building()}
    bound = {"import_ms": 100.0, "list_ms": 400.0, "megabytes": 40.0, "request_us": 50.0}
    show("startup", "list_ms", [ours], [bound])


if __name__ == "__main__":
    main()
