"""The pretended vendors without sockets: a request goes straight into their ASGI applications."""

import asyncio
import hashlib
from typing import Any
from urllib.parse import quote

from starlette.types import ASGIApp, Message

from dragoman.catalog.bodies import succeeded
from dragoman.catalog.wire import Answer, Kept, Request, Sink
from dragoman.kernel.errors import AnswerLost


class InProcess:
    """Like the HTTP client, for loops in virtual time. What is cut or too late is lost."""

    def __init__(self, apps: dict[str, ASGIApp], deadline: float = 30.0) -> None:
        self._apps = apps
        self._deadline = deadline
        self.sent: list[Request] = []
        self._held: set[asyncio.Task[Answer]] = set()

    async def send(
        self,
        base_url: str,
        request: Request,
        *,
        deadline: float | None = None,
        body_cap: int | None = None,
        sink: Sink | None = None,
    ) -> Answer:
        del body_cap
        self.sent.append(request)
        # A task of its own: a client that stops waiting does not stop the vendor.
        call = asyncio.ensure_future(ask(self._apps[base_url], request))
        self._held.add(call)
        call.add_done_callback(self._held.discard)
        try:
            # Not wait_for: in Python 3.11 it forgets a cancellation that comes with the answer.
            async with asyncio.timeout(deadline or self._deadline):
                return await _poured(await asyncio.shield(call), sink)
        except TimeoutError:
            raise AnswerLost("no answer in time") from None
        except ConnectionResetError:
            raise AnswerLost("the connection was cut") from None

    async def close(self) -> None:
        for call in list(self._held):
            call.cancel()
        await asyncio.gather(*self._held, return_exceptions=True)


async def _poured(answer: Answer, sink: Sink | None) -> Answer:
    if sink is None or not succeeded(answer):
        return answer
    await sink.begin(answer.headers.get("content-type", ""), len(answer.body))
    await sink.write(answer.body)
    kept = Kept(len(answer.body), hashlib.sha256(answer.body).hexdigest())
    return Answer(answer.status, answer.headers, b"", kept)


async def ask(app: ASGIApp, request: Request) -> Answer:
    """One request to an application, as a server would hand it on."""
    query = "&".join(
        f"{quote(key, safe='')}={quote(value, safe='')}" for key, value in request.query
    )
    headers = {"host": "127.0.0.1", **{name.lower(): one for name, one in request.headers.items()}}
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": "http",
        "path": request.path,
        "raw_path": request.path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(name.encode(), one.encode()) for name, one in headers.items()],
        "server": ("127.0.0.1", 80),
        "client": ("127.0.0.1", 1),
    }
    got: list[Message] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": request.body or b"", "more_body": False}

    async def send(message: Message) -> None:
        got.append(message)

    await app(scope, receive, send)
    start = next(one for one in got if one["type"] == "http.response.start")
    body = b"".join(one.get("body", b"") for one in got if one["type"] == "http.response.body")
    names = {name.decode().lower(): value.decode() for name, value in start["headers"]}
    return Answer(start["status"], names, body)
