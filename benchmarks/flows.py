"""From an event to a flow of three HTTP steps, done and journalled: flows/s, CPU, bytes.

The bound does what cannot be left out, with nothing around it: the same HTTP client makes the same
three requests to the same stub, and a bare group commit writes one row for the event and one after
each answer. Ours and the bound take turns in one run; the ratio is of the medians.
"""

import asyncio
import queue
import sys
import tempfile
import threading
import time
from pathlib import Path

import apsw
import msgspec
import uvloop

from benchmarks.report import cpu_seconds, quiet, show
from benchmarks.stub import stub
from dragoman import wiring
from dragoman.catalog.vendors import Credentials
from dragoman.catalog.wire import Request
from dragoman.engine.events import Event
from dragoman.flows.reading import read
from dragoman.http.client import Client
from dragoman.kernel.chance import SystemChance
from dragoman.kernel.clock import SystemClock
from dragoman.kernel.secret import Secret
from dragoman.settings import Settings
from dragoman.vault import keyfile

ROUNDS = 5
FLOWS = 3000
IN_FLIGHT = 64
CHUNK = 100

WORKSPACE = """
workspace: benchmark
connections:
  main:
    vendor: highlevel
    environment: sandbox
    location_id: ve9EPM428h8vShlRW1KT
    base_url: "{base_url}"
    limits: {{burst: 1000000, interval: 10, daily: 100000000, reserve: 0}}
  marketing: {{vendor: acton, environment: sandbox, account_id: "1", base_url: "{base_url}"}}
"""
FLOW = """
flow: three-steps
on: acton.contact.added
with: {list: l-0042}
where: event.data.email
steps:
  - id: contact
    call: highlevel.contacts.upsert
    input:
      email: "{{ event.data.email }}"
      phone: "{{ event.data.phone | phone('US') }}"
      firstName: "{{ event.data.first_name }}"
  - id: tag
    call: highlevel.contacts.add_tags
    input:
      contactId: "{{ steps.contact.contact.id }}"
      tags: ["welcomed {{ event.data.first_name }}"]
  - id: again
    call: highlevel.contacts.upsert
    input:
      email: "{{ steps.contact.contact.email }}"
      source: Act-On
"""


def event(number: int) -> Event:
    data = {
        "list_id": "l-0042",
        "record_id": f"l-0042:{number:x}",
        "created_at": number,
        "email": f"bo{number}@example.com",
        "first_name": "Bo",
        "phone": "(415) 555-0100",
        "fields": {"E-mail Address": f"bo{number}@example.com", "First Name": "Bo"},
    }
    return Event(
        id=f"event-{number}",
        type="acton.contact.added",
        source="/acton/1",
        subject=f"contact/{number}",
        time=number,
        connection="marketing",
        environment="sandbox",
        via="poll",
        data=data,
        received_at=number,
    )


async def ours(folder: Path, base_url: str) -> dict[str, float]:
    """Dragoman as it is: real store, real client, real journal; only polling is left out."""
    (folder / "dragoman.yaml").write_text(WORKSPACE.format(base_url=base_url))
    key = folder / "master.key"
    keyfile.create(key, SystemChance())
    settings = Settings(master_key_file=str(key), in_flight=IN_FLIGHT, poll_every=3600)
    events = [event(number) for number in range(FLOWS)]
    finish = Finish(FLOWS)
    outside = wiring.Rims(SystemClock(), SystemChance(), Client(), finish)
    async with wiring.opened(folder, settings, outside) as parts:
        token = Credentials("pit", Secret("pit-benchmark"), Secret(""))
        await parts.custodian.store("main", token)
        await parts.service.arm(read(FLOW, "three-steps.yaml", parts.world))
        service = asyncio.create_task(parts.service.run())
        await asyncio.sleep(0.2)
        started, cpu = time.perf_counter(), cpu_seconds()
        for start in range(0, FLOWS, CHUNK):
            chunk = [one.add() for one in events[start : start + CHUNK]]
            await parts.journal.write(chunk)
            parts.service.notice()
        await finish.reached.wait()
        seconds, used = time.perf_counter() - started, cpu_seconds() - cpu
        parts.service.stop()
        await service
    return _figures(seconds, used, _bytes(folder / ".dragoman" / "dragoman.db"))


