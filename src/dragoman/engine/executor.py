"""Works on runs: asks the flow for the next move, carries it out, records it, and so on."""

import asyncio
from collections.abc import Callable

import structlog

from dragoman.engine.calls import Calls
from dragoman.engine.journal import Journal
from dragoman.engine.lanes import Lanes
from dragoman.engine.natives import Natives
from dragoman.engine.results import Denied, Done, Failed, Parked, Unknown
from dragoman.engine.roster import Roster
from dragoman.engine.runs import Run, Step
from dragoman.engine.timers import Timers
from dragoman.flows.moves import Call, Fail, Finish, Next, Note, Wait
from dragoman.flows.planning import plan
from dragoman.kernel.clock import Millis
from dragoman.kernel.errors import DragomanError

_BACKLOG = 2000
"""Runs at work before intake waits; those that wait for a vendor do not keep others out."""
_MOST = 20 * _BACKLOG
"""Runs in memory, whatever they wait for."""
PAUSED = "the flow is paused"

log = structlog.get_logger()


class Executor:
    def __init__(
        self,
        *,
        journal: Journal,
        calls: Calls,
        natives: Natives,
        roster: Roster,
        timers: Timers,
        in_flight: int,
        roomy: Callable[[], None],
    ) -> None:
        """Take in, besides the parts, how many runs to work on at once, and whom to tell when there
        is room for more.
        """
        self._journal = journal
        self._calls = calls
        self._natives = natives
        self._roster = roster
        self._timers = timers
        self._in_flight = in_flight
        self._roomy = roomy
        self._ready: asyncio.Queue[Run] = asyncio.Queue()
        self.lanes = Lanes(self._ready.put_nowait)
        self.stopping = False
        self.busy = 0
        """Runs that are worked on at this moment."""
        self._held: dict[str, list[Run]] = {}
        self._parked = 0
        self._refused = False

    def room(self) -> bool:
        """Whether more runs are welcome; who hears no is told when there is room again."""
        self._refused = not self._has_room()
        return not self._refused and not self.stopping

    def _has_room(self) -> bool:
        at_work = self.lanes.size - self._parked
        return at_work < _BACKLOG and self.lanes.size < _MOST

    def _tell(self) -> None:
        if self._refused and self._has_room():
            self._refused = False
            self._roomy()

    async def work(self) -> None:
        """Work on runs until cancelled."""
        async with asyncio.TaskGroup() as workers:
            for _ in range(self._in_flight):
                workers.create_task(self._worker())

    async def _worker(self) -> None:
        while True:
            run = await self._ready.get()
            if self.stopping:
                continue  # it lies on disk as it is, and goes on after the next start
            if run.wake_at is not None and run.wake_at > self._journal.clock.now():
                self._ring(run, run.wake_at)
                continue
            self.busy += 1
            try:
                leaves = await self.drive(run)
            finally:
                self.busy -= 1
            if leaves:
                self.lanes.leave(run)
                self._tell()

    async def drive(self, run: Run) -> bool:
        """Take a run as far as it goes; whether it gives up its lane."""
        while True:
            if self._roster.paused(run.flow.name):
                await self._journal.move(run, "waiting", PAUSED)
                self._held.setdefault(run.flow.name, []).append(run)
                return True
            if self.stopping:
                await self._journal.flush(run)
                return False
            move = plan(run.flow, run.view, self._journal.clock.now())
            for note in move.notes:
                run.note(self._noted(run, note))
            over = await self._carry_out(run, move.next)
            if over is not None:
                return over

    async def _carry_out(self, run: Run, move: Next) -> bool | None:
        """Carry out a move; None where the run goes on, else whether it gives up its lane."""
        match move:
            case Call():
                return await self._call(run, move)
            case Wait():
                return await self._wait(run, move)
            case Finish(state, reason):
                await self._journal.move(run, state, reason)
                self._journal.points.reach("run.finished")
                return True
            case Fail(step, error):
                return await self._stop(run, step, error)

    async def _call(self, run: Run, call: Call) -> bool | None:
        """Carry out a call; None where the run goes on, else whether it gives up its lane."""
        performer = self._natives if call.operation.native else self._calls
        match await performer.perform(run, call):
            case Done():
                return None
            case Failed(error):
                if run.flow.on_error.then == "continue":
                    self._passed_over(run, call, error)
                    return None
                return await self._stop(run, call.step, error)
            case Denied(reason):
                await self._journal.move(run, "skipped", f"consent: {reason}")
                return True
            case Unknown(reason):
                await self._journal.move(run, "uncertain", f"{call.step}: {reason}")
                self._report("a run needs a person", run, "uncertain")
                return True
            case Parked(reason, wake_at, aside):
                await self._journal.move(run, "waiting", reason, wake_at)
                if aside:
                    self._timers.at(wake_at, lambda: self.wake(run))
                else:
                    self._ring(run, wake_at)
                return aside

    async def _wait(self, run: Run, wait: Wait) -> bool:
        step = run.steps.get(wait.step)
        if step is None:
            step = run.begin(wait.step, "wait", self._journal.clock.now())
            step.state, step.reason, step.output = "waiting", wait.reason, {"until": wait.until}
            run.note(step)
        until = step.output["until"] if isinstance(step.output, dict) else wait.until
        await self._journal.move(run, "waiting", step.reason, until)
        self._timers.at(until, lambda: self.wake(run))
        return True

    def resume(self, flow: str) -> int:
        """Go on with the runs of a flow that was paused; how many there are."""
        runs = self._held.pop(flow, [])
        for run in runs:
            self.lanes.enter(run)
        return len(runs)

    def _ring(self, run: Run, moment: Millis) -> None:
        """Try again then; until then the run keeps its lane."""
        run.wake_at = None
        self._parked += 1
        self._tell()
        self._timers.at(moment, lambda: self._again(run))

    def _again(self, run: Run) -> None:
        self._parked -= 1
        self._ready.put_nowait(run)

    def wake(self, run: Run) -> None:
        """Go on with a run that has waited."""
        now = self._journal.clock.now()
        for step in run.steps.values():
            if step.kind == "wait" and step.state == "waiting" and step.output["until"] <= now:
                step.state, step.finished_at = "done", now
                run.note(step)
        self.lanes.enter(run)

    async def _stop(self, run: Run, step: str, error: DragomanError) -> bool:
        reason = f"{step}: {error.message}" + (f" ({error.fix})" if error.fix else "")
        await self._journal.move(run, "dead", reason)
        self._report("a run has stopped", run, error.code)
        return True

    def _passed_over(self, run: Run, call: Call, error: DragomanError) -> None:
        """The flow says that a failed step does not stop it; the failure itself is recorded."""
        if run.steps.get(call.step) is None or run.steps[call.step].recorded is None:
            step = run.begin(call.step, "call", self._journal.clock.now())
            step.state, step.reason, step.operation = "failed", error.message, call.operation.id
            run.note(step)

    def _noted(self, run: Run, note: Note) -> Step:
        step = run.begin(note.step, note.kind, self._journal.clock.now())
        step.state = "skipped" if note.reason else "done"
        step.output, step.reason = note.output, note.reason
        step.finished_at = step.started_at
        return step

    def _report(self, what: str, run: Run, why: str) -> None:
        fix = f"dragoman runs show {run.id}"
        log.error(what, flow=run.flow.name, run=run.id, why=why, fix=fix)
