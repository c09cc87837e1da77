"""Waiting for the run of a call that changes something, with words."""

import asyncio
from pathlib import Path

import msgspec
from rich.text import Text

from dragoman.cli import reasons, terminal
from dragoman.kernel.clock import Clock
from dragoman.web.desks import AnyDesk
from dragoman.web.endings import ending
from dragoman.web.outcomes import Outcome
from dragoman.web.remote import RemoteDesk


async def await_end(path: Path, desk: AnyDesk, run: str, clock: Clock) -> Outcome:
    """How a run has ended or stopped; why it waits is told once for each reason."""
    try:
        found = await ending(path, desk, run, clock, _tell)
    except asyncio.CancelledError:
        served = isinstance(desk, RemoteDesk)
        who = (
            "The service goes on with it" if served else "It goes on with the next `dragoman serve`"
        )
        words = f"{who}. Typed again, it would happen twice: dragoman runs show {run}"
        terminal.err().print(Text(words, "warn"), soft_wrap=True)
        raise
    return msgspec.structs.replace(found, reason=reasons.of_run(found.reason))


def _tell(reason: str) -> None:
    terminal.err().print(Text(f"waiting: {reason}", "warn"))
