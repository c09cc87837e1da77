"""The names an expression may use, and what is known of their values."""

from collections.abc import Mapping

import msgspec

from dragoman.catalog.entries import Trigger
from dragoman.catalog.shapes import ANY, Shape
from dragoman.flows.filters import Filter

TEXT = Shape("string")
_ATTRIBUTES = (
    "specversion", "id", "type", "source", "subject", "time",
    "workspace", "connection", "environment", "via",
)  # fmt: skip


class Scope(msgspec.Struct, frozen=True):
    """What can be seen from one place of a flow."""

    event: Shape
    env: frozenset[str]
    flow: Mapping[str, str]
    filters: Mapping[str, Filter]
    steps: Mapping[str, Shape] = {}
    """Steps that can have run before, by id."""
    elsewhere: frozenset[str] = frozenset()
    """Ids of the flow's other steps, for a better message."""

    def seeing(self, steps: Mapping[str, Shape]) -> "Scope":
        return msgspec.structs.replace(self, steps={**self.steps, **steps})


def event_shape(trigger: Trigger | None) -> Shape:
    """The shape of the whole event; its data are open where the trigger is unknown."""
    fields = dict.fromkeys(_ATTRIBUTES, TEXT)
    return Shape("object", {**fields, "data": trigger.shape if trigger else ANY})