class Finish:
    """Counts finished runs as they are told, for asking the database would cost, too."""

    def __init__(self, expected: int) -> None:
        self._left = expected
        self.reached = asyncio.Event()

    def reach(self, name: str) -> None:
        if name == "run.finished":
            self._left -= 1
            if self._left == 0:
                self.reached.set()


class BareCommits:
    """The least that a group commit can be."""

    def __init__(self, path: Path) -> None:
        self._connection = apsw.Connection(str(path))
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.execute("CREATE TABLE rows (seq INTEGER PRIMARY KEY, row BLOB)")
        self._queue: queue.SimpleQueue[tuple[bytes, asyncio.Future[None]] | None] = (
            queue.SimpleQueue()
        )
        self._loop = asyncio.get_running_loop()
        self._thread = threading.Thread(target=self._work)
        self._thread.start()

    async def write(self, row: bytes) -> None:
        done: asyncio.Future[None] = self._loop.create_future()
        self._queue.put((row, done))
        await done

    def close(self) -> None:
        self._queue.put(None)
        self._thread.join()
        self._connection.close()

    def _work(self) -> None:
        while (first := self._queue.get()) is not None:
            batch = [first]
            while not self._queue.empty() and (more := self._queue.get()) is not None:
                batch.append(more)
            with self._connection:
                self._connection.executemany(
                    "INSERT INTO rows (row) VALUES (?)", [(row,) for row, _ in batch]
                )
            self._loop.call_soon_threadsafe(_wake, [done for _, done in batch])


def _wake(waiting: list[asyncio.Future[None]]) -> None:
    for one in waiting:
        one.set_result(None)


async def bound(folder: Path, base_url: str) -> dict[str, float]:
    """The same requests and one row a fact, with nothing around them."""
    commits = BareCommits(folder / "bare.db")
    client = Client()
    rows = [msgspec.json.encode(event(number).data) for number in range(FLOWS)]
    flows = iter(rows)

    async def worker() -> None:
        headers = {"Authorization": "Bearer pit-benchmark", "Content-Type": "application/json"}
        for row in flows:
            await commits.write(row)
            for path in ("/contacts/upsert", "/contacts/1/tags", "/contacts/upsert"):
                answer = await client.send(base_url, Request("POST", path, (), headers, row))
                await commits.write(answer.body)

    started, cpu = time.perf_counter(), cpu_seconds()
    async with asyncio.TaskGroup() as group:
        for _ in range(IN_FLIGHT):
            group.create_task(worker())
    seconds, used = time.perf_counter() - started, cpu_seconds() - cpu
    commits.close()
    await client.close()
    return _figures(seconds, used, _bytes(folder / "bare.db"))


def _figures(seconds: float, cpu: float, size: int) -> dict[str, float]:
    return {
        "flows_per_second": round(FLOWS / seconds, 1),
        "cpu_ms_per_flow": round(cpu * 1000 / FLOWS, 3),
        "bytes_per_flow": round(size / FLOWS),
    }


def _bytes(path: Path) -> int:
    """The file's size once the log is folded in."""
    connection = apsw.Connection(str(path))
    connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
    connection.close()
    return path.stat().st_size


def measure(what: str, base_url: str) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        work = ours if what == "ours" else bound
        return uvloop.run(work(Path(folder), base_url))


def main() -> None:
    runs: dict[str, list[dict[str, float]]] = {"bound": [], "ours": []}
    quiet()
    wiring.tune()  # as `serve` does; the bound has the same
    with stub() as base_url:
        for _ in range(ROUNDS):
            for what, figures in runs.items():
                figures.append(measure(what, base_url))
                print(what, figures[-1], file=sys.stderr)
    show("flows", "flows_per_second", runs["ours"], runs["bound"])


if __name__ == "__main__":
    main()
