"""How a call came out that changes something: read from its run, once or until it has ended."""

from http import HTTPStatus
from typing import Any

import msgspec
from starlette.responses import Response

from dragoman.engine.direct import STEP, TRIGGER
from dragoman.engine.events import Event
from dragoman.engine.events import read as read_event
from dragoman.engine.runs import LIVE, RunRow, RunState, Step, read_run, read_step
from dragoman.kernel import jsons
from dragoman.kernel.clock import iso
from dragoman.web import problems
from dragoman.web.states import Reads
from dragoman.wiring import Parts

_FIRST_LOOK, _LAST_LOOK = 0.01, 0.25
"""Seconds between two looks at a run; the longer it takes, the rarer they are."""


class Outcome(msgspec.Struct, frozen=True):
    """What came of a call."""

    operation: str
    connection: str = ""
    run: str = ""
    """The run that makes the call; empty where it only reads."""
    state: RunState = "done"
    reason: str = ""
    """Why it waits, or why it was stopped."""
    output: Any = None
    trace: str = ""
    """The vendor's own id of the call."""


class File(Outcome, frozen=True):
    """What came of asking for a file, with its bytes."""

    content: bytes = b""


class Move(msgspec.Struct, frozen=True):
    """A recorded step of a run, without what went in and came out."""

    step: str
    kind: str
    state: str
    operation: str
    connection: str
    attempts: int
    reason: str
    trace: str


class Told(Outcome, frozen=True):
    """A run as it stands. Of one that a flow began there is no operation and no output."""

    flow: str = ""
    version: str = ""
    event: str = ""
    wake_at: str | None = None
    """When it goes on, if it waits."""
    created_at: str = ""
    updated_at: str = ""
    steps: list[Move] = []


class Account(msgspec.Struct, frozen=True):
    """A run, with all that belongs to it."""

    row: RunRow
    event: Event
    steps: list[Step]

    @property
    def outcome(self) -> Outcome:
        """Of a run that a call was made for."""
        asked = self.event.type == TRIGGER
        last = next((one for one in self.steps if asked and one.step == STEP), None)
        done = last is not None and last.state == "done"
        return Outcome(
            operation=str(self.event.data["operation"]) if asked else "",
            connection=self.event.connection,
            run=self.row.id,
            state=self.row.state,
            reason=self.row.reason.removeprefix(f"{STEP}: "),
            output=last.output if last is not None and done else None,
            trace=last.trace if last is not None else "",
        )


async def find(store: Reads, run: str) -> Account | None:
    """A run by its whole id."""
    row = await _row(store, run)
    if row is None:
        return None
    (event,) = [
        one
        for one in map(read_event, await store.read("events.get", {"id": row.event}))
        if one.id == row.event
    ]
    steps = await store.read("steps.of_run", {"run": row.id})
    return Account(row, event, [read_step(one) for one in steps])


def document(found: Account, *, whole: bool) -> Told:
    """A run for programs; `whole` says whether they may see what came out of a call."""
    outcome = found.outcome
    row = found.row
    return Told(
        **{
            **msgspec.structs.asdict(outcome),
            "output": outcome.output if whole else None,
        },
        flow=row.flow,
        version=row.version,
        event=row.event,
        wake_at=None if row.wake_at is None else iso(row.wake_at),
        created_at=iso(row.created_at),
        updated_at=iso(row.updated_at),
        steps=[msgspec.convert(one, Move, from_attributes=True) for one in found.steps],
    )


async def ended(parts: Parts, run: str, seconds: float) -> None:
    """Wait until a run has ended or stopped, so many seconds at most, or until the service ends."""
    clock = parts.journal.clock
    until, pause = clock.ticks() + seconds, _FIRST_LOOK
    while not parts.service.stopping:
        row = await _row(parts.journal.store, run)
        left = until - clock.ticks()
        if row is None or row.state not in LIVE or left <= 0:
            return
        await clock.sleep(min(pause, left))
        pause = min(pause * 2, _LAST_LOOK)


async def _row(store: Reads, run: str) -> RunRow | None:
    found = map(read_run, await store.read("runs.get", {"id": run})) if run.isascii() else ()
    return next((one for one in found if one.id == run), None)


def response(outcome: Outcome, headers: dict[str, str]) -> Response:
    """200 with what was done, 202 while it is not done yet, a problem where it was not."""
    if outcome.state in LIVE:
        return _document(outcome, HTTPStatus.ACCEPTED, headers)
    if outcome.state == "done":
        return _document(outcome, HTTPStatus.OK, headers)
    stopped = outcome.state in {"dead", "uncertain"}
    status = HTTPStatus.FAILED_DEPENDENCY if stopped else HTTPStatus.CONFLICT
    more: dict[str, object] = {
        "code": f"run_{outcome.state}",
        "fix": _WAYS.get(outcome.state, "") + f"`dragoman runs show {outcome.run}` tells all",
        "run": outcome.run,
        "state": outcome.state,
        "trace": outcome.trace,
    }
    return problems.response(status, outcome.reason or _STATES[outcome.state], more, headers)


_WAYS = {
    "dead": "mend it and ask again, under a new Idempotency-Key; ",
    "uncertain": "see at the vendor whether it happened before you ask again; ",
}
_STATES = {
    "dead": "it failed",
    "uncertain": "nobody can tell whether it happened",
    "skipped": "it was not done",
    "cancelled": "it was cancelled",
}


def _document(outcome: Outcome, status: HTTPStatus, headers: dict[str, str]) -> Response:
    return Response(jsons.encode(outcome), status.value, headers, "application/json")
