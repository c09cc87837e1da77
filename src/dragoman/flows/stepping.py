"""Reads lists of steps: which kind each is, its id and guard, and what the next ones may see."""

import re
from collections.abc import Iterator, Mapping

import msgspec

from dragoman.catalog.names import did_you_mean
from dragoman.catalog.shapes import ANY, Shape
from dragoman.flows import nodes
from dragoman.flows.findings import Findings
from dragoman.flows.kinds import Context, Entry, Kind, Read, Step
from dragoman.flows.scopes import Scope
from dragoman.flows.steps import kinds
from dragoman.flows.world import World

_ID = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
MOST = 300
"""Steps of one flow, on all levels."""
_COMMON = frozenset({"id", "when"})


class Reader:
    """Reads the steps of one file."""

    def __init__(
        self, world: World, findings: Findings, vendor: str, connections: Mapping[str, str]
    ) -> None:
        self._findings = findings
        self._context = Context(world, findings, vendor, connections, self._list)
        self._lines: dict[str, int] = {}
        self._read = 0

    def read(self, node: nodes.Node, scope: Scope) -> tuple[Step, ...]:
        """Read the list under `steps`."""
        ids = frozenset(_ids(node))
        steps, _ = self._list(node, msgspec.structs.replace(scope, elsewhere=ids), "")
        if isinstance(node, nodes.Sequence) and not node.items:
            self._findings.add(node, "a flow needs at least one step")
        return steps

    def _count(self, node: nodes.Node) -> bool:
        """Whether one more step may stand in this file."""
        self._read += 1
        if self._read == MOST + 1:
            self._findings.add(node, f"a flow has at most {MOST} steps", "split it into flows")
        return self._read <= MOST

    def _list(
        self, node: nodes.Node | None, scope: Scope, position: str
    ) -> tuple[tuple[Step, ...], dict[str, Shape]]:
        steps: list[Step] = []
        shapes: dict[str, Shape] = {}
        what = position.rpartition(".")[2] or "steps"
        for count, item in enumerate(self._findings.sequence(node, what), start=1):
            if not self._count(item):
                break
            place = f"{position}.{count}" if position else str(count)
            read = self._step(item, scope.seeing(shapes), place)
            shapes.update(read.shapes)
            if read.step is not None:
                steps.append(read.step)
        return tuple(steps), shapes

    def _step(self, item: nodes.Node, scope: Scope, position: str) -> Read:
        node = self._findings.mapping(item, "a step")
        if node is None:
            return Read(None)
        kind = self._kind(node)
        name = self._id(node, kind)
        if kind is None:
            return Read(None, {name: ANY} if name else {})
        guard = None
        if kind.GUARDED:
            guard = self._findings.condition(node.get("when"), scope, "when")
        self._findings.known_keys(node, {kind.KEY, *kind.KEYS, *_COMMON}, f"a {kind.KEY} step")
        return kind.read(Entry(node, name or position, position, guard, scope, self._context))

    def _kind(self, node: nodes.Mapping) -> Kind | None:
        known = kinds()
        marks = [key for key in node.entries if key in known]
        if len(marks) == 1:
            return known[marks[0]]
        if marks:
            place = node.key_place(marks[1])
            message = f"a step does one thing, and this one has {marks[0]!r} and {marks[1]!r}"
            self._findings.add(place, message, "make two steps of it")
        elif "when" in node.entries:
            message = "`when` alone does nothing"
            self._findings.add(node.key_place("when"), message, "add `then:` with a list of steps")
        else:
            strange = next((key for key in node.entries if key not in _COMMON), "")
            place = node.key_place(strange) if strange else node.place
            fix = did_you_mean(strange, known)
            self._findings.add(place, "this step has no kind that is known", fix)
        return None

    def _id(self, node: nodes.Mapping, kind: Kind | None) -> str | None:
        given = node.get("id")
        if given is None:
            if kind is not None and kind.NAMED:
                self._findings.add(node, f"a {kind.KEY} step needs an `id`", "add `id: NAME`")
            return None
        name = self._findings.text(given, "id")
        if name is None or not _ID.fullmatch(name):
            if name is not None:
                fix = "a small letter, then small letters, digits and '_'"
                self._findings.add(given, f"{name!r} is no id", fix)
            return None
        if name in self._lines:
            message = f"two steps have the id {name!r} (first in line {self._lines[name]})"
            self._findings.add(given, message, "give one of them another id")
        self._lines.setdefault(name, given.place.line)
        return name


def _ids(node: nodes.Node) -> Iterator[str]:
    """All ids of steps, however deep they stand."""
    match node:
        case nodes.Sequence():
            for one in node.items:
                yield from _ids(one)
        case nodes.Mapping():
            given = node.get("id")
            if isinstance(given, nodes.Scalar) and any(key in node.entries for key in kinds()):
                yield given.text
            for entry in node.entries.values():
                yield from _ids(entry.value)
        case nodes.Scalar():
            return
