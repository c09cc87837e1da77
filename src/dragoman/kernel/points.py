"""Named places where a test may end the process, to prove that nothing depends on luck."""

from typing import Protocol

NAMES = (
    "hook.stored", "hook.sorted", "poll.found", "poll.stored", "intake.routed", "request.stored",
    "consent.asked", "call.intended", "call.answered", "token.intended", "token.answered",
    "token.stored", "run.finished",
)  # fmt: skip
"""Every point there is, in the order in which a run comes to them."""


class Points(Protocol):
    def reach(self, name: str) -> None:
        """Say that the named place was reached."""
        ...


class NoPoints:
    """In production nothing happens at any of them."""

    def reach(self, name: str) -> None:
        del name
