"""What a run knows when its next move is asked for, and what that move can be."""

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from dragoman.catalog.entries import Operation
from dragoman.kernel.clock import Millis
from dragoman.kernel.errors import DragomanError


class Recorded(msgspec.Struct, frozen=True):
    """How a step came out."""

    state: Literal["done", "failed", "skipped"]
    output: Any = None
    reason: str = ""


class View(msgspec.Struct, frozen=True):
    """Everything a flow may read; none of it is ever changed."""

    event: dict[str, Any]
    """CloudEvents attributes and `data`."""
    steps: dict[str, Recorded] = {}
    """What is recorded so far, by step id."""
    connection: Mapping[str, str] = {}
    """Facts of the connection that the event came by."""
    env: Mapping[str, Any] = {}


class Note(msgspec.Struct, frozen=True):
    """To be recorded at once: a skipped step, a mapped value, a branch taken."""

    step: str
    kind: str
    """The kind of the step: `call`, `map`, `wait`, `when`, `stop`."""
    output: Any = None
    """Of a map its values, of a branch `then` or `else`."""
    reason: str = ""
    """Why the step is skipped; empty where it is done."""

    @property
    def recorded(self) -> Recorded:
        if self.reason:
            return Recorded("skipped", None, self.reason)
        return Recorded("done", self.output)


class Call(msgspec.Struct, frozen=True):
    step: str
    operation: Operation
    connection: str | None
    """As the step or the flow names it; None leaves the choice to the engine."""
    input: dict[str, Any]


class Wait(msgspec.Struct, frozen=True):
    """Wake up at `until`, record the step as done, and ask for the next move."""

    step: str
    until: Millis
    reason: str


class Finish(msgspec.Struct, frozen=True):
    """The run is over."""

    state: Literal["done", "skipped"]
    reason: str = ""


class Fail(msgspec.Struct, frozen=True):
    """The step cannot be carried out; the error names step, field and expression."""

    step: str
    error: DragomanError


Next = Call | Wait | Finish | Fail


class Move(msgspec.Struct, frozen=True):
    notes: list[Note]
    """To be recorded before `next` is carried out, in this order."""
    next: Next
