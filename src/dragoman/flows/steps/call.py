"""`call`: ask an operation of a vendor."""

from dragoman.catalog.entries import Operation
from dragoman.catalog.names import did_you_mean
from dragoman.catalog.shapes import ANY
from dragoman.flows import accounts, inputs
from dragoman.flows.kinds import Begin, Entry, Read
from dragoman.flows.moves import Call
from dragoman.flows.nodes import Mapping
from dragoman.flows.values import Build, build, compile_fields

KEY = "call"
KEYS = frozenset({"input", "connection"})
NAMED = True
GUARDED = True


def read(entry: Entry) -> Read:
    """Check the operation, its input and the account it is asked through."""
    operation = _operation(entry)
    node = entry.findings.mapping(entry.get("input"), "input") or Mapping(entry.node.place)
    fields = compile_fields(node, entry.scope, "input", entry.findings)
    if operation is None:
        return Read(None, {entry.id: ANY})
    place = entry.node.key_place(KEY)
    inputs.check(node, operation.input, operation.id, "input", place, entry.findings)
    connection = accounts.choose(entry, operation.vendor)
    # A file is as large as the vendor takes it, and was so when it came.
    files = [one.name for one in operation.input.values() if one.place == "file"]
    begin = _begin(entry.id, operation, connection, build(fields, files))
    return Read(entry.step(KEY, begin), {entry.id: operation.output})


def _begin(step: str, operation: Operation, connection: str | None, build_input: Build) -> Begin:
    return lambda view, _: Call(step, operation, connection, build_input(view))


def _operation(entry: Entry) -> Operation | None:
    node = entry.get(KEY)
    name = entry.findings.text(node, "call")
    if node is None or name is None:
        return None
    known = entry.context.world.operations
    if name not in known:
        fix = did_you_mean(name, known, 3)
        entry.findings.add(node, f"there is no operation {name!r}", fix)
        return None
    if not known[name].callable:
        entry.findings.add(node, f"{name} cannot be called: {known[name].reason}")
        return None
    return known[name]
