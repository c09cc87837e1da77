"""When a call that did not go well is tried again."""

from typing import Any

import msgspec

from dragoman.catalog.entries import Ready
from dragoman.flows.flow import OnError
from dragoman.http import backoff
from dragoman.kernel.chance import Chance
from dragoman.kernel.clock import DAY, MINUTE, SECOND, Clock, Millis
from dragoman.kernel.errors import CredentialsError, DragomanError, RateLimited, TransientError

_RECONNECT: Millis = 5 * MINUTE
"""How often a run looks whether its account was reconnected."""
_PATIENCE: Millis = 7 * DAY
"""How long a vendor may say wait (a day's calls may be used up several times over)."""
_SEARCH: Millis = DAY
"""How long a look-up may fail before a person is asked."""


class Policy(msgspec.Struct, frozen=True):
    attempts: int
    base: float
    """Seconds."""
    cap: float
    """Seconds."""


class Again(msgspec.Struct, frozen=True):
    """Try again at this time."""

    at: Millis
    counts: bool
    """Whether the try that failed counts towards the limit."""
    why: str


class Retries:
    def __init__(self, policy: Policy, clock: Clock, chance: Chance) -> None:
        self._policy = policy
        self._clock = clock
        self._chance = chance

    def after(
        self, error: DragomanError, attempts: int, started_at: Millis, on_error: OnError
    ) -> Again | None:
        """When to try again; None where trying again does not help or was tried enough.

        Args:
            error: what went wrong.
            attempts: tries that counted, this one included.
            started_at: when the step was first tried.
            on_error: what the flow says.
        """
        now = self._clock.now()
        match error:
            case RateLimited():
                if now - started_at > _PATIENCE:
                    return None
                wait = error.retry_after
                if wait is None:
                    wait = self._delay(_grown(now - started_at))
                else:  # spread: all who wait for the same moment must not come in the same one
                    wait += self._chance.fraction()
                return Again(now + round(wait * SECOND), counts=False, why=error.message)
            case CredentialsError():
                return Again(now + _RECONNECT, counts=False, why=error.message)
            case TransientError():
                limit = self._policy.attempts if on_error.attempts is None else on_error.attempts
                if attempts >= limit:
                    return None
                wait = self._delay(attempts)
                return Again(now + round(wait * SECOND), counts=True, why=error.message)
            case _:
                return None

    def look_again(self, tried_at: Millis) -> Millis | None:
        """When to look up again what became of a try; None where it was looked for long enough."""
        now = self._clock.now()
        if now - tried_at > _SEARCH:
            return None
        return now + round(self._delay(_grown(now - tried_at)) * SECOND)

    def not_made(self, ready: Ready | None, output: Any, started_at: Millis) -> Millis | None:
        """When to ask again for what the vendor makes later than what it belongs to; None where it
        is there, or was asked for long enough.
        """
        now = self._clock.now()
        if ready is None or output.get(ready.field):
            return None
        end = started_at + round(ready.within * SECOND)
        if now >= end:
            return None
        pause = self._delay(_grown(now - started_at))
        return min(now + round(pause * SECOND), end)

    def _delay(self, attempt: int) -> float:
        fraction = self._chance.fraction()
        return backoff.delay(attempt, fraction, self._policy.base, self._policy.cap)


def _grown(elapsed: Millis) -> int:
    """As many repeats as pauses that double each time fit into what has passed."""
    return (elapsed // SECOND).bit_length() + 1
