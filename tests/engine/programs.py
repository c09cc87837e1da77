"""Programs that ask over the API, of a rig's service."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from dragoman.catalog.wire import Answer, Request
from dragoman.kernel import jsons
from dragoman.kernel.points import Points
from dragoman.web.doors import doors
from dragoman.wiring import Parts
from tests.engine.rig import Rig
from tests.engine.transport import ask

SEND = "highlevel.messages.send"
EVERYTHING = ("*:read", "*:write", "*:delete")


class Program:
    """Somebody who asks over the API."""

    def __init__(self, parts: Parts, token: str) -> None:
        self.parts = parts
        self._app = doors(parts, "the service's own", "127.0.0.1")
        self._token = token

    async def call(
        self, operation: str, given: dict[str, Any], key: str = "", prefer: str = ""
    ) -> Answer:
        more = {"Idempotency-Key": key, "Prefer": prefer}
        return await self.ask("POST", f"operations/{operation}", {"input": given}, more)

    async def ask(
        self, method: str, path: str, body: Any = None, more: dict[str, str] | None = None
    ) -> Answer:
        said = {name: value for name, value in (more or {}).items() if value}
        headers = {"Authorization": f"Bearer {self._token}", **said}
        sent = Request(method, f"/api/v1/{path}", (), headers, jsons.encode(body))
        return await ask(self._app, sent)


def told(answer: Answer) -> dict[str, Any]:
    found: dict[str, Any] = jsons.decode(answer.body)
    return found


class Desk:
    """A rig with a contact who can be written to, and a program with a token."""

    def __init__(self, rig: Rig) -> None:
        self.rig = rig
        self.contact = ""
        self.token = ""

    async def prepare(self) -> None:
        await self.rig.prepare(arm=False)
        asked = {"email": "bo@example.com", "phone": "+14155550100"}
        made = await self.rig.control("POST", "/control/highlevel/contacts", asked)
        self.contact = made["contact"]["id"]
        self.token = await self.issue("program", *EVERYTHING)

    async def issue(self, name: str, *scopes: str) -> str:
        async with self.rig.open() as parts:
            return (await parts.tokens.add(name, scopes, None)).token

    @asynccontextmanager
    async def at_work(
        self, points: Points | None = None, token: str = ""
    ) -> AsyncIterator[Program]:
        async with self.rig._at_work(points) as (parts, _):
            yield Program(parts, token or self.token)

    async def send(
        self, program: Program, key: str, text: str = "Hello", wait: int = 300
    ) -> Answer:
        given = {"type": "SMS", "contactId": self.contact, "message": text}
        return await program.call(SEND, given, key, f"wait={wait}")

    async def tag(self, program: Program, key: str, contact: str) -> Answer:
        given = {"contactId": contact, "tags": ["vip"]}
        return await program.call("highlevel.contacts.add_tags", given, key)

    @property
    def sent(self) -> int:
        return len(self.rig.effects("message.sent"))
