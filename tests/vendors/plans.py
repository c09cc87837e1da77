"""Drives plans by hand: each part must be a call that could be made, each output could come."""

from collections.abc import Generator
from typing import Any

from dragoman.catalog.building import Builder
from dragoman.catalog.parts import Part
from tests.catalog.shipped import CATALOGUE

FACTS = {"location_id": "ExampleLocation00001", "account_id": "10001"}


class Drive:
    """A plan under way, with what it has asked so far."""

    def __init__(self, plan: Generator[Part, Any, Any]) -> None:
        self._plan = plan
        self.asked: list[Part] = []
        self.result: Any = None
        self.ended = False
        self._step(lambda: next(plan))

    @property
    def part(self) -> Part:
        assert not self.ended
        return self.asked[-1]

    def answer(self, output: Any) -> "Drive":
        assert CATALOGUE.operation(self.part.operation).output.missing(output) is None
        self._step(lambda: self._plan.send(output))
        return self

    def fail(self, error: Exception) -> "Drive":
        self._step(lambda: self._plan.throw(error))
        return self

    def _step(self, move: Any) -> None:
        try:
            part = move()
        except StopIteration as stop:
            self.ended, self.result = True, stop.value
            return
        Builder(CATALOGUE.operation(part.operation)).complete(part.input, FACTS)
        self.asked.append(part)
