"""Every event with all its tries, so that a test can compare what was sent with what was taken."""

from collections import Counter, deque
from dataclasses import dataclass, field
from typing import Literal

from dragoman.kernel.clock import Millis
from dragoman.kernel.jsons import Json

KEPT = 20_000

State = Literal["pending", "delivered", "failed", "dropped"]


@dataclass(frozen=True, slots=True)
class Attempt:
    copy: int
    """1, or 2 and more where the event was sent again on purpose."""
    at: Millis
    status: int | None
    """None where nothing answered."""


@dataclass(slots=True)
class Delivery:
    number: int
    webhook_id: str
    type: str
    location_id: str
    body: bytes
    """The same bytes at every try."""
    made: Millis
    copies: int = 0
    open: int = 0
    """Copies that are still to be sent or to be tried again."""
    attempts: list[Attempt] = field(default_factory=list)

    @property
    def state(self) -> State:
        if any(one.status and one.status // 100 == 2 for one in self.attempts):  # noqa: PLR2004  # 2xx
            return "delivered"
        if self.open:
            return "pending"
        return "failed" if self.copies else "dropped"


class Deliveries:
    """The last ones, oldest first."""

    def __init__(self) -> None:
        self._all: deque[Delivery] = deque(maxlen=KEPT)
        self._made = 0

    def add(
        self, webhook_id: str, kind: str, location_id: str, body: bytes, now: Millis
    ) -> Delivery:
        self._made += 1
        delivery = Delivery(self._made, webhook_id, kind, location_id, body, now)
        self._all.append(delivery)
        return delivery

    def since(self, number: int) -> list[Delivery]:
        return [one for one in self._all if one.number > number]

    def find(self, webhook_id: str) -> Delivery | None:
        return next((one for one in self._all if one.webhook_id == webhook_id), None)

    def counts(self) -> dict[str, Json]:
        """How many in each state, and how many were sent more than once on purpose."""
        states = Counter(one.state for one in self._all)
        kinds: tuple[State, ...] = ("pending", "delivered", "failed", "dropped")
        return {
            "made": self._made,
            **{state: states[state] for state in kinds},
            "doubled": sum(one.copies > 1 for one in self._all),
            "attempts": sum(len(one.attempts) for one in self._all),
        }
