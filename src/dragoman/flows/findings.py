"""Collects what is wrong with a flow file, each with its place and the way out."""

from collections.abc import Collection
from typing import Any

from dragoman.catalog.names import did_you_mean
from dragoman.flows.expressions import Expression, bare
from dragoman.flows.failures import ExpressionError
from dragoman.flows.nodes import Mapping, Node, Place, Scalar, Sequence
from dragoman.flows.scopes import Scope
from dragoman.kernel.errors import DefinitionError, Problems, Where

MOST = 100
"""How many problems of a file are told at once."""


class Findings:
    """One reading goes on after a problem, so that a person sees all of them at once."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._found: list[DefinitionError] = []

    def add(self, at: Node | Place, message: str, fix: str = "") -> None:
        place = at if isinstance(at, Place) else at.place
        where = Where(self._file, place.line, place.column)
        self._found.append(DefinitionError(message, fix=fix, where=where))
        if len(self._found) >= MOST:  # a person has enough to do, and a hostile file no more to ask
            self.settle()

    def extend(self, problems: list[DefinitionError]) -> None:
        self._found += problems[:MOST]

    def add_expression(self, node: Scalar, error: ExpressionError) -> None:
        self.add(node.place_of(error.offset), error.message, error.fix)

    def settle(self) -> None:
        """Raise what was found, in the order of the file."""
        if self._found:
            raise Problems(sorted(self._found, key=_order))

    def mapping(self, node: Node | None, what: str) -> Mapping | None:
        if isinstance(node, Mapping):
            return node
        if node is not None:
            self.add(node, f"{what} should be a mapping, not {kind_of(node)}")
        return None

    def sequence(self, node: Node | None, what: str) -> list[Node]:
        if isinstance(node, Sequence):
            return node.items
        if node is not None:
            self.add(node, f"{what} should be a list, not {kind_of(node)}", "start lines with '- '")
        return []

    def text(self, node: Node | None, what: str) -> str | None:
        if isinstance(node, Scalar) and type(node.value) is str and node.value:
            return node.value
        if node is not None:
            self.add(node, f"{what} should be a text, not {kind_of(node)}")
        return None

    def known_keys(self, mapping: Mapping, known: Collection[str], what: str) -> None:
        for name, entry in mapping.entries.items():
            if name not in known:
                self.add(entry.key, f"{what} has no key {name!r}", did_you_mean(name, known))

    def condition(self, node: Node | None, scope: Scope, field: str) -> Expression | None:
        """A bare expression of `where` or `when`."""
        if node is None:
            return None
        if not isinstance(node, Scalar) or node.value is None:
            self.add(node, f"{field} should be an expression, not {kind_of(node)}")
            return None
        try:
            return bare(node.text, scope, field)
        except ExpressionError as error:
            self.add_expression(node, error)
            return None


def kind_of(node: Node) -> str:
    """What a person would call this node."""
    match node:
        case Mapping():
            return "a mapping"
        case Sequence():
            return "a list"
        case Scalar(value=None):
            return "nothing"
        case Scalar(value=bool()):
            return "true or false"
        case Scalar(value=str()):
            return "a text"
        case _:
            return "a number"


def _order(error: DefinitionError) -> tuple[int, int]:
    where: Any = error.where
    return where.line, where.column
