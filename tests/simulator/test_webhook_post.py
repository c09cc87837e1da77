"""One try over a real socket, and a whole delivery through it."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from starlette.types import Receive, Scope, Send

from dragoman.kernel.chance import SeededChance
from dragoman.simulator import Simulators, SimulatorSettings
from dragoman.simulator.control import highlevel
from dragoman.simulator.loopback import Server, cut
from dragoman.simulator.webhooks.post import NoAnswer, Post
from dragoman.simulator.webhooks.subscriptions import Subscription
from tests.simulator.conftest import OwnClock


@dataclass
class Listener:
    """A small server that keeps what it is sent."""

    status: int = 200
    cutting: bool = False
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    clients: set[Any] = field(default_factory=set)
    came: asyncio.Event = field(default_factory=asyncio.Event)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        body, more = b"", True
        while more:
            message = await receive()
            body, more = body + message.get("body", b""), message.get("more_body", False)
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        self.got.append((headers, body))
        self.clients.add(scope["client"])
        self.came.set()
        if self.cutting:
            cut(scope, flush=False)
            return
        where = [(b"location", b"/elsewhere"), (b"content-length", b"0")]
        await send({"type": "http.response.start", "status": self.status, "headers": where})
        await send({"type": "http.response.body", "body": b""})


@pytest.fixture
async def listener() -> AsyncIterator[tuple[Listener, str]]:
    app = Listener()
    server = Server(app)
    yield app, await server.start(0)
    await server.stop()


@pytest.fixture
async def post() -> AsyncIterator[Post]:
    one = Post()
    yield one
    await one.close()


async def test_the_bytes_arrive_as_they_were(listener: tuple[Listener, str], post: Post) -> None:
    app, url = listener
    body = bytes(range(256))

    status = await post(f"{url}/hooks/highlevel", {"X-GHL-Signature": "abc="}, body)

    [(headers, got)] = app.got
    assert (status, got, headers["x-ghl-signature"]) == (200, body, "abc=")


@pytest.mark.parametrize("status", [302, 429, 500])
async def test_the_status_is_that_of_the_first_answer(
    listener: tuple[Listener, str], post: Post, status: int
) -> None:
    app, url = listener
    app.status = status

    assert await post(url, {}, b"{}") == status
    assert len(app.got) == 1


async def test_nobody_listening_is_no_answer(listener: tuple[Listener, str], post: Post) -> None:
    _, url = listener
    spare = Server(Listener())
    gone = await spare.start(0)
    await spare.stop()

    with pytest.raises(NoAnswer):
        await post(gone, {}, b"{}")
    assert await post(url, {}, b"{}") == 200


async def test_a_connection_cut_is_no_answer(listener: tuple[Listener, str], post: Post) -> None:
    app, url = listener
    app.cutting = True

    with pytest.raises(NoAnswer):
        await post(url, {}, b"{}")
    assert len(app.got) == 1


async def test_connections_are_kept(listener: tuple[Listener, str], post: Post) -> None:
    app, url = listener
    for _ in range(5):
        await post(url, {}, b"{}")

    assert len(app.clients) == 1


async def test_a_reply_reaches_a_subscriber_over_http(
    listener: tuple[Listener, str], tmp_path: Path
) -> None:
    app, url = listener
    simulators = Simulators(
        OwnClock(), SeededChance(7), tmp_path / "ledger.jsonl", SimulatorSettings()
    )
    world = simulators.world
    async with simulators:
        contact = highlevel.make_contact(world, {"phone": "+14155550100"})
        world.webhooks.subscriptions.put(Subscription(url, types=frozenset({"InboundMessage"})))
        highlevel.write_in(world, contact, "SMS", "Hello")
        await app.came.wait()

        [delivery] = world.webhooks.deliveries.since(0)
        assert [body for _, body in app.got] == [delivery.body]
