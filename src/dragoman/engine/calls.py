"""Performs the call steps of runs: intent, request, outcome; retries, look-ups, composites.

A step is two facts on disk: its intent before the request leaves, its outcome after. The outcome of
one call is written together with whatever comes next, but always before the next request leaves.
"""

import hashlib
import math
from typing import Any

from aiorwlock import RWLock

from dragoman.catalog import surprises
from dragoman.catalog.catalogue import Catalogue
from dragoman.catalog.entries import CONSENT, Effect, Operation
from dragoman.engine.accounts import Account, Accounts
from dragoman.engine.caller import Caller, Reply, Unusable
from dragoman.engine.composites import MOST_PARTS, failure, recall
from dragoman.engine.consent import ConsentDesk
from dragoman.engine.journal import Journal
from dragoman.engine.lookups import Absent, CannotTell, Lookups, Present, identity_of
from dragoman.engine.results import FOUND, Denied, Done, Failed, Parked, Result, Unknown
from dragoman.engine.retries import Again, Retries
from dragoman.engine.runs import Run, Step
from dragoman.flows.moves import Call
from dragoman.kernel import jsons
from dragoman.kernel.clock import SECOND, Millis
from dragoman.kernel.errors import (
    AnswerLost,
    BadAnswer,
    CredentialsError,
    DefinitionError,
    DragomanError,
    PermanentError,
    Rejected,
    StoreBroken,
    TransientError,
)
from dragoman.store.port import Statement

_LOST_TRIES = 2
"""A create is tried this often at most when nobody knows whether it happened."""
_FRESH = 10.0
"""Seconds that a person's consent may be old when the message leaves."""
_SUSPECT = 2
"""A step in the middle of which the service has ended so often is tried alone from then on: of all
that was under way, only what runs alone can be blamed."""
_LAST_CRASH = 5
"""A step in the middle of which the service has ended so often is what ends it."""


