"""Faults on demand: which calls they strike, and what is left of them."""

import re
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

Kind = Literal["429", "status", "stall", "cut", "html", "empty", "json", "act_then_status"]


class Fault(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What goes wrong.

    `429`              refused for pace, with `retry_after` (seconds or text) or without
    `status`           refused with `status`, in the vendor's own form or with `body`
    `json`             answers `status` with any `body`; nothing happens
    `html`             an HTML page with `status`, as a proxy or a CDN sends it; nothing happens
    `empty`            acts, then sends its status and no body; with `status` it does not act
    `act_then_status`  acts, then answers `status` as if it had not
    `stall`            waits `seconds`, `before` acting (it still acts late) or `after`;
                       `then: cut` ends in a closed connection, and before acting it never acts
    `cut`              closes the connection `before` or `after` acting, or amid the answer (`half`)
    """

    kind: Kind
    status: int | None = None
    body: Any = None
    content_type: str | None = None
    retry_after: float | str | None = None
    when: Literal["before", "after", "half"] = "before"
    seconds: float = 3600.0
    then: Literal["answer", "cut"] = "answer"


class BreakRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which calls a fault strikes."""

    fault: Fault
    vendor: Literal["highlevel", "acton"] | None = None
    method: str | None = None
    path: str | None = None
    """A regular expression, searched for in the path."""
    skip: int = 0
    """How many matching calls go unharmed first."""
    times: int | None = 1
    """How many calls are struck; null is for ever."""


@dataclass(slots=True)
class Break:
    id: str
    asked: BreakRequest
    pattern: re.Pattern[str] | None
    seen: int = 0
    struck: int = 0

    def strikes(self, vendor: str, method: str, path: str) -> bool:
        """Whether this call is hit; counts it."""
        if not self._matches(vendor, method, path):
            return False
        self.seen += 1
        if self.seen <= self.asked.skip:
            return False
        self.struck += 1
        return True

    def spent(self) -> bool:
        return self.asked.times is not None and self.struck >= self.asked.times

    def _matches(self, vendor: str, method: str, path: str) -> bool:
        asked = self.asked
        return (
            asked.vendor in (None, vendor)
            and (asked.method is None or asked.method.upper() == method)
            and (self.pattern is None or self.pattern.search(path) is not None)
        )


class Breaks:
    """The faults in force, oldest first; the first that matches strikes, alone."""

    def __init__(self) -> None:
        self.active: dict[str, Break] = {}
        self._made = 0

    def add(self, asked: BreakRequest) -> Break:
        """Put a fault in force.

        Raises:
            re.error: the path is not a regular expression.
        """
        pattern = re.compile(asked.path) if asked.path else None
        self._made += 1
        one = Break(f"break-{self._made}", asked, pattern)
        self.active[one.id] = one
        return one

    def mend(self, break_id: str) -> bool:
        return self.active.pop(break_id, None) is not None

    def mend_all(self) -> int:
        count = len(self.active)
        self.active.clear()
        return count

    def strike(self, vendor: str, method: str, path: str) -> Fault | None:
        """The fault that hits this call, if one does."""
        for one in tuple(self.active.values()):
            if one.strikes(vendor, method, path):
                if one.spent():
                    del self.active[one.id]
                return one.asked.fault
        return None
