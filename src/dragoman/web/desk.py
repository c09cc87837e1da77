"""What a person may ask of a workspace that is open for writing.

The API asks here, and so does a command where no service runs: both can do the same.
"""

from typing import Any

import msgspec

from dragoman.catalog.names import did_you_mean
from dragoman.catalog.vendors import Credentials
from dragoman.catalog.wire import Sink
from dragoman.engine.direct import ANYBODY, Asker, Begun
from dragoman.engine.executor import PAUSED
from dragoman.engine.tokens import Issued
from dragoman.flows.flow import Flow
from dragoman.flows.reading import read
from dragoman.kernel.clock import SECOND
from dragoman.kernel.errors import DefinitionError
from dragoman.kernel.secret import Secret
from dragoman.web.states import FlowState, flow_states
from dragoman.wiring import Parts

_ALL = 1_000_000


class Watched(msgspec.Struct, frozen=True):
    """What begins the runs of an armed flow."""

    trigger: str
    title: str
    connection: str
    environment: str
    settings: dict[str, str]


class Armed(msgspec.Struct, frozen=True):
    name: str
    version: str
    was: str
    """`armed`, `paused`, or nothing where it was never armed."""
    changed: bool
    """False where this very version was armed already."""
    resumed: int
    """Runs that waited because the flow was paused."""
    watches: Watched


class Paused(msgspec.Struct, frozen=True):
    name: str
    version: str
    changed: bool


class Called(msgspec.Struct, frozen=True):
    """A call that was asked for."""

    operation: str
    run: str = ""
    """The run that makes the call, where it changes something; its outcome stands there."""
    output: Any = None
    trace: str = ""
    content: bytes = b""
    connection: str = ""
    again: bool = False
    """Whether the run was there already, under the same key."""


class Given(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Credentials, as a person has them."""

    kind: str = "oauth"
    client_id: str = ""
    client_secret: str = ""
    refresh_token: str = ""
    access_token: str = ""
    expires_in: float | None = None
    """Seconds that the access token still lives; unknown means that it is refreshed first."""

    def __repr__(self) -> str:
        return f"Given(kind={self.kind!r}, ***)"


class Desk:
    def __init__(self, parts: Parts) -> None:
        """Take in a workspace whose roster is loaded."""
        self._parts = parts

    async def flows(self) -> list[FlowState]:
        return await flow_states(self._parts.journal.store)

    async def arm(self, name: str, text: str, file: str) -> Armed:
        """Let a flow begin runs.

        Raises:
            DefinitionError, Problems: the flow is wrong, or not the named one.
        """
        flow = read(text, file, self._parts.world)
        if flow.name != name:
            raise DefinitionError(f"the file holds the flow {flow.name!r}, not {name!r}")
        watched = self._watched(flow)
        before = {one.name: one for one in await self.flows()}.get(name)
        if before is not None and (before.state, before.version) == ("armed", flow.version):
            return Armed(name, flow.version, "armed", changed=False, resumed=0, watches=watched)
        waiting = await self._waiting(name)
        await self._parts.service.arm(flow)
        was = before.state if before is not None else ""
        return Armed(name, flow.version, was, changed=True, resumed=waiting, watches=watched)

    async def pause(self, name: str) -> Paused:
        """Let a flow's runs wait, those to come too.

        Raises:
            DefinitionError: it was never armed.
        """
        known = {one.name: one for one in await self.flows()}
        if name not in known:
            hint = did_you_mean(name, known) if known else "no flow was ever armed here"
            raise DefinitionError(f"the flow {name!r} is not armed", fix=hint)
        one = known[name]
        if one.state == "paused":
            return Paused(name, one.version, changed=False)
        await self._parts.service.pause(self._parts.roster.version(one.version))
        return Paused(name, one.version, changed=True)

    async def connect(self, name: str, given: Given) -> None:
        """Seal the credentials of a connection.

        Raises:
            DefinitionError: there is no such connection, or something is missing.
        """
        account = self._parts.accounts.get(name)
        check(given, account.vendor.name)
        now = self._parts.journal.clock.now()
        expires = now if given.expires_in is None else now + round(given.expires_in * SECOND)
        credentials = Credentials(
            kind=given.kind,
            access_token=Secret(given.access_token),
            refresh_token=Secret(given.refresh_token),
            client_id=given.client_id,
            client_secret=Secret(given.client_secret),
            expires_at=0 if given.kind == "pit" else expires,
        )
        await self._parts.custodian.store(name, credentials)

    async def add_token(self, name: str, scopes: list[str], days: int | None) -> Issued:
        """Make a token for the API; see `Tokens.add`."""
        return await self._parts.tokens.add(name, scopes, days)

    async def revoke_token(self, name: str) -> None:
        """Let a token hold good no more; see `Tokens.revoke`."""
        await self._parts.tokens.revoke(name)

    async def call(
        self,
        operation: str,
        given: dict[str, Any],
        connection: str | None,
        asker: Asker = ANYBODY,
        sink: Sink | None = None,
    ) -> Called:
        """Make one call; see `DirectCalls.call`."""
        found = await self._parts.direct.call(operation, given, connection, asker, sink)
        if isinstance(found, Begun):
            return Called(operation, run=found.id, again=found.again)
        return Called(operation, "", found.output, found.trace, found.content, found.connection)

    async def save(
        self, operation: str, given: dict[str, Any], connection: str | None, sink: Sink
    ) -> Called:
        """Make one call that reads, and let what it answers go into the sink, if it is no JSON."""
        return await self.call(operation, given, connection, sink=sink)

    async def finish(self, run: str) -> None:
        """Work on a run until it has ended, where no service does it."""
        await self._parts.service.finish(run)

    def _watched(self, flow: Flow) -> Watched:
        account = self._parts.roster.account(flow)
        return Watched(
            trigger=flow.trigger,
            title=self._parts.world.triggers[flow.trigger].title,
            connection=account.name,
            environment=account.environment,
            settings={name: str(value) for name, value in flow.settings.items()},
        )

    async def _waiting(self, name: str) -> int:
        asked = {"flow": name, "state": "waiting", "event": "", "limit": _ALL}
        rows = await self._parts.journal.store.read("runs.list", asked)
        return sum(1 for row in rows if row[7] == PAUSED)


def check(given: Given, vendor: str) -> None:
    """Refuse credentials that cannot work.

    Raises:
        DefinitionError: says what is missing.
    """
    needed: tuple[str, ...] = ("client_id", "client_secret", "refresh_token")
    if given.kind == "pit":
        if vendor != "highlevel":
            raise DefinitionError("only HighLevel has Private Integration Tokens", fix="use oauth")
        needed = ("access_token",)
    elif given.kind != "oauth":
        raise DefinitionError(
            f"{given.kind!r} is no kind of credentials", fix="kind: oauth, or pit for HighLevel"
        )
    missing = [name for name in needed if not getattr(given, name)]
    if missing:
        raise DefinitionError(f"credentials need {', '.join(missing)}", fix="give them all at once")
