"""A flow, read and checked: what starts it, what it filters, what it does."""

from collections.abc import Mapping
from typing import Any

import msgspec

from dragoman.flows.expressions import Expression
from dragoman.flows.kinds import Step
from dragoman.flows.moves import View


class OnError(msgspec.Struct, frozen=True):
    """What happens when a step's call fails."""

    attempts: int | None = None
    """How often to try in all; None = as the kind of error says, 1 = never again."""
    then: str = "incident"
    """`incident` stops the run for a person; `continue` goes on with null."""


class Flow(msgspec.Struct, frozen=True):
    """One version of a flow."""

    name: str
    version: str
    """Changes with the content, not with comments, quotes or the order of keys."""
    trigger: str
    settings: Mapping[str, Any]
    """What the trigger is asked to look at: the file's `with`, and the trigger's defaults."""
    match: Mapping[str, str]
    """From a setting to the field of the event's data that must equal it."""
    where: Expression | None
    connections: Mapping[str, str]
    """From a vendor to the name of the connection to use for it."""
    steps: tuple[Step, ...]
    on_error: OnError
    description: str
    text: str
    """The file as it was read."""
    file: str

    def is_for(self, data: Mapping[str, Any]) -> bool:
        """Whether an event of the trigger is one that the flow's `with` asks for."""
        return all(
            self.settings.get(setting) in (None, data.get(field))
            or str(self.settings[setting]) == str(data.get(field))
            for setting, field in self.match.items()
        )

    def chooses(self, view: View) -> str | None:
        """None where the flow is to run for the event, else the reason why not.

        Raises:
            ExpressionError: the filter cannot be computed for this event.
        """
        if self.where is None or self.where.value(view):
            return None
        return f"where: {self.where.text}"
