"""The HTTP server: uvicorn's protocol in our own loop, which keeps the signals to itself."""

import asyncio
import errno
from collections.abc import Callable
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn import Config
from uvicorn.server import ServerState

from dragoman.kernel.errors import DefinitionError
from dragoman.web.protocol import Guarded

_GRACE = 5.0
"""Seconds that requests under way have to end when stopping."""
_LAST_WORD = 1.0
"""Seconds that those have which did not end."""
_BACKLOG = 2048
"""Connections that may wait to be taken; more than the usual hundred come at once."""


class Listener:
    """Serves one application on one address."""

    def __init__(self, sockets: asyncio.Server, state: ServerState) -> None:
        self._sockets = sockets
        self._state = state

    @property
    def address(self) -> str:
        host, port = self._sockets.sockets[0].getsockname()[:2]
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    async def stop(self) -> None:
        """Close the port, let requests under way end for a moment, then close every connection."""
        self._sockets.close()
        running: set[asyncio.Task[Any]] = set(self._state.tasks)
        if running:
            _, stuck = await asyncio.wait(running, timeout=_GRACE)
            for task in stuck:
                task.cancel()
            if stuck:  # what is cut off may still say so
                await asyncio.wait(stuck, timeout=_LAST_WORD)
        for connection in tuple(self._state.connections):
            connection.transport.abort()
        await self._sockets.wait_closed()


async def listen(app: ASGIApp, host: str, port: int) -> Listener:
    """Open the port.

    Raises:
        DefinitionError: it is taken, or the address is not this machine's.
    """
    config = Config(
        app,
        lifespan="off",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        interface="asgi3",
        http=Guarded,
        ws="none",
    )
    config.load()
    state = ServerState()

    def protocol() -> asyncio.Protocol:
        return Guarded(config=config, server_state=state, app_state={})

    try:
        running = asyncio.get_running_loop()
        sockets = await running.create_server(protocol, host, port, backlog=_BACKLOG)
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        why = "is taken by another program" if taken else f"cannot be used ({error.strerror})"
        raise DefinitionError(
            f"the address {host}:{port} {why}",
            fix="stop what listens there, or choose another: `--listen 127.0.0.1:0` takes any",
        ) from None
    return Listener(sockets, state)


def loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """The fastest loop that is installed (uvloop), as uvicorn finds it."""
    # Without `log_config=None` it would set up logging, too, and undo what was set up before.
    return Config(_nothing, log_config=None).get_loop_factory()


async def _nothing(scope: Scope, receive: Receive, send: Send) -> None:
    del scope, receive, send


def endpoint(said: str) -> tuple[str, int]:
    """Host and port of `HOST:PORT`.

    Raises:
        DefinitionError: it is something else.
    """
    host, _, port = said.rpartition(":")
    if not host or not (port.isascii() and port.isdigit()) or int(port) > 0xFFFF:  # noqa: PLR2004  # the largest port
        raise DefinitionError(
            f"{said!r} is no address to listen on", fix="say HOST:PORT, like 127.0.0.1:8710"
        )
    return host.strip("[]"), int(port)
