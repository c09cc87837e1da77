"""A workspace that is open, with its doors before it: one over HTTP, one without a socket."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from starlette.types import ASGIApp

from dragoman import wiring
from dragoman.engine.deliveries import Delivery
from dragoman.engine.deliveries import read as read_delivery
from dragoman.engine.events import Event
from dragoman.engine.events import read as read_event
from dragoman.kernel import jsons
from dragoman.kernel.chance import SeededChance
from dragoman.settings import Settings
from dragoman.vault import keyfile
from dragoman.web import deadlines, protocol, receiver
from dragoman.web.doors import doors
from dragoman.web.listener import listen
from dragoman.wiring import Parts
from tests.web import signed
from tests.web.wire import SOON, listening

TOKEN = "t0k3n"
WORKSPACE = """\
workspace: shop
connections:
  main: {vendor: highlevel, environment: sandbox, location_id: loc1}
  marketing: {vendor: acton, environment: sandbox, account_id: "1"}
"""
FLOW = """\
flow: tagging
on: acton.contact.added
with: {list: l-1}
steps:
  - id: tag
    call: highlevel.contacts.add_tags
    input: {contactId: "{{ event.data.record_id }}", tags: [new]}
"""


@dataclass(frozen=True)
class Reply:
    status: int
    body: Any
    kind: str
    headers: dict[str, str]
    """By their names in small letters."""


@dataclass(frozen=True)
class Door:
    address: str
    parts: Parts

    async def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        token: str = TOKEN,
        host: str = "",
        prefer: str = "",
        key: str = "",
        more: dict[str, str] | None = None,
    ) -> Reply:
        said = {"Host": host, "Prefer": prefer, "Idempotency-Key": key, **(more or {})}
        headers = {name: value for name, value in said.items() if value}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        sent = body if isinstance(body, bytes) else jsons.encode(body)
        data = None if body is None else BytesIO(sent)
        async with (
            aiohttp.ClientSession(headers=headers) as session,
            session.request(method, self.address + path, data=data) as answer,
        ):
            content = await answer.read()
            told = {name.lower(): value for name, value in answer.headers.items()}
            return Reply(answer.status, jsons.decode(content), answer.content_type, told)


@pytest.fixture
async def door(tmp_path: Path) -> AsyncIterator[Door]:
    (tmp_path / "dragoman.yaml").write_text(WORKSPACE)
    key = tmp_path / "master.key"
    keyfile.create(key, SeededChance(1))
    async with wiring.opened(tmp_path, Settings(master_key_file=str(key))) as parts:
        await parts.roster.load()
        listener = await listen(doors(parts, TOKEN, "127.0.0.1"), "127.0.0.1", 0)
        yield Door(listener.address, parts)
        await listener.stop()


@dataclass(frozen=True)
class Shop:
    """Two accounts, each with a webhook key of its own."""

    parts: Parts

    @property
    def app(self) -> ASGIApp:
        return doors(self.parts, TOKEN, "127.0.0.1")

    async def deliveries(self) -> list[Delivery]:
        asked = {"state": "", "limit": 100_000}
        rows = await self.parts.journal.store.read("deliveries.list", asked)
        return [read_delivery(row) for row in reversed(rows)]

    async def events(self) -> list[Event]:
        asked = {"state": "", "type": "", "subject": "", "limit": 100_000}
        rows = await self.parts.journal.store.read("events.list", asked)
        return [read_event(row) for row in reversed(rows)]

    async def sort(self) -> None:
        while await self.parts.service._sorter.step():
            pass


@asynccontextmanager
async def opened(folder: Path, text: str = signed.WORKSPACE) -> AsyncIterator[Shop]:
    (folder / "dragoman.yaml").write_text(text)
    key = folder / "master.key"
    keyfile.create(key, SeededChance(1))
    async with wiring.opened(folder, Settings(master_key_file=str(key))) as parts:
        await parts.roster.load()
        yield Shop(parts)


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Shop]:
    async with opened(tmp_path) as one:
        yield one


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Deadlines of a moment."""
    monkeypatch.setattr(receiver, "_PATIENCE", SOON)
    monkeypatch.setattr(deadlines, "_LOOK", SOON / 4)
    monkeypatch.setattr(protocol, "HEAD_WITHIN", SOON)


@pytest.fixture
async def port(shop: Shop) -> AsyncIterator[int]:
    async with listening(shop.app) as (_, number):
        yield number
