"""Waiting for the run of a call that changes something, and telling how it ended."""

from pathlib import Path
from typing import Any

import msgspec
from rich.text import Text

from dragoman.cli import folders, reasons, records, terminal
from dragoman.cli.records import History
from dragoman.engine.runs import LIVE
from dragoman.kernel.clock import Clock

_LOOK = 0.1


class Outcome(msgspec.Struct, frozen=True):
    operation: str
    connection: str
    state: str
    reason: str
    output: Any
    trace: str
    run: str = ""


async def await_end(path: Path, run: str, operation: str, clock: Clock) -> Outcome:
    """Look at the run until it has ended or stopped; why it waits is told once for each reason."""
    told = ""
    async with folders.reader(path) as reader:
        while True:
            history = await records.history(reader, run)
            if history.run.state not in LIVE:
                return _ended(history, operation)
            if history.run.state == "waiting" and history.run.reason != told:
                told = history.run.reason
                terminal.err().print(Text(f"waiting: {told}", "warn"))
                terminal.err().print(
                    Text(f"It goes on by itself, Ctrl-C or not: dragoman runs show {run}", "quiet")
                )
            await clock.sleep(_LOOK)


def _ended(history: History, operation: str) -> Outcome:
    steps = [step for step in history.steps if step.kind == "call"]
    last = steps[-1] if steps else None
    return Outcome(
        operation=operation,
        connection=history.event.connection,
        state=history.run.state,
        reason=reasons.of_run(history.run.reason),
        output=last.output if last is not None and last.state == "done" else None,
        trace=last.trace if last is not None else "",
        run=history.run.id,
    )
