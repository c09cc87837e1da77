"""After a start: every run that was under way goes on from what is on disk."""

import structlog

from dragoman.engine.events import read as read_event
from dragoman.engine.executor import Executor
from dragoman.engine.intake import Intake
from dragoman.engine.journal import Journal
from dragoman.engine.roster import Roster
from dragoman.engine.runs import Run, RunRow, read_run, read_step
from dragoman.engine.timers import Timers
from dragoman.kernel import jsons
from dragoman.kernel.errors import DefinitionError
from dragoman.store.port import Statement

log = structlog.get_logger()


async def recover(
    *, journal: Journal, roster: Roster, intake: Intake, executor: Executor, timers: Timers
) -> int:
    """Take up all live runs; how many there are."""
    rows = [read_run(row) for row in await journal.store.read("runs.live")]
    for row in rows:
        run = await _load(row, journal, roster, intake)
        if run is not None:
            _take_up(run, executor, timers)
    if rows:
        log.info("runs taken up after a start", runs=len(rows))
    return len(rows)


async def _load(row: RunRow, journal: Journal, roster: Roster, intake: Intake) -> Run | None:
    """One run as it stands; None where it cannot go on, which must not keep the others."""
    try:
        flow = roster.version(row.version)
        event = read_event((await journal.store.read("events.get", {"id": row.event}))[0])
        run = Run(row, flow, event, intake.view(event))
        for one in await journal.store.read("steps.of_run", {"run": row.id}):
            run.keep(read_step(one))
    except DefinitionError as error:
        await _end(row, journal, f"its flow cannot be read any more: {error.message}")
        return None
    except (jsons.Unreadable, IndexError):
        await _end(row, journal, "what is stored of it cannot be read")
        return None
    run.recovered = True
    return run


async def _end(row: RunRow, journal: Journal, why: str) -> None:
    log.warning("a run cannot go on", run=row.id, flow=row.flow, fix=f"dragoman runs show {row.id}")
    at = journal.clock.now()
    dead = {"id": row.id, "state": "dead", "reason": why, "wake_at": None, "at": at}
    await journal.write([Statement("runs.move", dead)])


def _take_up(run: Run, executor: Executor, timers: Timers) -> None:
    # A step that waits for its time says so; one that waits to be tried again has no reason yet.
    asleep = any(step.state == "waiting" and step.reason for step in run.steps.values())
    if asleep and run.row.wake_at is not None:
        timers.at(run.row.wake_at, lambda: executor.wake(run))
        return
    run.wake_at = run.row.wake_at
    executor.lanes.enter(run)
