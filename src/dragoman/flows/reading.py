"""From the text of a flow file to a checked flow, or to everything that is wrong with it."""

import hashlib
import re
from typing import Any

from dragoman.catalog.entries import Trigger
from dragoman.catalog.names import did_you_mean
from dragoman.flows import accounts, filters, inputs, stepping
from dragoman.flows.documents import Document
from dragoman.flows.findings import Findings
from dragoman.flows.flow import Flow, OnError
from dragoman.flows.kinds import Step
from dragoman.flows.nodes import Mapping, Node, Place, Scalar, plain, scalars
from dragoman.flows.scopes import Scope, event_shape
from dragoman.flows.world import World
from dragoman.kernel import jsons

KEYS = (
    "flow", "description", "on", "with", "where", "connections", "steps", "on_error",
)  # fmt: skip
_NAME = re.compile(r"[a-z0-9-]+", re.ASCII)
_ATTEMPTS = 100


def read(text: str, file: str, world: World) -> Flow:
    """Read and check a flow.

    Raises:
        Problems: the file is wrong; each problem says where and what to do.
    """
    findings = Findings(file)
    document = Document(text, file)
    findings.extend(document.problems)
    if document.root is None:
        if not document.problems:
            findings.add(Place(), "the file is empty", "a flow starts with `flow: NAME`")
        findings.settle()
    root = findings.mapping(document.root, "a flow file")
    flow = _Reader(root, world, findings).flow(text, file) if root is not None else None
    findings.settle()
    assert flow is not None  # noqa: S101  # else there were findings
    return flow


class _Reader:
    """Reads the parts of one file, in the order in which they lean on each other."""

    def __init__(self, root: Mapping, world: World, findings: Findings) -> None:
        self._root = root
        self._world = world
        self._findings = findings

    def flow(self, text: str, file: str) -> Flow:
        self._findings.known_keys(self._root, KEYS, "a flow")
        version = hashlib.sha256(_canonical(self._root)).hexdigest()[:12]
        name = self._name()
        trigger = self._trigger()
        scope = Scope(
            event=event_shape(trigger),
            env=frozenset(self._world.env),
            flow={"name": name, "version": version},
            filters={**_foreign(self._world), **filters.shipped()},
        )
        connections = self._connections()
        return Flow(
            name=name,
            version=version,
            trigger=trigger.id if trigger else "",
            settings=self._settings(trigger),
            match=trigger.match if trigger else {},
            where=self._findings.condition(self._root.get("where"), scope, "where"),
            connections=connections,
            steps=self._steps(scope, trigger, connections),
            on_error=self._on_error(),
            description=self._description(),
            text=text,
            file=file,
        )

    def _name(self) -> str:
        node = self._needed("flow", "flow: welcome-new-contact")
        name = self._findings.text(node, "flow")
        if node is not None and name is not None and not _NAME.fullmatch(name):
            fix = "only small letters, digits and '-'"
            self._findings.add(node, f"{name!r} is no name for a flow", fix)
        return name or ""

    def _description(self) -> str:
        return self._findings.text(self._root.get("description"), "description") or ""

    def _trigger(self) -> Trigger | None:
        node = self._needed("on", "on: acton.contact.added")
        name = self._findings.text(node, "on")
        if node is None or name is None:
            return None
        if name not in self._world.triggers:
            fix = did_you_mean(name, self._world.triggers, 3)
            self._findings.add(node, f"there is no trigger {name!r}", fix)
            return None
        found = self._world.triggers[name]
        if not found.callable:
            fix = "`dragoman catalog list --kind trigger` shows others, and how each is found"
            self._findings.add(node, f"no flow can begin with {name}: {found.reason}", fix)
        return found

    def _settings(self, trigger: Trigger | None) -> dict[str, Any]:
        node = self._findings.mapping(self._root.get("with"), "with")
        if trigger is None:
            return {}
        place = self._root.entries["on"].value.place
        given = node or Mapping(place)
        inputs.check(given, trigger.settings, trigger.id, "with", place, self._findings)
        for one in scalars(given):
            if "{{" in one.text:
                fix = "filter events with `where`"
                self._findings.add(one, "`with` is read before there is an event", fix)
        defaults = {
            one.name: one.default for one in trigger.settings.values() if one.default is not None
        }
        return {**defaults, **plain(given)}

    def _connections(self) -> dict[str, str]:
        node = self._findings.mapping(self._root.get("connections"), "connections")
        return accounts.read(node, self._world, self._findings) if node is not None else {}

    def _steps(
        self, scope: Scope, trigger: Trigger | None, connections: dict[str, str]
    ) -> tuple[Step, ...]:
        node = self._needed("steps", "steps:")
        if node is None:
            return ()
        vendor = trigger.vendor if trigger else ""
        reader = stepping.Reader(self._world, self._findings, vendor, connections)
        return reader.read(node, scope)

    def _on_error(self) -> OnError:
        node = self._findings.mapping(self._root.get("on_error"), "on_error")
        if node is None:
            return OnError()
        self._findings.known_keys(node, ("retry", "then"), "on_error")
        then = self._choice(node.get("then"), ("incident", "continue"), "then")
        return OnError(self._attempts(node.get("retry")), then)

    def _attempts(self, node: Node | None) -> int | None:
        if not isinstance(node, Mapping):
            return 1 if self._choice(node, ("default", "none"), "retry") == "none" else None
        self._findings.known_keys(node, ("attempts",), "retry")
        count = plain(node).get("attempts")
        if type(count) is int and 1 <= count <= _ATTEMPTS:
            return count
        self._findings.add(node, f"attempts should be a number from 1 to {_ATTEMPTS}")
        return None

    def _choice(self, node: Node | None, words: tuple[str, ...], what: str) -> str:
        if node is None:
            return words[0]
        if isinstance(node, Scalar) and node.value in words:
            return str(node.value)
        said = node.text if isinstance(node, Scalar) else ""
        message = f"`{what}` should be {' or '.join(words)}"
        self._findings.add(node, message, did_you_mean(said, words) if said else "")
        return words[0]

    def _needed(self, key: str, example: str) -> Node | None:
        node = self._root.get(key)
        if node is None:
            self._findings.add(self._root, f"a flow needs `{key}`", f"add `{example}`")
        return node


def _canonical(root: Mapping) -> bytes:
    return jsons.canonical(plain(root))


def _foreign(world: World) -> dict[str, filters.Filter]:
    return {name: filters.foreign(name, function) for name, function in world.filters.items()}
