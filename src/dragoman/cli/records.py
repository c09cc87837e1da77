"""Events and runs as they are stored, found by the beginning of an id."""

from typing import Any

import msgspec

from dragoman.cli import masking
from dragoman.engine.events import Event
from dragoman.engine.events import read as read_event
from dragoman.engine.runs import RunRow, Step, read_run, read_step
from dragoman.kernel.clock import Millis
from dragoman.kernel.errors import DefinitionError
from dragoman.store.port import Row
from dragoman.web.states import Reads


class Try(msgspec.Struct, frozen=True):
    """A try of a step that did not end well."""

    step: str
    number: int
    at: Millis
    code: str
    message: str
    trace: str


class History(msgspec.Struct, frozen=True):
    """Everything that is stored of one run."""

    run: RunRow
    event: Event
    steps: list[Step]
    tries: list[Try]
    disconnected: list[str]
    """Connections of its steps that a person must reconnect."""
    text: str
    """Its flow, in the version that it runs."""


def person(subject: str, event_id: str, *, reveal: bool = False) -> str:
    """Who something is about; nothing of a call by hand, whose subject is only its own id.

    Act-On knows some people by nothing but their address, which is hidden like any other.
    """
    if subject == event_id:
        return ""
    kind, slash, name = subject.partition("/")
    return subject if reveal else kind + slash + masking.words(name)


async def event(store: Reads, said: str) -> Event:
    """Find one event.

    Raises:
        DefinitionError: there is none, or there are several.
    """
    return read_event(_only("event", said, await _found(store, "events.get", said)))


async def run(store: Reads, said: str) -> RunRow:
    """Find one run.

    Raises:
        DefinitionError: there is none, or there are several.
    """
    return read_run(_only("run", said, await _found(store, "runs.get", said)))


async def runs_of(store: Reads, event_id: str) -> list[RunRow]:
    asked = {"flow": "", "state": "", "event": event_id, "limit": 1000}
    return [read_run(row) for row in await store.read("runs.list", asked)]


async def history(store: Reads, said: str) -> History:
    """Find one run, with all that belongs to it; see `run`."""
    row = await run(store, said)
    of_run = {"run": row.id}
    steps = [read_step(one) for one in await store.read("steps.of_run", of_run)]
    tries = [Try(*one[:6]) for one in await store.read("attempts.of_run", of_run)]
    connected = {
        name for name, _, _, state, *_ in await store.read("credentials.all") if state != _LOST
    }
    texts = {version: text for version, _, _, text, _ in await store.read("versions.all")}
    used = dict.fromkeys(step.connection for step in steps if step.connection)
    return History(
        run=row,
        event=await event(store, row.event),
        steps=steps,
        tries=tries,
        disconnected=[name for name in used if name not in connected],
        text=texts.get(row.version, ""),
    )


_LOST = "needs-reauthorization"


async def _found(store: Reads, query: str, said: str) -> list[Row]:
    # Ids are letters, digits and hyphens: nothing else begins one.
    return await store.read(query, {"id": said.lower()}) if said.isascii() and said else []


def _only(what: str, said: str, rows: list[Row]) -> Any:
    listing = f"`dragoman {what}s list` shows them"
    if not rows:
        raise DefinitionError(f"there is no {what} {said!r}", fix=listing)
    exact = [row for row in rows if said in row]
    if len(rows) > 1 and not exact:
        raise DefinitionError(f"several {what}s begin with {said!r}", fix="type more of the id")
    return (exact or rows)[0]
