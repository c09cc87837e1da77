"""What the pretended HighLevel has sent to Dragoman by itself, and what was answered."""

from collections.abc import Iterator

import msgspec

from dragoman.kernel.clock import Millis
from dragoman.simulator.webhooks.deliveries import Deliveries


class Sent(msgspec.Struct, frozen=True):
    """One try of one delivery."""

    at: Millis
    type: str
    again: bool
    status: int | None
    """None where nobody answered."""


class Hooks:
    def __init__(self, deliveries: Deliveries) -> None:
        self._deliveries = deliveries
        self._told: dict[str, int] = {}

    def news(self) -> Iterator[Sent]:
        """Tries since the last time, in their order."""
        fresh: list[Sent] = []
        for one in self._deliveries.since(0):
            told = self._told.get(one.webhook_id, 0)
            for number, tried in enumerate(one.attempts[told:], start=told):
                fresh.append(Sent(tried.at, one.type, number > 0, tried.status))
            self._told[one.webhook_id] = len(one.attempts)
        return iter(sorted(fresh, key=lambda sent: sent.at))

    def missed(self) -> int:
        """Deliveries that nobody has answered yet."""
        return sum(
            bool(one.attempts) and all(tried.status is None for tried in one.attempts)
            for one in self._deliveries.since(0)
        )
