"""Builds the parts from the settings and the workspace; nothing else constructs services."""

import asyncio
import gc
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from dragoman import library, sentiment
from dragoman.catalog.catalogue import Catalogue
from dragoman.catalog.names import did_you_mean
from dragoman.catalog.vendors import Vendor
from dragoman.engine import workspace as workspaces
from dragoman.engine.accounts import Account, Accounts, VendorClock
from dragoman.engine.caller import Caller
from dragoman.engine.calls import Calls
from dragoman.engine.consent import ConsentDesk
from dragoman.engine.custodian import Custodian
from dragoman.engine.direct import DirectCalls
from dragoman.engine.executor import Executor
from dragoman.engine.housekeeping import Housekeeper
from dragoman.engine.inbox import Inbox, inboxes
from dragoman.engine.intake import Intake
from dragoman.engine.journal import Journal
from dragoman.engine.lookups import Lookups
from dragoman.engine.natives import Aside, Natives
from dragoman.engine.polling import Poller
from dragoman.engine.rehearsal import KillAt
from dragoman.engine.retries import Policy, Retries
from dragoman.engine.roster import Roster
from dragoman.engine.service import Service
from dragoman.engine.sorting import Sorter
from dragoman.engine.timers import Timers
from dragoman.engine.tokens import Tokens
from dragoman.engine.unpacking import Unpacker
from dragoman.engine.workspace import ConnectionSpec, Workspace
from dragoman.flows.world import World
from dragoman.http.client import Client, Transport
from dragoman.http.day import DailyUse
from dragoman.http.limits import Limiter
from dragoman.kernel.chance import Chance, SystemChance
from dragoman.kernel.clock import Clock, SystemClock
from dragoman.kernel.errors import DefinitionError
from dragoman.kernel.ids import Ids
from dragoman.kernel.points import NAMES, NoPoints, Points
from dragoman.settings import Settings
from dragoman.store.lock import FolderLock
from dragoman.store.port import Store
from dragoman.store.sqlite import SqliteStore
from dragoman.vault import keyfile
from dragoman.vault.port import Vault
from dragoman.vendors import registry

DATA = ".dragoman"
"""Under the workspace folder; git-ignored."""


class Rims(msgspec.Struct, frozen=True):
    """Everything that reaches outside, in one hand, so that a test can hold it."""

    clock: Clock
    chance: Chance
    transport: Transport
    points: Points
    store: Callable[[Path], Store] = SqliteStore
    aside: Aside = asyncio.to_thread
    """How long work is done without holding up the loop."""


class Parts(msgspec.Struct, frozen=True):
    """A workspace that is open for writing."""

    folder: Path
    workspace: Workspace
    world: World
    accounts: Accounts
    roster: Roster
    custodian: Custodian
    journal: Journal
    service: Service
    direct: DirectCalls
    tokens: Tokens
    inboxes: dict[str, Inbox]
    """Where webhooks arrive, by vendor."""


