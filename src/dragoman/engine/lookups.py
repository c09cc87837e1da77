"""Whether a create happened whose answer was lost: asked before it may be repeated."""

from typing import Any

import msgspec

from dragoman.catalog.entries import Operation
from dragoman.catalog.parts import Lost
from dragoman.engine.accounts import Account
from dragoman.engine.caller import Caller
from dragoman.engine.runs import Step
from dragoman.kernel.clock import DAY, Clock
from dragoman.kernel.errors import PermanentError
from dragoman.store.port import Store


class Present(msgspec.Struct, frozen=True):
    output: Any


class Absent(msgspec.Struct, frozen=True):
    """Not there now; the vendor may show it later."""

    settle: float
    """Seconds after which absence counts."""


class CannotTell(msgspec.Struct, frozen=True):
    why: str


class Lookups:
    def __init__(
        self,
        caller: Caller,
        store: Store,
        clock: Clock,
        settle: float | None,
    ) -> None:
        self._caller = caller
        self._store = store
        self._clock = clock
        self._settle = settle
        self._claiming: set[tuple[str, str]] = set()

    async def find(
        self, account: Account, operation: Operation, step: Step
    ) -> Present | Absent | CannotTell:
        """Look for what the step may have created.

        Raises:
            TransientError, CredentialsError: the look-up itself must be tried again later.
        """
        rule = operation.lookup
        if rule is None:
            return CannotTell(f"{operation.id} has no way to find out")
        now = self._clock.now()
        # A clock that was set back says nothing of when it began: then look a day back.
        begun = step.started_at if step.started_at <= now else now - DAY
        lost = Lost(step.input, begun + account.vendor_clock.ahead)
        try:
            plan = account.vendor.resolve(rule.by)(lost)
            candidates = await self._caller.follow(account, plan)
        except PermanentError as error:
            return CannotTell(error.message)
        for candidate in candidates:
            if not rule.exclusive or not await self._claimed(account, operation, candidate):
                return Present(candidate)
        return Absent(rule.settle if self._settle is None else self._settle)

    async def _claimed(
        self, account: Account, operation: Operation, candidate: dict[str, Any]
    ) -> bool:
        """Whether another step is known to have made it; from here on this one claims it."""
        identity = identity_of(operation, candidate)
        key = (account.name, identity or "")
        if key in self._claiming:
            return True
        values = {"identity": identity, "operation": operation.id, "connection": account.name}
        if await self._store.read("steps.claimed", values):
            return True
        self._claiming.add(key)
        return False


def identity_of(operation: Operation, output: Any) -> str | None:
    """The vendor's id of what a create has made."""
    if operation.lookup is None:
        return None
    for name in operation.lookup.identity.split("."):
        output = output.get(name) if isinstance(output, dict) else None
    return output if isinstance(output, str) else None
