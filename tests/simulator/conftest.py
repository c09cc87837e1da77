"""A simulator with a clock of the test's own, and a small client for each of its doors."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from dragoman.kernel import jsons
from dragoman.kernel.chance import SeededChance
from dragoman.kernel.clock import SECOND, Millis
from dragoman.simulator import Addresses, Simulators, SimulatorSettings, World
from dragoman.simulator.webhooks.post import NoAnswer

START: Millis = 1_790_000_000_000


class OwnClock:
    """Stands still until the test moves it."""

    def __init__(self) -> None:
        self._now = START
        self._sleepers: list[tuple[Millis, asyncio.Future[None]]] = []

    def now(self) -> Millis:
        return self._now

    def ticks(self) -> float:
        return self._now / SECOND

    async def sleep(self, seconds: float) -> None:
        woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._sleepers.append((self._now + round(seconds * SECOND), woken))
        await woken

    def sleepers(self) -> int:
        return sum(not woken.done() for _, woken in self._sleepers)

    def advance(self, seconds: float) -> None:
        self._now += round(seconds * SECOND)
        for due, woken in self._sleepers:
            if due <= self._now and not woken.done():
                woken.set_result(None)


@dataclass(frozen=True)
class Reply:
    status: int
    body: Any
    headers: dict[str, str]
    raw: bytes


@dataclass
class Door:
    """An HTTP client for one server, with the headers it always sends."""

    http: aiohttp.ClientSession
    url: str
    headers: dict[str, str] = field(default_factory=dict)

    async def call(
        self,
        method: str,
        path: str,
        json: Any = None,
        form: Any = None,
        headers: dict[str, str] | None = None,
    ) -> Reply:
        merged = self.headers | (headers or {})
        async with self.http.request(
            method, self.url + path, json=json, data=form, headers=merged, allow_redirects=False
        ) as answer:
            raw = await answer.read()
            is_json = "json" in answer.headers.get("content-type", "")
            body = jsons.decode(raw) if is_json and raw else None
            return Reply(
                answer.status, body, {k.lower(): v for k, v in answer.headers.items()}, raw
            )

    async def get(self, path: str) -> Reply:
        return await self.call("GET", path)

    async def post(self, path: str, json: Any = None) -> Reply:
        return await self.call("POST", path, json={} if json is None else json)

    async def put(self, path: str, json: Any) -> Reply:
        return await self.call("PUT", path, json=json)

    async def delete(self, path: str) -> Reply:
        return await self.call("DELETE", path)


HOOKS = "http://127.0.0.1:9/hooks/highlevel"


@dataclass(frozen=True)
class Posted:
    url: str
    headers: Mapping[str, str]
    body: bytes


@dataclass
class Receiver:
    """Takes webhooks in place of a socket, and answers as it is told, then 200."""

    taken: list[Posted] = field(default_factory=list)
    answers: list[int | None] = field(default_factory=list)
    """None is no answer at all."""
    _came: asyncio.Event = field(default_factory=asyncio.Event)

    async def __call__(self, url: str, headers: Mapping[str, str], body: bytes) -> int:
        self.taken.append(Posted(url, headers, body))
        self._came.set()
        status = self.answers.pop(0) if self.answers else 200
        if status is None:
            raise NoAnswer
        return status

    async def wait_for(self, count: int) -> list[Posted]:
        """Wait until so many have come; the newest ones."""
        async with asyncio.timeout(10):
            while len(self.taken) < count:
                self._came.clear()
                await self._came.wait()
        return self.taken[-count:]


@dataclass
class Rig:
    """Everything a test of the simulator needs."""

    simulators: Simulators
    clock: OwnClock
    ledger_file: Path
    addresses: Addresses
    http: aiohttp.ClientSession
    control: Door
    receiver: Receiver

    @property
    def world(self) -> World:
        return self.simulators.world

    @property
    def location(self) -> str:
        return self.world.highlevel.default_location.id

    async def credentials(self, vendor: str, **more: Any) -> dict[str, Any]:
        reply = await self.control.post("/control/credentials", {"vendor": vendor, **more})
        assert reply.status == 201, reply.raw
        return dict(reply.body)

    async def highlevel(self, **more: Any) -> Door:
        """A client of HighLevel with a token of its own."""
        made = await self.credentials("highlevel", **more)
        headers = {"Authorization": f"Bearer {made['access_token']}", "Version": "2021-07-28"}
        return Door(self.http, self.addresses.highlevel, headers)

    async def acton(self, **more: Any) -> Door:
        made = await self.credentials("acton", **more)
        headers = {"Authorization": f"Bearer {made['access_token']}"}
        return Door(self.http, self.addresses.acton, headers)

    async def break_(self, fault: dict[str, Any], **which: Any) -> str:
        reply = await self.control.post("/control/break", {"fault": fault, **which})
        assert reply.status == 201, reply.raw
        return str(reply.body["id"])

    async def contact(self, highlevel: Door, **fields: Any) -> str:
        """A contact made through the API; returns its id."""
        reply = await highlevel.post("/contacts/", {"locationId": self.location, **fields})
        assert reply.status == 201, reply.raw
        return str(reply.body["contact"]["id"])

    async def subscribe(self, **which: Any) -> None:
        reply = await self.control.post("/control/webhooks", {"url": HOOKS, **which})
        assert reply.status == 201, reply.raw

    def told(self, kind: str = "") -> list[dict[str, Any]]:
        """The events of webhooks, in the order in which they happened."""
        made = self.world.webhooks.deliveries.since(0)
        return [jsons.decode(one.body) for one in made if kind in ("", one.type)]

    def written(self) -> list[dict[str, Any]]:
        """The ledger, as its file says."""
        return [jsons.decode(line) for line in self.ledger_file.read_bytes().splitlines()]

    def effects(self, effect: str) -> list[dict[str, Any]]:
        return [entry for entry in self.written() if entry["effect"] == effect]


@pytest.fixture
def clock() -> OwnClock:
    return OwnClock()


@pytest.fixture
async def rig(clock: OwnClock, tmp_path: Path) -> AsyncIterator[Rig]:
    """Search sees everything at once here; the tests of the lag turn it on."""
    ledger = tmp_path / "ledger.jsonl"
    settings = SimulatorSettings(search_lag_seconds=0.0)
    receiver = Receiver()
    simulators = Simulators(clock, SeededChance(7), ledger, settings, receiver)
    async with simulators as addresses, aiohttp.ClientSession() as http:
        control = Door(http, addresses.control)
        yield Rig(simulators, clock, ledger, addresses, http, control, receiver)
