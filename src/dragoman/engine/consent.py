"""Asked before every send: may this person be sent to, now?

What was read earlier in the run does not count: consent may have been withdrawn since. What cannot
be found out is never taken as allowed.
"""

from typing import Any

from dragoman.catalog.catalogue import Catalogue
from dragoman.catalog.entries import Operation
from dragoman.engine.accounts import Account
from dragoman.engine.caller import Caller


class ConsentDesk:
    def __init__(self, caller: Caller, catalogue: Catalogue) -> None:
        self._caller = caller
        self._catalogue = catalogue

    async def why_not(
        self, account: Account, operation: Operation, value: dict[str, Any]
    ) -> str | None:
        """The reason why the person may not be sent to; None where it is allowed.

        Raises:
            DragomanError: it could not be found out.
        """
        rule = operation.consent
        if rule is None:
            return None
        ask = self._catalogue.operation(f"{operation.vendor}.{rule.ask}")
        question = {theirs: value[ours] for theirs, ours in rule.input.items()}
        complete = self._caller.complete(account, ask, question)
        reply = await self._caller.call(account, ask, complete)
        reason: str | None = account.vendor.resolve(rule.read)(reply.output, value[rule.channel])
        return reason
