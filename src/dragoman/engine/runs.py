"""One flow version for one event, as it is held in memory while it is worked on."""

from typing import Any, Literal

import msgspec

from dragoman.engine.events import Event
from dragoman.flows.flow import Flow
from dragoman.flows.moves import Recorded, View
from dragoman.kernel import jsons
from dragoman.kernel.clock import Millis
from dragoman.store.port import Row, Statement

RunState = Literal["running", "waiting", "uncertain", "dead", "done", "skipped", "cancelled"]
StepState = Literal["waiting", "intent", "lost", "done", "failed", "skipped", "uncertain"]
"""Open: `waiting` (to be tried), `intent` (under way), `lost` (tried, and nobody knows yet whether
it happened). The others are outcomes and never change."""

LIVE = frozenset({"running", "waiting"})


class Step(msgspec.Struct):
    """A recorded move. Of a call: its intent, then its outcome over it."""

    run: str
    step: str
    position: int
    kind: str
    """`call`, `part` (of a composite), `when`, `map`, `wait`, `stop`."""
    state: StepState
    started_at: Millis
    tried_at: Millis
    """When the last try began."""
    operation: str = ""
    connection: str = ""
    request: str = ""
    """Hash of the input: the same step never sends something else under the same name."""
    attempts: int = 0
    """Tries that counted: a vendor that says wait takes none."""
    lost: int = 0
    """Tries of which nobody knows whether they happened."""
    input: Any = None
    output: Any = None
    reason: str = ""
    identity: str | None = None
    """The vendor's id of what was created."""
    trace: str = ""
    finished_at: Millis | None = None

    lost_at: float | None = None
    """When it was lost, in ticks of this process: a wall clock may jump."""
    stored: bool = False
    """Whether it has been written; what it is and what went in does not change after that."""

    def put(self) -> Statement:
        """The statement that records it as it stands."""
        values = {
            "run": self.run,
            "step": self.step,
            "state": self.state,
            "attempts": self.attempts,
            "lost": self.lost,
            "output": None if self.output is None else jsons.text(self.output),
            "reason": self.reason,
            "identity": self.identity,
            "trace": self.trace,
            "tried_at": self.tried_at,
            "finished_at": self.finished_at,
        }
        if self.stored:
            return Statement("steps.close", values)
        self.stored = True
        values["position"] = self.position
        values["kind"] = self.kind
        values["operation"] = self.operation
        values["connection"] = self.connection
        values["request"] = self.request
        values["input"] = None if self.input is None else jsons.text(self.input)
        values["started_at"] = self.started_at
        return Statement("steps.put", values)

    @property
    def recorded(self) -> Recorded | None:
        """How it came out, for the flow; None while it is open."""
        match self.state:
            case "done":
                return Recorded("done", self.output)
            case "failed":
                return Recorded("failed", None, self.reason)
            case "skipped":
                return Recorded("skipped", None, self.reason)
            case _:
                return None


class RunRow(msgspec.Struct, frozen=True):
    """A run as it is stored."""

    id: str
    event: str
    seq: int
    flow: str
    version: str
    subject: str
    state: RunState
    reason: str
    wake_at: Millis | None
    retry_of: str | None
    created_at: Millis
    updated_at: Millis


class Run:
    """A run under way."""

    def __init__(self, row: RunRow, flow: Flow, event: Event, view: View) -> None:
        self.id = row.id
        self.row = row
        self.flow = flow
        self.event = event
        self.view = view
        self.steps: dict[str, Step] = {}
        self.pending: list[Statement] = []
        """Recorded in memory, on disk with the next write; see `Journal.flush`."""
        self.wake_at: Millis | None = None
        """Not before this moment; set on a run that was waiting when the service started."""
        self.recovered = False
        """Whether another process began it: then a read, too, writes its intent first."""

    @property
    def lane(self) -> str:
        return lane(self.row.subject)

    def begin(self, name: str, kind: str, now: Millis) -> Step:
        """The next step, yet to be carried out and recorded."""
        position = len(self.steps) + 1
        return Step(self.id, name, position, kind, "waiting", started_at=now, tried_at=now)

    def keep(self, step: Step) -> None:
        """Take a step in, and let the flow see how it came out."""
        self.steps[step.step] = step
        recorded = step.recorded
        if recorded is not None and step.kind != "part":
            self.view.steps[step.step] = recorded

    def note(self, step: Step) -> None:
        """Take a step in, to be stored with the next write."""
        self.keep(step)
        self.pending.append(step.put())


def lane(subject: str) -> str:
    """Runs of one lane keep the order of their events."""
    return subject


def read_run(row: Row) -> RunRow:
    return RunRow(*row)


_COLUMNS = (
    "run", "step", "position", "kind", "state", "operation", "connection", "request", "attempts",
    "lost", "input", "output", "reason", "identity", "trace", "started_at", "tried_at",
    "finished_at",
)  # fmt: skip


def read_step(row: Row) -> Step:
    values = dict(zip(_COLUMNS, row, strict=True))
    for name in ("input", "output"):
        if values[name] is not None:
            values[name] = jsons.decode(values[name].encode())
    return Step(**values, stored=True)
