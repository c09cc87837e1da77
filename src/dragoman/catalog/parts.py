"""Plans of several calls, written as generators: they yield a part, and are sent its output.

A plan is pure: it holds no clock and no connection, so the engine can run it again from recorded
outputs after a crash and arrive at the same place. A part that fails raises inside the plan.
"""

from collections.abc import Callable, Generator
from typing import Any

import msgspec

from dragoman.kernel.clock import Millis


class Part(msgspec.Struct, frozen=True):
    """One call that a plan wants made, through the connection it runs for."""

    operation: str
    input: dict[str, Any]


Plan = Generator[Part, Any, Any]
Composite = Callable[[dict[str, Any]], Plan]
"""From the composite's input to a plan that returns its output."""


class Lost(msgspec.Struct, frozen=True):
    """A create whose answer was lost."""

    input: dict[str, Any]
    since: Millis
    """When it was first tried, by the vendor's clock."""


LookupPlan = Generator[Part, Any, list[dict[str, Any]]]
Finder = Callable[[Lost], LookupPlan]
"""From a lost create to a plan that returns the outputs it may have had, the likeliest first."""


class Watch(msgspec.Struct, frozen=True):
    """What a poll is to look for."""

    settings: dict[str, Any]
    cursor: dict[str, Any]
    """As the last poll left it; empty the first time."""
    since: Millis
    """Look at what happened from here on."""
    page: int
    now: Millis = 0
    """By the vendor's clock; for what is found and does not say when it happened."""


class Found(msgspec.Struct, frozen=True):
    """A page of what a poll has found: the plan yields parts, and returns pages one by one."""

    rows: list[dict[str, Any]]
    """One mapping a thing found, by column heading."""
    cursor: dict[str, Any]
    """Facts to keep for the next poll."""
    unusable: list[dict[str, Any]] = []
    """Rows that lack what an event needs; they are kept aside, and stop no other row."""
    complete: bool = True
    """Whether everything since `since` was seen: only then may the cursor move on."""


PollPlan = Generator[Part, Any, Found]
Poller = Callable[[Watch], PollPlan]
