"""Real commands: in this process where that says as much, as processes of their own where not."""

import asyncio
import json
import os
import queue
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import aiohttp
import pytest

from dragoman.cli import main, terminal

# looptime asks for the current event loop before a sync test. Where none was ever set, asyncio
# makes one that nobody closes, and its warning fails whichever test comes next.
asyncio.set_event_loop(None)

DEADLINE = 20.0
_Found = TypeVar("_Found")


@dataclass(frozen=True)
class Result:
    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Cli = Callable[..., Result]


def until(look: Callable[[], _Found | None], deadline: float = DEADLINE) -> _Found:
    """Look again and again until something is there."""
    pause, left = threading.Event(), deadline
    while left > 0:
        found = look()
        if found:
            return found
        pause.wait(0.05)
        left -= 0.05
    raise AssertionError("it did not come to be")


def aside(work: Callable[[], _Found]) -> _Found:
    """Do it in a thread of its own: a command runs its own loop, and pytest's plugins another."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result()


class Process:
    """A command that goes on; its output is read as it comes."""

    def __init__(self, *arguments: str, cwd: Path, environment: dict[str, str]) -> None:
        self.lines: list[str] = []
        self._fresh: queue.Queue[str | None] = queue.Queue()
        self.process = subprocess.Popen(  # noqa: S603  # our own command
            [sys.executable, "-m", "dragoman", *arguments],
            cwd=cwd,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def line(self, pattern: str) -> re.Match[str]:
        """Wait for a line of output."""
        while True:
            line = self._fresh.get(timeout=DEADLINE)
            assert line is not None, f"it ended:\n{self.text}"
            found = re.search(pattern, line)
            if found:
                return found

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Send a signal, and wait for the end; the exit status."""
        self.process.send_signal(number)
        return self.ended()

    def ended(self) -> int:
        status = self.process.wait(DEADLINE)
        self._reader.join(DEADLINE)
        return status

    @property
    def text(self) -> str:
        return "".join(self.lines)

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.ended()
        assert self.process.stdout is not None
        self.process.stdout.close()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line)
            self._fresh.put(line)
        self._fresh.put(None)


@dataclass(frozen=True)
class Simulator:
    control: str

    async def _ask(self, method: str, path: str, body: Any = None) -> Any:
        async with (
            aiohttp.ClientSession() as session,
            session.request(method, self.control + path, json=body) as answer,
        ):
            return await answer.json()

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        return aside(lambda: asyncio.run(self._ask(method, path, body)))

    def add_contact(self, **contact: str) -> None:
        self.ask("POST", "/control/acton/lists/l-0042/contacts", contact)


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """As wide as where nobody looks: pytest's own workers would say how wide they are."""
    monkeypatch.setenv("COLUMNS", "160")


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """As a shell would hand it on, with a master key of the test's own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DRAGOMAN_")}  # noqa: TID251
    return kept | {"DRAGOMAN_MASTER_KEY_FILE": str(tmp_path / "keys" / "master.key")}


@pytest.fixture
def cli(
    environment: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> Cli:
    """Run a command in this process."""
    for name in [one for one in os.environ if one.startswith("DRAGOMAN_")]:  # noqa: TID251
        monkeypatch.delenv(name)
    monkeypatch.setenv("DRAGOMAN_MASTER_KEY_FILE", environment["DRAGOMAN_MASTER_KEY_FILE"])

    def run(*arguments: object) -> Result:
        capfd.readouterr()
        terminal.out.cache_clear()
        terminal.err.cache_clear()
        status = aside(lambda: main([str(one) for one in arguments]))
        return Result(status, *capfd.readouterr())

    return run


@pytest.fixture
def start(tmp_path: Path, environment: dict[str, str]) -> Iterator[Callable[..., Process]]:
    """Start commands that go on; they end with the test."""
    started: list[Process] = []

    def begin(*arguments: object, cwd: Path = tmp_path) -> Process:
        words = [str(one) for one in arguments]
        started.append(Process(*words, cwd=cwd, environment=environment))
        return started[-1]

    yield begin
    for process in started:
        process.close()


@pytest.fixture(scope="session")
def simulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    """`dragoman simulate`, on ports that were free."""
    folder = tmp_path_factory.mktemp("simulator")
    ports = [word for name in ("control", "highlevel", "acton") for word in (f"--{name}-port", "0")]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DRAGOMAN_")}  # noqa: TID251
    process = Process("simulate", *ports, cwd=folder, environment=kept)
    yield Simulator(process.line(r"control page\s+(http://\S+)").group(1))
    assert process.stop() == 0
    process.close()


@pytest.fixture
def shop(tmp_path: Path, cli: Cli, simulator: Simulator) -> Path:
    """A workspace whose accounts are pretended."""
    folder = tmp_path / "shop"
    assert cli("init", folder, "--simulator", simulator.control).status == 0
    return folder


@pytest.fixture
def bare(tmp_path: Path, cli: Cli) -> Path:
    """A workspace as `init` makes it for real accounts."""
    folder = tmp_path / "bare"
    assert cli("init", folder).status == 0
    return folder
