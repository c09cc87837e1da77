"""Operations of our own: without a network, without an account. Repeating them does no harm."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from dragoman.catalog import surprises
from dragoman.catalog.building import Builder
from dragoman.catalog.catalogue import Catalogue
from dragoman.catalog.entries import OWN
from dragoman.engine.journal import Journal
from dragoman.engine.results import Done, Failed, Result
from dragoman.engine.runs import Run
from dragoman.flows.moves import Call
from dragoman.kernel.errors import DragomanError

Function = Callable[[dict[str, Any]], dict[str, Any]]
"""Pure: from checked input to output; raises `BadInput` where it can do nothing with it."""
Aside = Callable[[Function, dict[str, Any]], Awaitable[dict[str, Any]]]
"""Carries a function out where it does not hold up the others."""


class Natives:
    def __init__(
        self,
        journal: Journal,
        catalogue: Catalogue,
        functions: Mapping[str, Function],
        aside: Aside,
    ) -> None:
        """Take in, besides the parts, the function of each operation of ours, by its id."""
        self._journal = journal
        self._aside = aside
        self._functions = functions
        ours = [one for one in catalogue.operations.values() if one.vendor == OWN]
        self._builders = {one.id: Builder(one) for one in ours}

    async def output(self, operation: str, given: Mapping[str, Any]) -> dict[str, Any]:
        """Carry out an operation of ours.

        Raises:
            BadInput: the input does not fit, or is nothing that can be worked on.
        """
        value = self._builders[operation].complete(given, {})
        with surprises.told(operation):
            return await self._aside(self._functions[operation], value)

    async def perform(self, run: Run, call: Call) -> Result:
        """Perform the next call of a run, and have it recorded. A crash in between repeats it."""
        clock = self._journal.clock
        step = run.begin(call.step, "call", clock.now())
        step.operation, step.input = call.operation.id, call.input
        result: Result
        try:
            step.output = await self.output(call.operation.id, call.input)
            step.state, result = "done", Done(step.output)
        except DragomanError as error:
            step.state, step.reason, result = "failed", error.message, Failed(error)
        step.finished_at = clock.now()
        run.note(step)
        return result
