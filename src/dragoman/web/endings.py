"""Waiting for the run of a call, from beside the process that works on it."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import msgspec

from dragoman import wiring
from dragoman.engine.runs import LIVE
from dragoman.kernel.clock import Clock
from dragoman.store.reading import Reader
from dragoman.web import outcomes, remote
from dragoman.web.desks import AnyDesk
from dragoman.web.outcomes import Outcome
from dragoman.web.remote import RemoteDesk

_LOOK = 0.1
"""Seconds between two looks."""
_KNOCK = 30
"""After so many looks it is asked whether the service is still there."""
_GONE = "the service has ended; it goes on with the next `dragoman serve`"


def _nobody(_: str) -> None:
    pass


async def ending(
    folder: Path,
    desk: AnyDesk,
    run: str,
    clock: Clock,
    told: Callable[[str], None] = _nobody,
) -> Outcome:
    """How a run has ended or stopped; `told` hears each reason that it waits for, once.

    Where no service works on the run, the desk does. Where one did and is gone, the outcome is
    that of a run that is not over.
    """
    reader = Reader(wiring.database(folder))
    working = asyncio.ensure_future(desk.finish(run))
    last, looks, served = "", 0, isinstance(desk, RemoteDesk)
    try:
        while (found := await _found(reader, run)).state in LIVE:
            if working.done():
                working.result()  # what works on it may have failed
            if found.state == "waiting" and found.reason != last:
                last = found.reason
                told(last)
            looks += 1
            if served and looks % _KNOCK == 0 and not await remote.runs(folder):
                return msgspec.structs.replace(found, reason=_GONE)
            await clock.sleep(_LOOK)
        await working
    finally:
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
        await reader.close()
    return found


async def _found(reader: Reader, run: str) -> Outcome:
    found = await outcomes.find(reader, run)
    assert found is not None  # noqa: S101  # it was stored before its id was told
    return found.outcome
