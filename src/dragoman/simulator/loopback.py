"""An HTTP server on loopback that starts at once, stops at once, and can cut a connection.

uvicorn's own server object takes over signals and wakes ten times a second; its protocol alone
is enough here, and leaves the loop idle while nothing happens.
"""

import asyncio
from typing import Any

from starlette.types import ASGIApp, Scope
from uvicorn import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

HOST = "127.0.0.1"
GRACE_SECONDS = 1.0
"""How long running handlers may take to finish when the server stops."""


class Connection:
    """One client's connection, reachable from its requests through `scope["state"]`."""

    protocol: HttpToolsProtocol

    def close(self, *, flush: bool) -> None:
        """Close the socket now, or once what was written has left."""
        # uvicorn must not put a 500 of its own where we want silence.
        self.protocol.cycle.disconnected = True
        if flush:
            self.protocol.transport.close()
        else:
            self.protocol.transport.abort()


def cut(scope: Scope, *, flush: bool) -> None:
    """Close the connection a request came by.

    Raises:
        ConnectionResetError: there is no socket, as in a test that calls the application itself.
    """
    connection = scope.get("state", {}).get("connection")
    if connection is None:
        raise ConnectionResetError("the simulator cut the connection")
    connection.close(flush=flush)


class Server:
    """Serves one ASGI application on one port of 127.0.0.1."""

    def __init__(self, app: ASGIApp) -> None:
        self._config = Config(
            app,
            lifespan="off",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            interface="asgi3",
            http=HttpToolsProtocol,
            ws="none",
        )
        self._state = ServerState()
        self._listener: asyncio.Server | None = None
        self.url = ""

    async def start(self, port: int) -> str:
        """Listen; port 0 takes a free one. Returns the base URL."""
        self._config.load()
        loop = asyncio.get_running_loop()
        self._listener = await loop.create_server(self._protocol, HOST, port)
        self.url = f"http://{HOST}:{self._listener.sockets[0].getsockname()[1]}"
        return self.url

    async def stop(self) -> None:
        """Close the port, let handlers finish for a moment, then close every connection."""
        if self._listener is None:
            return
        self._listener.close()
        running: set[asyncio.Task[Any]] = set(self._state.tasks)
        if running:
            _, stuck = await asyncio.wait(running, timeout=GRACE_SECONDS)
            for task in stuck:
                task.cancel()
        for protocol in tuple(self._state.connections):
            protocol.transport.abort()
        await self._listener.wait_closed()
        self._listener = None

    def _protocol(self) -> asyncio.Protocol:
        connection = Connection()
        connection.protocol = HttpToolsProtocol(
            config=self._config,
            server_state=self._state,
            app_state={"connection": connection},
        )
        return connection.protocol
