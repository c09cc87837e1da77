"""HTTP in and out around one pretended vendor, and the place where faults strike."""

import asyncio
from collections.abc import Awaitable, Callable
from email.utils import formatdate
from typing import Any

from starlette.types import Receive, Scope, Send

from dragoman.kernel import jsons
from dragoman.simulator.exchange import JSON_TYPE, Answer, Request, Vendor, form_fields
from dragoman.simulator.faults import Fault, Kind
from dragoman.simulator.loopback import cut
from dragoman.simulator.world import World


class Gate:
    """An ASGI application. What a vendor does is done at once: leaving undoes nothing."""

    def __init__(self, world: World, vendor: Vendor) -> None:
        self._world = world
        self._vendor = vendor

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        request = await _read(scope, receive)
        if request is None:
            return
        await Visit(self._world, self._vendor, request, scope, send).answer()


class Visit:
    """One call, from its arrival to its answer, or to whatever happens instead."""

    def __init__(
        self, world: World, vendor: Vendor, request: Request, scope: Scope, send: Send
    ) -> None:
        self.vendor = vendor
        self.request = request
        self._world = world
        self._scope = scope
        self._send = send
        self._entry = world.calls.arrived(
            vendor.name, request.method, request.path, world.clock.now()
        )

    async def answer(self) -> None:
        fault = self._world.breaks.strike(self.vendor.name, self.request.method, self.request.path)
        if fault is None:
            await self.send(self.act())
            return
        self._entry["fault"] = fault.kind
        await _FAULTS[fault.kind](self, fault)

    def act(self) -> Answer:
        """Let the vendor do what was asked."""
        answer = self.vendor.serve(self.request)
        self._entry["account"] = answer.account
        return answer

    async def send(self, answer: Answer) -> None:
        self._world.calls.finished(self._entry, answer.status)
        await self._send(self._head(answer))
        await self._send({"type": "http.response.body", "body": answer.body})

    async def send_half(self, answer: Answer) -> None:
        """Promise the whole answer, send half of it, close."""
        self._world.calls.finished(self._entry, "cut")
        await self._send(self._head(answer))
        half = answer.body[: len(answer.body) // 2]
        await self._send({"type": "http.response.body", "body": half, "more_body": True})
        cut(self._scope, flush=True)

    def cut(self) -> None:
        """Close the connection without a word."""
        self._world.calls.finished(self._entry, "cut")
        cut(self._scope, flush=False)

    def _head(self, answer: Answer) -> dict[str, Any]:
        headers = [
            (b"date", formatdate(self._world.clock.now() / 1000, usegmt=True).encode()),
            (b"content-length", str(len(answer.body)).encode()),
        ]
        if answer.body or answer.content_type != JSON_TYPE:  # nothing at all may be a text
            headers.append((b"content-type", answer.content_type.encode()))
        headers += [
            (name.encode(), text.encode("latin-1")) for name, text in answer.headers.items()
        ]
        return {"type": "http.response.start", "status": answer.status, "headers": headers}

    async def hold(self, seconds: float) -> bool:
        """Keep the client waiting. False when the servers stopped meanwhile."""
        stopping = asyncio.ensure_future(self._world.stopping.wait())
        waiting = asyncio.ensure_future(self._world.clock.sleep(seconds))
        try:
            await asyncio.wait((stopping, waiting), return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopping.cancel()
            waiting.cancel()
        return not self._world.stopping.is_set()


async def _too_many(visit: Visit, fault: Fault) -> None:
    answer = visit.vendor.refuse(visit.request, 429)
    answer.headers.pop("retry-after", None)
    if fault.retry_after is not None:
        answer.headers["retry-after"] = _plain(fault.retry_after)
    await visit.send(answer)


async def _status(visit: Visit, fault: Fault) -> None:
    answer = visit.vendor.refuse(visit.request, fault.status or 503)
    await visit.send(_dressed(answer, fault))


async def _json(visit: Visit, fault: Fault) -> None:
    answer = visit.vendor.refuse(visit.request, fault.status or 200)
    answer.body = jsons.encode(fault.body)
    await visit.send(answer)


async def _html(visit: Visit, fault: Fault) -> None:
    status = fault.status or 502
    page = f"<!doctype html><title>{status}</title><h1>{status}</h1><p>Please try again later.</p>"
    await visit.send(Answer(status, page.encode(), "text/html; charset=utf-8"))


async def _empty(visit: Visit, fault: Fault) -> None:
    status = visit.act().status if fault.status is None else fault.status
    await visit.send(Answer(status))


async def _act_then_status(visit: Visit, fault: Fault) -> None:
    visit.act()
    await visit.send(_dressed(visit.vendor.refuse(visit.request, fault.status or 503), fault))


async def _stall(visit: Visit, fault: Fault) -> None:
    answer = visit.act() if fault.when != "before" else None
    if not await visit.hold(fault.seconds) or fault.then == "cut":
        visit.cut()
        return
    await visit.send(visit.act() if answer is None else answer)


async def _cut(visit: Visit, fault: Fault) -> None:
    if fault.when == "before":
        visit.cut()
        return
    answer = visit.act()
    if fault.when == "half":
        await visit.send_half(answer)
    else:
        visit.cut()


_FAULTS: dict[Kind, Callable[[Visit, Fault], Awaitable[None]]] = {
    "429": _too_many,
    "status": _status,
    "json": _json,
    "html": _html,
    "empty": _empty,
    "act_then_status": _act_then_status,
    "stall": _stall,
    "cut": _cut,
}


def _dressed(answer: Answer, fault: Fault) -> Answer:
    """Put the fault's own body in place of the vendor's."""
    if fault.body is not None:
        text = isinstance(fault.body, str)
        answer.body = fault.body.encode() if text else jsons.encode(fault.body)
        if text:
            answer.content_type = "text/plain; charset=utf-8"
    if fault.content_type is not None:
        answer.content_type = fault.content_type
    return answer


def _plain(retry_after: float | str) -> str:
    return retry_after if isinstance(retry_after, str) else f"{retry_after:g}"


async def _read(scope: Scope, receive: Receive) -> Request | None:
    """Take the whole request, or nothing if the client left before it had asked."""
    body = bytearray()
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        more = message.get("more_body", False)
    raw_path = scope.get("raw_path") or scope["path"].encode()
    return Request(
        method=scope["method"],
        path=raw_path.decode("latin-1").partition("?")[0],
        query=form_fields(scope.get("query_string", b"")),
        headers={k.decode("latin-1").lower(): v.decode("latin-1") for k, v in scope["headers"]},
        body=bytes(body),
        raw_query=scope.get("query_string", b""),
    )
