"""Asking the service that runs in a folder."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec

from dragoman.catalog import bodies, values
from dragoman.catalog.wire import Answer, Request, Sink
from dragoman.engine.tokens import Issued
from dragoman.http.client import Client
from dragoman.kernel import errors, jsons
from dragoman.kernel.chance import SystemChance
from dragoman.kernel.errors import (
    DefinitionError,
    DragomanError,
    Problems,
    RateLimited,
    Rejected,
    Where,
)
from dragoman.web import registration
from dragoman.web.desk import Armed, Called, Given, Paused
from dragoman.web.registration import Registration

_PATIENCE = 10.0
_KNOCK = 2.0
_CALL = 120.0
"""Seconds."""
_LARGEST = 2**31
"""Bytes of an answer; what a vendor may say at most, the service has seen to."""


class Unheard(DragomanError):
    """The service's answer cannot be understood."""

    code = "service"


class RemoteDesk:
    """The desk of a running service; see `dragoman.web.desk.Desk`."""

    def __init__(self, client: Client, service: Registration) -> None:
        self._client = client
        self._service = service

    async def arm(self, name: str, text: str, file: str) -> Armed:
        body = {"text": text, "file": file}
        path = f"flows/{quote(name, safe='')}/arm"
        with _perhaps_stale():
            armed: Armed = await self._ask("POST", path, body, Armed)
        return armed

    async def pause(self, name: str) -> Paused:
        paused: Paused = await self._ask("POST", f"flows/{quote(name, safe='')}/pause", {}, Paused)
        return paused

    async def connect(self, name: str, given: Given) -> None:
        path = f"connections/{quote(name, safe='')}"
        with _perhaps_stale():
            await self._ask("PUT", path, msgspec.to_builtins(given), dict)

    async def call(self, operation: str, given: dict[str, Any], connection: str | None) -> Called:
        values.check(operation, given)  # in JSON a number that is none would be a null
        body = {"input": given, "connection": connection}
        path = f"operations/{quote(operation, safe='')}"
        with _perhaps_stale():
            called: Called = await self._ask("POST", path, body, Called, patience=_CALL)
        return called

    async def save(
        self, operation: str, given: dict[str, Any], connection: str | None, sink: Sink
    ) -> Called:
        """See `Desk.save`. The bytes come through the service, and are written here."""
        values.check(operation, given)  # in JSON a number that is none would be a null
        body = {"input": given, "connection": connection}
        path = f"operations/{quote(operation, safe='')}"
        with _perhaps_stale():
            answer = await self._send("POST", path, body, _CALL, accept="*/*", sink=sink)
        if answer.status == HTTPStatus.NO_CONTENT:
            return Called(operation, output={})
        return Called(operation, output=bodies.facts(answer, "bytes"))

    async def add_token(self, name: str, scopes: list[str], days: int | None) -> Issued:
        body = {"name": name, "scopes": scopes, "days": days}
        issued: Issued = await self._ask("POST", "tokens", body, Issued)
        return issued

    async def revoke_token(self, name: str) -> None:
        await self._ask("DELETE", f"tokens/{quote(name, safe='')}", {}, dict)

    async def finish(self, run: str) -> None:
        """Nothing is to be done: the service works on it."""

    async def _ask(
        self, method: str, path: str, body: Any, model: type, patience: float = _PATIENCE
    ) -> Any:
        answer = await self._send(method, path, body, patience)
        try:
            return jsons.decode_as(answer.body, model)
        except jsons.Unreadable:
            raise Unheard(fix="is it another version? Restart it") from None

    async def _send(
        self,
        method: str,
        path: str,
        body: Any,
        patience: float,
        *,
        accept: str = "application/json",
        sink: Sink | None = None,
    ) -> Answer:
        headers = {
            "Authorization": f"Bearer {self._service.token}",
            "Content-Type": "application/json",
            "Accept": accept,
            "Prefer": "respond-async",  # whoever asks looks at the run beside the service
        }
        request = Request(method, f"/api/v1/{path}", headers=headers, body=jsons.encode(body))
        answer = await self._client.send(
            self._service.address, request, deadline=patience, sink=sink
        )
        if not bodies.succeeded(answer):
            raise _error(answer)
        return answer


@contextmanager
def _perhaps_stale() -> Iterator[None]:
    """What is right here and wrong there was changed since the service started."""
    try:
        yield
    except DefinitionError as error:
        stale = "The service knows this folder as it was at its start: restart it after a change."
        error.fix = f"{error.fix}. {stale}" if error.fix else stale
        raise


@asynccontextmanager
async def answering(folder: Path) -> AsyncIterator[RemoteDesk | None]:
    """The service of a folder, if one runs there and proves that it is the one."""
    service = registration.find(folder)
    if service is None:
        yield None
        return
    client = Client(connect=_KNOCK, body_cap=_LARGEST)
    try:
        yield RemoteDesk(client, service) if await _proves(client, service) else None
    finally:
        await client.close()


async def runs(folder: Path) -> bool:
    """Whether a service runs in the folder."""
    async with answering(folder) as service:
        return service is not None


async def _proves(client: Client, service: Registration) -> bool:
    """Ask for the proof before handing over the token: its port may be somebody else's by now."""
    challenge = SystemChance().bytes(16).hex()
    request = Request("GET", "/health", query=(("challenge", challenge),))
    try:
        answer = await client.send(service.address, request, deadline=_KNOCK)
        said = jsons.decode(answer.body)
    except (DragomanError, jsons.Unreadable):
        return False
    wanted = registration.proof(service.token, challenge)
    return isinstance(said, dict) and said.get("proof") == wanted


def _error(answer: Answer) -> DragomanError:
    """The error that the service raised, raised again here."""
    try:
        said = jsons.decode(answer.body)
        if "problems" in said:
            problem = Problems([_definition(one, "message") for one in said["problems"]])
            problem.fix = said.get("fix", "")
            return problem
        kind = _kinds().get(said["code"])
        if kind is Rejected:
            reason, status = said.get("vendor_reason", ""), said.get("vendor_status", 0)
            return Rejected(said["detail"], fix=said.get("fix", ""), status=status, reason=reason)
        if kind is DefinitionError:
            return _definition(said, "detail")
        error = (kind or Unheard)(said["detail"], fix=said.get("fix", ""))
        if isinstance(error, RateLimited) and "retry-after" in answer.headers:
            error.retry_after = float(answer.headers["retry-after"])
    except (jsons.Unreadable, KeyError, TypeError):
        return Unheard(f"the service answered {answer.status}", fix="see its log")
    return error


def _definition(said: dict[str, Any], words: str) -> DefinitionError:
    where = Where(**said["where"]) if said.get("where") else None
    return DefinitionError(said[words], fix=said.get("fix", ""), where=where)


def _kinds() -> dict[str, type[DragomanError]]:
    known = [one for one in vars(errors).values() if isinstance(one, type)]
    return {one.code: one for one in known if issubclass(one, DragomanError)}
