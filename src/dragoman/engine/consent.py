"""Asked before every send: may this person be sent to, now?

What was read earlier in the run does not count: consent may have been withdrawn since. What cannot
be found out is never taken as allowed.
"""

from typing import Any

from dragoman.catalog import surprises
from dragoman.catalog.entries import Operation
from dragoman.engine.accounts import Account
from dragoman.engine.caller import Caller


class ConsentDesk:
    def __init__(self, caller: Caller) -> None:
        self._caller = caller

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
        question = {theirs: value[ours] for theirs, ours in rule.input.items()}
        answer = await self._caller.ask(account, f"{operation.vendor}.{rule.ask}", question)
        with surprises.told(operation.id):
            reason: str | None = account.vendor.resolve(rule.read)(answer, value[rule.channel])
            return reason
