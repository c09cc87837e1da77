"""Dragoman and both pretended vendors in one loop, in virtual time, on a seed.

A crash is a named point that raises out of the service; the next one finds what was on disk.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import looptime
from starlette.types import ASGIApp

from dragoman import library, wiring
from dragoman.catalog.catalogue import Catalogue
from dragoman.catalog.vendors import Credentials
from dragoman.catalog.wire import Request
from dragoman.engine.events import Event
from dragoman.engine.events import read as read_event
from dragoman.engine.runs import RunRow, Step, read_run, read_step
from dragoman.flows.reading import read as read_flow
from dragoman.kernel import jsons
from dragoman.kernel.chance import SeededChance
from dragoman.kernel.clock import SECOND, Millis
from dragoman.kernel.points import NoPoints, Points
from dragoman.kernel.secret import Secret
from dragoman.settings import Settings
from dragoman.simulator.acton.app import acton_app
from dragoman.simulator.control.app import control_app
from dragoman.simulator.highlevel.app import highlevel_app
from dragoman.simulator.settings import SimulatorSettings
from dragoman.simulator.world import World
from dragoman.store.port import Row
from dragoman.store.reading import Reader
from dragoman.store.sqlite import SqliteStore
from dragoman.vault import keyfile
from dragoman.web.doors import doors, webhook_address
from dragoman.wiring import Parts, Rims
from tests.engine.doorstep import Doorstep
from tests.engine.points import crashed
from tests.engine.transport import InProcess

HIGHLEVEL, ACTON, CONTROL = "http://127.0.0.1:1", "http://127.0.0.1:2", "http://127.0.0.1:3"
START: Millis = 1_800_000_000_000
LIST = "l-0042"
RECIPES = Path(wiring.__file__).parent / "recipes"
RECIPE = RECIPES / "welcome-new-contact.yaml"
HOOKS = webhook_address("http://127.0.0.1:4", "highlevel")

_Result = TypeVar("_Result")


class VirtualClock:
    """The running loop's time."""

    def now(self) -> Millis:
        return START + round(self.ticks() * SECOND)

    def ticks(self) -> float:
        return asyncio.get_running_loop().time()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class Rig:
    def __init__(self, folder: Path, poll_every: float = 5.0, **turned: Any) -> None:
        self.folder = folder
        self.clock: VirtualClock = VirtualClock()
        self.chance = SeededChance(7)
        self.doorstep = Doorstep()
        self.world = World(
            self.clock,
            SeededChance(11),
            folder / "ledger.jsonl",
            SimulatorSettings(**{"search_lag_seconds": 0.0, **turned}),
            self.doorstep.take,
        )
        self.apps: dict[str, ASGIApp] = {
            HIGHLEVEL: highlevel_app(self.world),
            ACTON: acton_app(self.world),
            CONTROL: control_app(self.world),
        }
        self.transport = InProcess(self.apps)
        self.settings = Settings(master_key_file=str(folder / "master.key"), poll_every=poll_every)
        self.workspace = folder / "workspace"
        self.given: dict[str, Any] = {}
        self.env: dict[str, str] = {}

    async def prepare(self, *recipes: str, arm: bool = True, **asked: Any) -> None:
        """Make the workspace, connect both accounts, arm these recipes, or else the first one.

        HighLevel's webhooks are for `subscribe`.
        """
        for name, vendor in (("main", "highlevel"), ("marketing", "acton")):
            self.given[name] = await self.control(
                "POST", "/control/credentials", {"vendor": vendor, **asked}
            )
        self.workspace.mkdir()
        await self._describe()
        keyfile.create(self.settings.master_key, self.chance)
        async with self.open() as parts:
            for name, said in self.given.items():
                await parts.custodian.store(name, self.credentials(said))
        for recipe in recipes or ([RECIPE.stem] if arm else []):
            await self.arm((RECIPES / f"{recipe}.yaml").read_text())

    async def _describe(self) -> None:
        """Write `dragoman.yaml`, with what the recipes read from `env`."""
        state = (await self.control("GET", "/control/state"))["highlevel"]
        self.env = {
            "act_on_list": LIST,
            "care_agent": state["users"][-1]["id"],
            "care_workflow": state["workflows"][-1]["id"],
        }
        values = "".join(f"  {name}: {value}\n" for name, value in self.env.items())
        (self.workspace / "dragoman.yaml").write_text(
            "workspace: test\nconnections:\n"
            "  main:\n    vendor: highlevel\n    environment: sandbox\n"
            f"    location_id: {self.given['main']['location_id']}\n    base_url: {HIGHLEVEL}\n"
            f"    webhook_keys: [{self.world.webhooks.signer.public_key}]\n"
            "  marketing:\n    vendor: acton\n    environment: sandbox\n"
            f"    account_id: '{self.given['marketing']['account_id']}'\n    base_url: {ACTON}\n"
            f"env:\n{values}"
        )

    async def subscribe(self, *types: str) -> None:
        """Let HighLevel bring webhooks, of these types or of all."""
        asked = {"url": HOOKS, **({"types": types} if types else {})}
        await self.control("POST", "/control/webhooks", asked)

    def credentials(self, said: Any) -> Credentials:
        return Credentials(
            kind="oauth",
            access_token=Secret(said["access_token"]),
            refresh_token=Secret(said["refresh_token"]),
            client_id=said["client_id"],
            client_secret=Secret(said["client_secret"]),
            expires_at=self.clock.now() + said["expires_in"] * SECOND,
        )

    async def arm(self, text: str) -> None:
        async with self.open() as parts:
            await parts.roster.load()
            await parts.service.arm(read_flow(text, "flow.yaml", parts.world))

    @asynccontextmanager
    async def open(self, points: Points | None = None) -> AsyncIterator[Parts]:
        store = lambda path: SqliteStore(path, threaded=False)  # noqa: E731  # a rim, no function
        outside = Rims(
            self.clock, self.chance, self.transport, points or NoPoints(), store, _at_once
        )
        entries = None if (self.workspace / "catalog").exists() else _shipped()
        async with wiring.opened(self.workspace, self.settings, outside, entries) as parts:
            yield parts

    @asynccontextmanager
    async def serving(self, points: Points | None = None) -> AsyncIterator[Parts]:
        """The service at work; it is stopped gracefully at the end."""
        async with self._at_work(points) as (parts, service):
            yield parts
            parts.service.stop()
            await service

    async def serve(self, seconds: float, points: Points | None = None) -> bool:
        """Serve for some virtual time; whether it lived through it."""
        async with self._at_work(points) as (parts, service):
            await asyncio.wait({service}, timeout=seconds)
            if service.done():
                if not self.doorstep.crashed and not crashed(service.exception()):
                    service.result()
                return False
            parts.service.stop()
            await service
            return True

    @asynccontextmanager
    async def _at_work(
        self, points: Points | None
    ) -> AsyncIterator[tuple[Parts, asyncio.Future[None]]]:
        async with self.open(points) as parts:
            await parts.roster.load()
            service = asyncio.ensure_future(parts.service.run())
            try:
                with self.doorstep.open(doors(parts, "token", "127.0.0.1"), service):
                    yield parts, service
            finally:
                service.cancel()
                await asyncio.gather(service, return_exceptions=True)

    async def control(self, method: str, path: str, body: Any = None) -> Any:
        data = None if body is None else jsons.encode(body)
        asked = Request(method, path, (), {"Content-Type": "application/json"}, data)
        answer = await self.transport.send(CONTROL, asked)
        assert answer.status in {200, 201}, (path, answer)
        return jsons.decode(answer.body)

    async def add(self, *contacts: dict[str, Any]) -> list[str]:
        """Add contacts to the Act-On list."""
        path = f"/control/acton/lists/{LIST}/contacts"
        said = await self.control("POST", path, {"contacts": list(contacts)})
        return list(said["record_ids"])

    async def fault(self, **asked: Any) -> None:
        await self.control("POST", "/control/break", asked)

    def effects(self, name: str) -> list[dict[str, Any]]:
        return [entry for entry in self.world.ledger.entries if entry["effect"] == name]

    def sent_to(self) -> list[str]:
        return [str(entry["subject"].get("email")) for entry in self.effects("message.sent")]

    async def rows(self, name: str, **asked: Any) -> list[Row]:
        """What is on disk, whether the service is at work or not."""
        reader = Reader(wiring.database(self.workspace))
        try:
            return await reader.read(name, asked)
        finally:
            await reader.close()

    async def runs(self) -> list[RunRow]:
        """All runs, in the order of their events."""
        rows = await self.rows("runs.list", flow="", state="", event="", limit=100_000)
        return sorted((read_run(row) for row in rows), key=lambda run: (run.seq, run.id))

    async def steps(self, run: RunRow) -> dict[str, Step]:
        rows = await self.rows("steps.of_run", run=run.id)
        return {step.step: step for step in map(read_step, rows)}

    async def tries(self, run: RunRow) -> list[Row]:
        return await self.rows("attempts.of_run", run=run.id)

    async def events(self) -> list[Event]:
        rows = await self.rows("events.list", state="", type="", subject="", limit=100_000)
        return [read_event(row) for row in reversed(rows)]

    async def states(self) -> list[tuple[str, str]]:
        return [(run.state, run.reason) for run in await self.runs()]

    async def close(self) -> None:
        await self.transport.close()
        await self.world.stop()


def play(
    folder: Path, story: Callable[[Rig], Coroutine[Any, Any, _Result]], **turned: Any
) -> _Result:
    """Run a story in virtual time that starts at 0."""

    async def whole() -> _Result:
        rig = Rig(folder, **turned)
        try:
            return await story(rig)
        finally:
            await rig.close()

    with asyncio.Runner(loop_factory=lambda: looptime.new_event_loop(start=0)) as runner:
        return runner.run(whole())


@cache
def _shipped() -> Catalogue:
    """What ships, read once: stories open a workspace again and again."""
    return library.catalogue()


async def _at_once(function: Callable[[Any], Any], given: Any) -> Any:
    """In no thread, for virtual time does not wait for one."""
    return function(given)


def bo(number: int = 0, **more: Any) -> dict[str, Any]:
    """A contact who can be welcomed."""
    return {
        "email": f"bo{number or ''}@example.com",
        "first_name": "Bo",
        "phone": f"(415) 555-{100 + number:04d}",
        **more,
    }
