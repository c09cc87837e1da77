"""`dragoman serve`: the engine and its doors, in one process, until it is told to stop."""

import asyncio
import os
import signal
from pathlib import Path
from typing import Annotated, Literal

import structlog
from cyclopts import Parameter

from dragoman import settings as all_settings
from dragoman import wiring
from dragoman.cli import failures, folders, greeting, logs, options
from dragoman.cli.failures import Misuse
from dragoman.cli.options import Folder
from dragoman.engine.service import Service
from dragoman.kernel.chance import SystemChance
from dragoman.kernel.errors import StoreBroken
from dragoman.settings import Settings
from dragoman.web import registration
from dragoman.web.doors import doors
from dragoman.web.listener import endpoint, listen, loop
from dragoman.web.registration import Registration, registered

log = structlog.get_logger()


def serve(
    *where: Annotated[Path, Parameter(help="The workspace folder; the current one if not given.")],
    folder: Folder = None,
    listen: Annotated[
        str | None, Parameter(help="HOST:PORT of the local API; port 0 takes any free one.")
    ] = None,
    poll_every: Annotated[
        float | None, Parameter(help="Seconds between two looks; else as each trigger says.")
    ] = None,
    log_format: Annotated[
        Literal["text", "json"] | None, Parameter(help="For people, or for machines.")
    ] = None,
) -> int:
    """Run the flows of a workspace until Ctrl-C or SIGTERM."""
    if len(where) + (folder is not None) > 1:
        raise Misuse(
            "one process serves one folder for now",
            fix="start `dragoman serve` once for each, with a --listen of its own",
        )
    path, settings = options.named(where[0] if where else folder)
    said = {"listen": listen, "poll_every": poll_every, "log_format": log_format}
    changes = {name: value for name, value in said.items() if value is not None}
    settings = all_settings.changed(settings, changes)
    logs.configure(settings.log_format, settings.log_level)
    wiring.tune()
    with asyncio.Runner(loop_factory=loop()) as runner:
        return runner.run(_serve(path.resolve(), settings))


async def _serve(folder: Path, settings: Settings) -> int:
    host, port = endpoint(settings.listen)
    with folders.located(folder):
        async with wiring.opened(folder, settings) as parts:
            await parts.roster.load()
            parts.roster.sources()  # an armed flow that no longer fits is said before all else
            stop = Stop(parts.service)  # from here on: whoever sees the service may stop it
            token = registration.token(SystemChance())
            listener = await listen(doors(parts, token, host), host, port)
            try:
                with registered(folder, Registration(listener.address, token, os.getpid())):
                    await greeting.greet(parts, str(folder), listener.address, settings.log_format)
                    return await _work(parts.service, stop)
            finally:
                await listener.stop()


async def _work(service: Service, stop: "Stop") -> int:
    """Run the engine; the exit status."""
    stop.work = asyncio.ensure_future(service.run())
    try:
        await stop.work
    except asyncio.CancelledError:
        log.warning("stopped at once; what was under way is found again at the next start")
        return 128 + stop.signal
    except (StoreBroken, ExceptionGroup) as error:
        broken = [one for one in failures.leaves(error) if isinstance(one, StoreBroken)]
        if not broken:
            raise
        why, fix = broken[0].message, broken[0].fix
        log.error("stopped: the database failed", why=why, fix=fix)  # noqa: TRY400  # said in words
        return 1
    log.info("stopped; nothing was under way any more")
    return 0


class Stop:
    """Stops gracefully when asked once, and at once when asked again."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._asked = False
        self.work: asyncio.Future[None] | None = None
        self.signal = 0
        for one in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(one, self, one)

    def __call__(self, number: int) -> None:
        self.signal = number
        if self._asked and self.work is not None:
            self.work.cancel()
            return
        self._asked = True
        log.info("stopping when calls under way have ended; again: at once")
        self._service.stop()
