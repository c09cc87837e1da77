"""`map`: compute values and give them names."""

from dragoman.catalog.shapes import ANY, Shape
from dragoman.flows.kinds import Begin, Entry, Read
from dragoman.flows.moves import Note
from dragoman.flows.values import Build, build, compile_fields

KEY = "map"
KEYS: frozenset[str] = frozenset()
NAMED = True
GUARDED = True


def read(entry: Entry) -> Read:
    """Compile the values; their names are the fields of the step's output."""
    node = entry.findings.mapping(entry.get(KEY), "map")
    if node is None:
        return Read(None, {entry.id: ANY})
    fields = compile_fields(node, entry.scope, "map", entry.findings)
    shape = Shape("object", {name: value.shape for name, value in fields.items()})
    return Read(entry.step(KEY, _begin(entry.id, build(fields))), {entry.id: shape})


def _begin(step: str, build_values: Build) -> Begin:
    return lambda view, _: Note(step, KEY, build_values(view))
