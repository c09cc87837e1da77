"""Calls that a person asks for: what reads is asked at once, what changes something is a run."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from dragoman.catalog.catalogue import Catalogue
from dragoman.catalog.entries import Effect, Operation
from dragoman.engine.accounts import Account, Accounts
from dragoman.engine.caller import Caller
from dragoman.engine.events import Event
from dragoman.engine.intake import Intake
from dragoman.engine.journal import Journal
from dragoman.engine.natives import Natives
from dragoman.engine.roster import Roster
from dragoman.engine.runs import Run
from dragoman.kernel import jsons
from dragoman.kernel.errors import DefinitionError
from dragoman.kernel.ids import Ids

TRIGGER = "dragoman.call.requested"
STEP = "call"
"""The one step of such a run."""


class Answered(msgspec.Struct, frozen=True):
    """A call that was made at once."""

    output: Any
    trace: str = ""
    content: bytes = b""
    """The bytes themselves, where they are what was asked for."""


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
        self, name: str, given: Mapping[str, Any], connection: str | None
    ) -> Answered | Run:
        """Make a call that reads; begin a run for one that changes something.

        A run brings all the care of a flow's step with it: its intent is on disk, consent is asked
        for, a lost answer is looked up, and it goes on after a crash.

        Raises:
            DefinitionError: there is no such operation or connection, or it cannot be called.
            BadInput: the input does not fit.
            DragomanError: of a call that reads, whatever went wrong.
        """
        operation = self._operation(name)
        if operation.native:
            return Answered(await self._natives.output(operation.id, given))
        account = self._accounts.choose(operation.vendor, connection)
        value = self._caller.complete(account, operation, dict(given))
        if operation.effect is not Effect.READ:
            return await self._run(operation, account, given)
        if operation.composite:
            plan = account.vendor.resolve(operation.run)(value)
            return Answered(await self._caller.follow(account, plan))
        reply = await self._caller.call(account, operation, value)
        return Answered(reply.output, reply.trace, reply.content)

    def _operation(self, name: str) -> Operation:
        operation = self._catalogue.operation(name)
        if not operation.callable:
            raise DefinitionError(f"{name} cannot be called", fix=operation.reason)
        return operation

    async def _run(self, operation: Operation, account: Account, given: Mapping[str, Any]) -> Run:
        flow = self._roster.read(_flow(operation, account, given), f"call of {operation.id}")
        now = self._journal.clock.now()
        request = self._ids.new()
        asked = {
            "request": request,
            "requested_at": now,
            "operation": operation.id,
            "connection": account.name,
            "input": dict(given),
        }
        event = Event(
            id=request,
            type=TRIGGER,
            source="/dragoman",
            subject=request,
            time=now,
            connection=account.name,
            environment=account.environment,
            via="api",
            data=asked,
            received_at=now,
            state="routed",
        )
        run = await self._intake.begin(event, flow, self._roster.know(flow, now))
        self._begin(run)
        return run


def _flow(operation: Operation, account: Account, given: Mapping[str, Any]) -> str:
    """The flow of one call, in JSON, which is YAML too; its values stay in the event."""
    inputs = {name: "{{ event.data.input[" + jsons.text(name) + "] }}" for name in given}
    name = operation.id.replace(".", "-").replace("_", "-")
    step = {"id": STEP, "call": operation.id, "connection": account.name, "input": inputs}
    return jsons.text({"flow": f"call-{name}", "on": TRIGGER, "steps": [step]})