def tune() -> None:
    """Spare the collector what lives as long as the service: modules, entries, compiled flows.

    With its usual thresholds it walks all of them hundreds of times a minute under load, though
    runs leave nothing behind that only such a walk would find.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def vendors() -> dict[str, Vendor]:
    return registry.vendors()


def world(workspace: Workspace, entries: Catalogue, known: dict[str, Vendor]) -> World:
    """What the flows of a workspace may lean on."""
    filters = {name: one for vendor in known.values() for name, one in vendor.filters.items()}
    return World(
        operations=entries.operations,
        triggers=entries.triggers,
        filters=filters,
        env=workspace.env,
        hours=workspace.hours,
        connections={one.name: one.vendor for one in workspace.connections.values()},
        defaults=workspace.defaults,
    )


def database(folder: Path) -> Path:
    return folder / DATA / "dragoman.db"


def rims(settings: Settings, workspace: Workspace) -> Rims:
    """The real ones."""
    client = Client(deadline=settings.deadline, body_cap=settings.answer_cap)
    return Rims(SystemClock(), SystemChance(), client, _points(settings, workspace))


@asynccontextmanager
async def opened(
    folder: Path,
    settings: Settings,
    outside: Rims | None = None,
    entries: Catalogue | None = None,
) -> AsyncIterator[Parts]:
    """Open a workspace folder for writing; no other process can until it is closed.

    `entries` is its catalogue, where somebody has read it already.

    Raises:
        DefinitionError, Problems: the folder, its file or a setting is wrong.
    """
    known = vendors()
    workspace = workspaces.read(folder, known)
    outside = outside or rims(settings, workspace)
    vault = keyfile.load(settings.master_key, outside.chance)
    lock = FolderLock(folder / DATA / "lock")
    try:
        store = outside.store(database(folder))
        try:
            entries = entries or library.catalogue(folder, settings.cache)
            surroundings = world(workspace, entries, known)
            made = _parts(
                folder, surroundings, settings, workspace, outside, vault=vault, store=store
            )
            yield await made
        finally:
            await outside.transport.close()
            await store.close()
    finally:
        lock.release()


async def _parts(
    folder: Path,
    surroundings: World,
    settings: Settings,
    workspace: Workspace,
    outside: Rims,
    *,
    vault: Vault,
    store: Store,
) -> Parts:
    clock = outside.clock
    entries = Catalogue(surroundings.operations, surroundings.triggers)
    known = vendors()
    accounts = await _accounts(workspace, known, clock, store)
    journal = Journal(store, clock, outside.points)
    roster = Roster(store, surroundings, accounts)
    custodian = Custodian(journal, vault, outside.transport, workspace.name)
    caller = Caller(custodian, outside.transport, clock, entries)
    timers = Timers(clock)
    news = asyncio.Event()
    calls = Calls(
        journal=journal,
        caller=caller,
        catalogue=entries,
        accounts=accounts,
        consent=ConsentDesk(caller),
        lookups=Lookups(caller, store, clock, settings.settle or None),
        retries=Retries(
            Policy(settings.attempts, settings.retry_base, settings.retry_cap),
            clock,
            outside.chance,
        ),
    )
    own = Natives(journal, entries, {"dragoman.sentiment.call": sentiment.score}, outside.aside)
    ids = Ids(clock, outside.chance)
    executor = Executor(
        journal=journal,
        calls=calls,
        natives=own,
        roster=roster,
        timers=timers,
        in_flight=settings.in_flight,
        roomy=news.set,
    )
    intake = Intake(
        journal=journal,
        roster=roster,
        accounts=accounts,
        ids=ids,
        workspace=workspace.name,
        env=workspace.env,
        news=news,
        begin=executor.lanes.enter,
        room=executor.room,
    )
    poller = Poller(
        journal=journal,
        caller=caller,
        catalogue=entries,
        accounts=accounts,
        roster=roster,
        wake=news.set,
        every=settings.poll_every or None,
    )
    sorter = Sorter(journal, Unpacker(accounts, entries.triggers.values()), news.set)
    service = Service(
        journal=journal,
        roster=roster,
        accounts=accounts,
        intake=intake,
        executor=executor,
        poller=poller,
        sorter=sorter,
        housekeeper=Housekeeper(journal),
        timers=timers,
        news=news,
        stop_within=settings.stop_within,
    )
    direct = DirectCalls(
        journal=journal,
        catalogue=entries,
        accounts=accounts,
        caller=caller,
        natives=own,
        roster=roster,
        intake=intake,
        ids=ids,
        begin=executor.lanes.enter,
    )
    return Parts(
        folder=folder,
        workspace=workspace,
        world=surroundings,
        accounts=accounts,
        roster=roster,
        custodian=custodian,
        journal=journal,
        service=service,
        direct=direct,
        tokens=Tokens(journal, ids, outside.chance, entries.operations),
        inboxes=inboxes(accounts, known, journal, sorter),
    )


async def _accounts(
    workspace: Workspace, known: dict[str, Vendor], clock: Clock, store: Store
) -> Accounts:
    used = {name: DailyUse(start, calls) for name, start, calls in await store.read("usage.get")}
    accounts = [
        Account(
            name=spec.name,
            vendor=known[spec.vendor],
            environment=spec.environment,
            base_url=spec.base_url,
            facts=spec.facts,
            limiter=Limiter(spec.limits, clock, used.get(spec.name)),
            vendor_clock=VendorClock(),
            app_id=spec.app_id,
            webhook_keys=spec.webhook_keys,
            version=spec.version,
        )
        for spec in workspace.connections.values()
    ]
    return Accounts(accounts, workspace.defaults)


def _points(settings: Settings, workspace: Workspace) -> Points:
    if not settings.crash_at:
        return NoPoints()
    for spec in workspace.connections.values():
        if not _loopback(spec):
            raise DefinitionError(
                f"DRAGOMAN_CRASH_AT is for rehearsals, and connection {spec.name!r} is real",
                fix="unset it",
            )
    name, _, count = settings.crash_at.partition(":")
    if name not in NAMES or not (count or "1").isdecimal():
        hint = did_you_mean(name, NAMES)
        raise DefinitionError(
            f"DRAGOMAN_CRASH_AT: {settings.crash_at!r} is no point: {hint}",
            fix="`name` or `name:count`; docs/rehearse.md lists them",
        )
    return KillAt(name, int(count or "1"))


def _loopback(spec: ConnectionSpec) -> bool:
    host = urlsplit(spec.base_url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
