"""Calls that a person or a program asks for: what reads is asked at once, what changes something is
a run.

Whoever asks under a key and asks again gets the run that is there, whatever became of the service
in between: key and run are one commit.
"""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from dragoman.catalog.catalogue import Catalogue
from dragoman.catalog.entries import Effect, Operation
from dragoman.catalog.wire import Sink
from dragoman.engine.accounts import Account, Accounts
from dragoman.engine.caller import Caller
from dragoman.engine.events import Event
from dragoman.engine.intake import Intake
from dragoman.engine.journal import Journal
from dragoman.engine.natives import Natives
from dragoman.engine.roster import Roster
from dragoman.engine.runs import Run
from dragoman.kernel import jsons
from dragoman.kernel.errors import BadInput, DefinitionError, Rejected
from dragoman.kernel.ids import Ids
from dragoman.store.port import Conflict, Statement

TRIGGER = "dragoman.call.requested"
STEP = "call"
"""The one step of such a run."""


class Asker(msgspec.Struct, frozen=True):
    """Who asks for a call, and under which key."""

    token: str = ""
    """The id of an API token; nothing stands for the service's own."""
    key: str = ""
    """The same key means the same call; nothing means a new one each time."""


ANYBODY = Asker()


class Begun(msgspec.Struct, frozen=True):
    """The run of a call that changes something."""

    id: str
    again: bool = False
    """Whether it was there already, under the same key."""


class Answered(msgspec.Struct, frozen=True):
    """A call that was made at once."""

    output: Any
    trace: str = ""
    content: bytes = b""
    """The bytes themselves, where they are what was asked for."""
    connection: str = ""


class DirectCalls:
    def __init__(
        self,
        *,
        journal: Journal,
        catalogue: Catalogue,
        accounts: Accounts,
        caller: Caller,
        natives: Natives,
        roster: Roster,
        intake: Intake,
        ids: Ids,
        begin: Callable[[Run], None],
    ) -> None:
        """Take in, besides the parts, what to do with a new run (`begin`)."""
        self._journal = journal
        self._catalogue = catalogue
        self._accounts = accounts
        self._caller = caller
        self._natives = natives
        self._roster = roster
        self._intake = intake
        self._ids = ids
        self._begin = begin

    async def call(
        self,
        name: str,
        given: Mapping[str, Any],
        connection: str | None,
        asker: Asker = ANYBODY,
        sink: Sink | None = None,
    ) -> Answered | Begun:
        """Make a call that reads; begin a run for one that changes something.

        A run brings all the care of a flow's step with it: its intent is on disk, consent is asked
        for, a lost answer is looked up, and it goes on after a crash.

        What is read and is no JSON goes into the sink, where there is one.

        Raises:
            DefinitionError: there is no such operation or connection, or it cannot be called.
            BadInput: the input does not fit, or the key stands for another request.
            DragomanError: of a call that reads, whatever went wrong.
        """
        operation = self._operation(name)
        if operation.native:
            return Answered(await self._natives.output(operation.id, given))
        if operation.effect is not Effect.READ:
            return await self._begun(operation, given, connection, asker)
        try:
            return await self._read(operation, given, connection, sink)
        except Rejected as error:
            way = "says what it takes, and what the token must allow"
            error.fix = error.fix or f"`dragoman catalog show {operation.id}` {way}"
            raise

    async def _read(
        self,
        operation: Operation,
        given: Mapping[str, Any],
        connection: str | None,
        sink: Sink | None,
    ) -> Answered:
        account = self._accounts.choose(operation.vendor, connection)
        value = self._caller.complete(account, operation, dict(given))
        if operation.composite:
            plan = account.vendor.resolve(operation.run)(value)
            return Answered(await self._caller.follow(account, plan), connection=account.name)
        reply = await self._caller.call(account, operation, value, sink)
        return Answered(reply.output, reply.trace, reply.content, account.name)

    def _operation(self, name: str) -> Operation:
        operation = self._catalogue.operation(name)
        if not operation.callable:
            raise DefinitionError(f"{name} cannot be called", fix=operation.reason)
        return operation

    async def _begun(
        self, operation: Operation, given: Mapping[str, Any], connection: str | None, asker: Asker
    ) -> Begun:
        """The run that is there under the asker's key, or a new one."""
        request = _request(operation, given, connection) if asker.key else ""
        known = await self._known(asker, request)
        if known is not None:
            return known
        account = self._accounts.choose(operation.vendor, connection)
        value = self._caller.complete(account, operation, dict(given))
        if not operation.composite:
            self._caller.builder(account, operation).build(value)  # else the run could only fail
        try:
            run = await self._run(operation, account, given, asker, request)
        except Conflict:
            # Somebody asked under the same key at the same moment: nothing of ours was stored.
            known = await self._known(asker, request)
            if known is None:
                raise
            return known
        self._journal.points.reach("request.stored")
        self._begin(run)
        return Begun(run.id)

    async def _known(self, asker: Asker, request: str) -> Begun | None:
        if not asker.key:
            return None
        asked = {"caller": asker.token, "key": asker.key}
        for known, run in await self._journal.store.read("keys.get", asked):
            if known != request:
                raise BadInput(
                    "this Idempotency-Key was used for another request",
                    fix="use a new key for each call, and the same one to ask for the same again",
                )
            return Begun(run, again=True)
        return None

    async def _run(
        self,
        operation: Operation,
        account: Account,
        given: Mapping[str, Any],
        asker: Asker,
        request: str,
    ) -> Run:
        flow = self._roster.read(_flow(operation, account, given), f"call of {operation.id}")
        now = self._journal.clock.now()
        event, run = self._ids.new(), self._ids.new()
        asked = {
            "request": event,
            "requested_at": now,
            "operation": operation.id,
            "connection": account.name,
            "input": dict(given),
            "token_id": asker.token,
        }
        happened = Event(
            id=event,
            type=TRIGGER,
            source="/dragoman",
            subject=event,
            time=now,
            connection=account.name,
            environment=account.environment,
            via="api",
            data=asked,
            received_at=now,
            state="routed",
        )
        more = [self._roster.know(flow, now)]
        if asker.key:
            kept = {"caller": asker.token, "key": asker.key, "request": request, "run": run}
            more.append(Statement("keys.add", {**kept, "at": now}))
        return await self._intake.begin(run, happened, flow, *more)


def _request(operation: Operation, given: Mapping[str, Any], connection: str | None) -> str:
    """The same text for the same request, as it was asked."""
    asked = [operation.id, connection, dict(given)]
    return hashlib.sha256(jsons.canonical(asked)).hexdigest()


def _flow(operation: Operation, account: Account, given: Mapping[str, Any]) -> str:
    """The flow of one call, in JSON, which is YAML too; its values stay in the event."""
    inputs = {name: "{{ event.data.input[" + jsons.text(name) + "] }}" for name in given}
    name = operation.id.replace(".", "-").replace("_", "-")
    step = {"id": STEP, "call": operation.id, "connection": account.name, "input": inputs}
    return jsons.text({"flow": f"call-{name}", "on": TRIGGER, "steps": [step]})
