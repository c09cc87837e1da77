"""Which flows are armed, and every version that a run may still need."""

from collections.abc import Iterator

import msgspec
import structlog

from dragoman.engine.accounts import Account, Accounts
from dragoman.engine.events import Event
from dragoman.flows.flow import Flow
from dragoman.flows.reading import read
from dragoman.flows.world import World
from dragoman.kernel.clock import Millis
from dragoman.kernel.errors import DefinitionError
from dragoman.store.port import Statement, Store

log = structlog.get_logger()


class Source(msgspec.Struct, frozen=True):
    """What a trigger is watched for: an account, and what the flow says under `with:`."""

    trigger: str
    account: str
    settings: tuple[tuple[str, str], ...]

    @property
    def key(self) -> str:
        said = ",".join(f"{name}={value}" for name, value in self.settings)
        return f"{self.trigger}@{self.account}" + (f"?{said}" if said else "")


class _State(msgspec.Struct, frozen=True):
    version: str
    state: str
    changed_at: Millis


class Roster:
    def __init__(self, store: Store, world: World, accounts: Accounts) -> None:
        self._store = store
        self._world = world
        self._accounts = accounts
        self._texts: dict[str, tuple[str, str]] = {}
        self._versions: dict[str, Flow] = {}
        self._states: dict[str, _State] = {}
        self._watched: dict[str, Source] = {}
        self._broken: set[str] = set()

    async def load(self) -> None:
        """Read what is armed. Versions are compiled when they are first needed."""
        for version, _name, file, text, _at in await self._store.read("versions.all"):
            self._texts[version] = (text, file)
        self._states = {
            name: _State(version, state, at)
            for name, version, state, at in await self._store.read("flows.all")
        }
        self._broken = {name for name, known in self._states.items() if not self._fits(name, known)}

    def _fits(self, name: str, known: _State) -> bool:
        """Whether a flow can still be read and heard; one that cannot must not stop the others."""
        try:
            self._watched[known.version] = self._source(self.version(known.version))
        except DefinitionError:
            fix = "`dragoman flows check`, then arm it again"
            log.warning("a flow does not fit any more, and begins no runs", flow=name, fix=fix)
            return False
        return True

    def version(self, version: str) -> Flow:
        """The flow of a version.

        Raises:
            DefinitionError: it was never armed here, or no longer fits the catalogue.
        """
        if version not in self._versions:
            if version not in self._texts:
                raise DefinitionError(f"flow version {version} is not stored here")
            text, file = self._texts[version]
            self._versions[version] = self.read(text, file)
        return self._versions[version]

    def read(self, text: str, file: str) -> Flow:
        """Read a flow as this workspace would run it; see `flows.reading.read`."""
        return read(text, file, self._world)

    def know(self, flow: Flow, at: Millis) -> Statement:
        """Keep a version that a run needs; the statement that stores it."""
        self._versions[flow.version] = flow
        return _version(flow, at)

    def paused(self, name: str) -> bool:
        known = self._states.get(name)
        return known is not None and known.state == "paused"

    def state(self, name: str) -> str:
        """`armed`, `paused`, or nothing where it was never armed."""
        known = self._states.get(name)
        return known.state if known is not None else ""

    def changed_at(self, name: str) -> Millis:
        """When it was last armed or paused."""
        return self._states[name].changed_at

    def listening(self) -> Iterator[tuple[Flow, Source]]:
        """Flows that runs are begun for (of a paused one they wait), with what each watches."""
        for name, known in self._states.items():
            if name not in self._broken:
                yield self.version(known.version), self._watched[known.version]

    def sources(self) -> set[Source]:
        """What is to be watched: each once, however many flows share it."""
        return {source for _flow, source in self.listening()}

    def matching(self, event: Event) -> list[Flow]:
        """The flows that an event begins runs of."""
        return [
            flow
            for flow, source in self.listening()
            if source.trigger == event.type
            and source.account == event.connection
            and flow.is_for(event.data)
        ]

    def _source(self, flow: Flow) -> Source:
        account = self.account(flow)
        settings = tuple(sorted((name, str(value)) for name, value in flow.settings.items()))
        return Source(flow.trigger, account.name, settings)

    def account(self, flow: Flow) -> Account:
        """The account whose events a flow listens to."""
        vendor = self._world.triggers[flow.trigger].vendor
        return self._accounts.choose(vendor, flow.connections.get(vendor))

    def put(self, flow: Flow, state: str, at: Millis) -> list[Statement]:
        """The statements that arm or pause a flow."""
        change = {"name": flow.name, "version": flow.version, "state": state, "at": at}
        audit = {"at": at, "action": f"flow {state}", "target": flow.name, "detail": flow.version}
        return [
            _version(flow, at),
            Statement("flows.put", change),
            Statement("audit.add", audit),
        ]


def _version(flow: Flow, at: Millis) -> Statement:
    values = {
        "version": flow.version,
        "name": flow.name,
        "file": flow.file,
        "text": flow.text,
        "at": at,
    }
    return Statement("versions.add", values)
