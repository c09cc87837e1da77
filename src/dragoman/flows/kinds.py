"""What a kind of step has to offer: how it is read from a file, and what it does in a run."""

from collections.abc import Callable, Mapping
from typing import Protocol

import msgspec

from dragoman.catalog.shapes import Shape
from dragoman.flows import nodes
from dragoman.flows.expressions import Expression
from dragoman.flows.findings import Findings
from dragoman.flows.moves import Call, Fail, Finish, Note, Recorded, View, Wait
from dragoman.flows.scopes import Scope
from dragoman.flows.world import World
from dragoman.kernel.clock import Millis

Begun = Note | Call | Wait | Finish | Fail
Begin = Callable[[View, Millis], Begun]


def _nothing(_: Recorded) -> "tuple[Step, ...]":
    return ()


class Step(msgspec.Struct, frozen=True):
    """One step of a flow, ready to run."""

    id: str
    kind: str
    guard: Expression | None
    """Where it does not hold, the step is skipped."""
    begin: Begin
    """What to do when the run arrives here; raises ExpressionError."""
    below: "Callable[[Recorded], tuple[Step, ...]]" = _nothing
    """The steps to go through once this one is recorded, before the one after it."""


class Read(msgspec.Struct, frozen=True):
    """A step as read, and the outputs that later steps may use."""

    step: Step | None
    shapes: Mapping[str, Shape] = {}


ReadSteps = Callable[[nodes.Node | None, Scope, str], tuple[tuple[Step, ...], dict[str, Shape]]]
"""Reads a list of steps: the node, what they see, and the position they stand under."""


class Context(msgspec.Struct, frozen=True):
    """What is the same for all steps of a file."""

    world: World
    findings: Findings
    vendor: str
    """The vendor of the event."""
    connections: Mapping[str, str]
    read_steps: ReadSteps


class Entry(msgspec.Struct, frozen=True):
    """One step in the file."""

    node: nodes.Mapping
    id: str
    """As given, or made from the position."""
    position: str
    guard: Expression | None
    scope: Scope
    context: Context

    def step(self, kind: str, begin: Begin) -> Step:
        return Step(self.id, kind, self.guard, begin)

    def get(self, key: str) -> nodes.Node | None:
        return self.node.get(key)

    @property
    def findings(self) -> Findings:
        return self.context.findings


class Kind(Protocol):
    """A module of `steps/`."""

    KEY: str
    """The key that marks a step of this kind."""
    KEYS: frozenset[str]
    """The other keys it may have, besides `id` and `when`."""
    NAMED: bool
    """Whether it needs an `id`, because later steps use its output."""
    GUARDED: bool
    """Whether `when` is a guard, not a part of the kind itself."""

    def read(self, entry: Entry) -> Read: ...