class Calls:
    def __init__(
        self,
        *,
        journal: Journal,
        caller: Caller,
        catalogue: Catalogue,
        accounts: Accounts,
        consent: ConsentDesk,
        lookups: Lookups,
        retries: Retries,
    ) -> None:
        self._journal = journal
        self._caller = caller
        self._catalogue = catalogue
        self._accounts = accounts
        self._consent = consent
        self._lookups = lookups
        self._retries = retries
        self._turns = RWLock(fast=True)
        """Held by every try: together by most, alone by those that may end the service."""

    async def perform(self, run: Run, call: Call) -> Result:
        """Perform the next call of a run, from wherever it stands."""
        try:
            account = self._account(run, call)
            value = self._input(run, call, account)
        except DragomanError as error:
            return Failed(error)
        if call.operation.composite:
            return await self._composite(run, call, account, value)
        return await self._single(run, call.step, call.operation, account, value)

    def _account(self, run: Run, call: Call) -> Account:
        begun = run.steps.get(call.step) or run.steps.get(f"{call.step}/1")
        # What was begun with an account goes on with it, whatever the defaults are by now.
        named = begun.connection if begun is not None and begun.connection else call.connection
        account = self._accounts.choose(call.operation.vendor, named, run.event.connection)
        if account.environment != run.event.environment:
            raise DefinitionError(
                f"the event is from {run.event.environment} connection {run.event.connection!r}, "
                f"and {account.name!r} is a {account.environment} one: nothing crosses",
                fix="name a connection of the same environment in the flow",
            )
        return account

    def _input(self, run: Run, call: Call, account: Account) -> dict[str, Any]:
        """As recorded, where the step was begun; else from the flow, completed and checked."""
        begun = run.steps.get(call.step)
        if begun is not None and begun.input is not None:
            recorded: dict[str, Any] = begun.input
            return recorded
        return self._caller.complete(account, call.operation, call.input)

    async def _composite(
        self, run: Run, call: Call, account: Account, value: dict[str, Any]
    ) -> Result:
        """Run the plan from its beginning; parts that are recorded give what they gave before."""
        plan = account.vendor.resolve(call.operation.run)(value)
        answer: Any = None
        error: DragomanError | None = None
        for number in range(1, MOST_PARTS + 1):
            try:
                with surprises.told(call.operation.id):
                    part = plan.throw(error) if error is not None else plan.send(answer)
            except StopIteration as stop:
                return self._conclude(run, call, account, value, stop.value)
            except DragomanError as fault:
                return Failed(fault)
            operation = self._catalogue.operation(part.operation)
            name = f"{call.step}/{number}"
            answer, error = recall(run.steps.get(name))
            if answer is None and error is None:
                try:
                    given = self._caller.complete(account, operation, part.input)
                except DragomanError as fault:
                    return Failed(fault)  # what the vendor answered before fits nothing
                result = await self._single(run, name, operation, account, given, kind="part")
                match result:
                    case Done(output):
                        answer = output
                    case Failed():
                        error = result.error
                    case _:
                        return result
        return Failed(DefinitionError(f"{call.operation.id} does not come to an end"))

    def _conclude(
        self, run: Run, call: Call, account: Account, value: dict[str, Any], output: Any
    ) -> Done:
        step = self._step(run, call.step, call.operation, account, value, "call")
        return self._done(run, step, call.operation, Reply(output, ""), "")

    async def _single(
        self,
        run: Run,
        name: str,
        operation: Operation,
        account: Account,
        value: dict[str, Any],
        kind: str = "call",
    ) -> Result:
        step = run.steps.get(name) or self._step(run, name, operation, account, value, kind)
        if step.state == "intent":
            self._lose(step)
            if operation.effect is not Effect.CREATE and step.lost >= _LAST_CRASH:
                alone = step.lost - _SUSPECT
                why = f"the service ended {step.lost} times in the middle of it, {alone} of them"
                return self._give_up(run, step, PermanentError(f"{why} alone"))
        if step.state == "lost" and operation.effect is Effect.CREATE:
            found = await self._settle(run, step, operation, account)
            if found is not None:
                return found
        if step.lost < _SUSPECT:
            async with self._turns.reader:
                return await self._attempt(run, step, operation, account)
        async with self._turns.writer:
            result = await self._attempt(run, step, operation, account)
            # Until its outcome is on disk, an end of the service would be laid at its door.
            await self._journal.flush(run)
            return result

    async def _settle(
        self, run: Run, step: Step, operation: Operation, account: Account
    ) -> Result | None:
        """Find out what became of a create; None where it did not happen and may be tried again."""
        try:
            found = await self._lookups.find(account, operation, step)
        except (TransientError, CredentialsError) as error:
            at = self._retries.look_again(step.tried_at)
            if at is None:
                return self._unknown(run, step, error.message)
            run.pending.append(step.put())
            return Parked(f"looking up whether it happened: {error.message}", at)
        match found:
            case Present(output):
                return self._done(run, step, operation, Reply(output, ""), FOUND)
            case CannotTell(why):
                return self._unknown(run, step, why)
            case Absent(settle):
                return self._absent(run, step, settle)

    def _absent(self, run: Run, step: Step, settle: float) -> Result | None:
        clock = self._journal.clock
        if step.lost_at is None:
            step.lost_at = clock.ticks()  # lost in an earlier process: the time begins anew
        left = step.lost_at + settle - clock.ticks()
        if left > 0:
            run.pending.append(step.put())
            wake_at = clock.now() + math.ceil(left * SECOND)
            return Parked("checking whether it happened", wake_at)
        if step.lost >= _LOST_TRIES:
            return self._unknown(run, step, f"{step.lost} tries, and no trace of any")
        return None

    async def _attempt(
        self, run: Run, step: Step, operation: Operation, account: Account
    ) -> Result:
        step.attempts, step.reason = step.attempts + 1, ""
        run.keep(step)
        clock = self._journal.clock
        try:
            asked = -math.inf
            while operation.consent is not None and clock.ticks() - asked > _FRESH:
                if step.state == "intent":
                    step.state = "waiting"  # written, but nothing has left yet
                refusal = await self._consent.why_not(account, operation, step.input)
                if refusal is not None:
                    return self._denied(run, step, refusal)
                asked = clock.ticks()
                self._journal.points.reach("consent.asked")
                # The disk may keep us waiting for long; then consent is asked for again.
                await self._intend(run, step, operation)
            if operation.consent is None:
                await self._intend(run, step, operation)
            reply = await self._caller.call(account, operation, step.input)
        except DragomanError as error:
            sends = operation.consent or operation.no_consent
            if isinstance(error, Rejected) and error.reason == CONSENT and sends:
                return self._denied(run, step, error.message)
            return await self._failed(run, step, operation, account, error)
        self._journal.points.reach("call.answered")
        again_at = self._retries.not_made(operation.ready, reply.output, step.started_at)
        if again_at is not None:
            return self._not_yet(run, step, account, again_at)
        return self._done(run, step, operation, reply, "")

    async def _intend(self, run: Run, step: Step, operation: Operation) -> None:
        """Write that the call is about to be made.

        A read leaves no intent, unless another process began the run: if it is this call that ends
        the process each time, its tries must be counted before the work.
        """
        step.tried_at = self._journal.clock.now()
        step.state = "intent"
        if operation.effect is Effect.READ and not run.recovered:
            await self._journal.flush(run)
        else:
            await self._journal.flush(run, step.put())
        self._journal.points.reach("call.intended")

    async def _failed(
        self, run: Run, step: Step, operation: Operation, account: Account, error: DragomanError
    ) -> Result:
        """Sort what went wrong into: look it up, try again, or give up."""
        if isinstance(error, StoreBroken):
            raise error
        run.pending.append(self._trial(run, step, error))
        under_way = step.state == "intent"
        if under_way and _may_have_happened(error) and operation.effect is Effect.CREATE:
            self._lose(step)
            found = await self._settle(run, step, operation, account)
            if found is not None:
                return found
        elif under_way:
            step.state = "waiting"
        again = self._again(run, step, error)
        if again is None:
            if step.state == "lost":
                return self._unknown(run, step, error.message)
            return self._give_up(run, step, error)
        if not again.counts:
            step.attempts -= 1
        run.pending.append(step.put())
        return Parked(again.why, again.at)

    def _not_yet(self, run: Run, step: Step, account: Account, again_at: Millis) -> Parked:
        """Its time has not come: that is no try that failed, and no reason to hold up others."""
        step.state, step.attempts = "waiting", step.attempts - 1
        step.reason = f"{account.vendor.title} has not made it yet"
        run.pending.append(step.put())
        return Parked(step.reason, again_at, aside=True)

    def _lose(self, step: Step) -> None:
        """Nobody knows whether it happened; from now on the vendor has time to show it."""
        clock = self._journal.clock
        step.state, step.lost, step.tried_at = "lost", step.lost + 1, clock.now()
        step.lost_at = clock.ticks()

    def _again(self, run: Run, step: Step, error: DragomanError) -> Again | None:
        if isinstance(error, BadAnswer) and step.state == "lost":
            error = AnswerLost(error.message)
        return self._retries.after(error, step.attempts, step.started_at, run.flow.on_error)

    def _give_up(self, run: Run, step: Step, error: DragomanError) -> Failed:
        step.state, step.reason, step.output = "failed", error.message, failure(error)
        step.trace = error.trace
        self._close(run, step)
        return Failed(error)

    def _denied(self, run: Run, step: Step, reason: str) -> Denied:
        step.state, step.reason = "skipped", reason
        self._close(run, step)
        return Denied(reason)

    def _unknown(self, run: Run, step: Step, why: str) -> Unknown:
        step.state = "uncertain"
        step.reason = f"nobody can tell whether it happened: {why}"
        self._close(run, step)
        return Unknown(step.reason)

    def _done(self, run: Run, step: Step, operation: Operation, reply: Reply, reason: str) -> Done:
        step.state, step.output, step.reason, step.trace = "done", reply.output, reason, reply.trace
        step.identity = identity_of(operation, reply.output)
        self._close(run, step)
        return Done(reply.output)

    def _close(self, run: Run, step: Step) -> None:
        step.finished_at = self._journal.clock.now()
        run.note(step)

    def _step(
        self,
        run: Run,
        name: str,
        operation: Operation,
        account: Account,
        value: dict[str, Any],
        kind: str,
    ) -> Step:
        step = run.begin(name, kind, self._journal.clock.now())
        step.operation, step.connection, step.input = operation.id, account.name, value
        step.request = hashlib.sha256(jsons.canonical(value)).hexdigest()[:16]
        return step

    def _trial(self, run: Run, step: Step, error: DragomanError) -> Statement:
        values = {
            "run": run.id,
            "step": step.step,
            "number": step.attempts,
            "at": self._journal.clock.now(),
            "code": error.code,
            "message": error.message,
            "trace": error.trace,
            "raw": error.raw if isinstance(error, Unusable) else None,
        }
        return Statement("attempts.add", values)


def _may_have_happened(error: DragomanError) -> bool:
    return isinstance(error, AnswerLost | BadAnswer)
