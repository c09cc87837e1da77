"""Waiting for the run of a call that changes something, and telling how it ended."""

import asyncio
from pathlib import Path
from typing import Any

import msgspec
from rich.text import Text

from dragoman.cli import folders, reasons, records, terminal
from dragoman.cli.records import History
from dragoman.engine.runs import LIVE
from dragoman.kernel.clock import Clock
from dragoman.store.reading import Reader
from dragoman.web import remote

_LOOK = 0.1
_KNOCK = 30
"""After so many looks it is asked whether the service is still there."""


class Outcome(msgspec.Struct, frozen=True):
    operation: str
    connection: str
    state: str
    reason: str
    output: Any
    trace: str
    run: str = ""


async def await_end(path: Path, run: str, operation: str, clock: Clock, *, served: bool) -> Outcome:
    """Look at the run until it has ended or stopped; why it waits is told once for each reason.

    `served` says whether a service works on it, and not this command.
    """
    try:
        async with folders.reader(path) as reader:
            return await _watched(path, reader, run, operation, clock, served=served)
    except asyncio.CancelledError:
        who = (
            "The service goes on with it" if served else "It goes on with the next `dragoman serve`"
        )
        words = f"{who}. Typed again, it would happen twice: dragoman runs show {run}"
        terminal.err().print(Text(words, "warn"), soft_wrap=True)
        raise


async def _watched(
    path: Path, reader: Reader, run: str, operation: str, clock: Clock, *, served: bool
) -> Outcome:
    told, looks = "", 0
    while True:
        history = await records.history(reader, run)
        if history.run.state not in LIVE:
            return _ended(history, operation)
        if history.run.state == "waiting" and history.run.reason != told:
            told = history.run.reason
            terminal.err().print(Text(f"waiting: {told}", "warn"))
        looks += 1
        if served and looks % _KNOCK == 0 and not await remote.runs(path):
            reason = "the service has ended; it goes on with the next `dragoman serve`"
            return msgspec.structs.replace(_ended(history, operation), reason=reason)
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
