"""Values of a flow file with expressions anywhere inside, compiled to functions."""

from collections.abc import Callable, Collection
from typing import Any

import msgspec

from dragoman.catalog.shapes import ANY, Shape
from dragoman.flows import bounds
from dragoman.flows.failures import ExpressionError
from dragoman.flows.findings import Findings
from dragoman.flows.moves import View
from dragoman.flows.nodes import Mapping, Node, Scalar, Sequence, plain
from dragoman.flows.scopes import Scope
from dragoman.flows.templates import template

Render = Callable[[View], Any]
Build = Callable[[View], dict[str, Any]]


class Value(msgspec.Struct, frozen=True):
    render: Render
    shape: Shape = ANY
    literal: bool = False
    """Whether the file says it all."""


def compile_value(node: Node, scope: Scope, field: str, findings: Findings) -> Value:
    """Compile a value; problems go to the findings."""
    match node:
        case Scalar():
            return _scalar(node, scope, field, findings)
        case Sequence():
            return _list(node, scope, field, findings)
        case Mapping():
            return _object(node, scope, field, findings)


def compile_fields(
    mapping: Mapping, scope: Scope, field: str, findings: Findings
) -> dict[str, Value]:
    """Compile the values of a mapping, each by its key."""
    fields = {}
    for name, entry in mapping.entries.items():
        if "{{" in name:
            findings.add(entry.key, "expressions stand in values, not in keys")
        fields[name] = compile_value(entry.value, scope, f"{field}.{name}", findings)
    return fields


def build(fields: dict[str, Value], free: Collection[str] = ()) -> Build:
    """One function that builds an object of these fields, within bounds; but for those that are
    `free`, whose bounds are set elsewhere.
    """
    pairs = tuple((name, value.render) for name, value in fields.items())

    def run(view: View) -> dict[str, Any]:
        built = {name: render(view) for name, render in pairs}
        bounds.whole({k: v for k, v in built.items() if k not in free} if free else built)
        return built

    return run


def _scalar(node: Scalar, scope: Scope, field: str, findings: Findings) -> Value:
    if type(node.value) is not str:
        return _literal(node.value)
    try:
        read = template(node.value, scope, field)
    except ExpressionError as error:
        findings.add_expression(node, error)
        return _literal(None)
    return Value(read.render, read.shape, read.literal)


def _list(node: Sequence, scope: Scope, field: str, findings: Findings) -> Value:
    parts = [
        compile_value(one, scope, f"{field}[{index}]", findings)
        for index, one in enumerate(node.items)
    ]
    if all(part.literal for part in parts):
        return _literal(plain(node))
    renders = tuple(part.render for part in parts)
    return Value(lambda view: [render(view) for render in renders])


def _object(node: Mapping, scope: Scope, field: str, findings: Findings) -> Value:
    fields = compile_fields(node, scope, field, findings)
    if all(value.literal for value in fields.values()):
        return _literal(plain(node))
    pairs = tuple((name, value.render) for name, value in fields.items())
    return Value(lambda view: {name: render(view) for name, render in pairs})


def _literal(value: Any) -> Value:
    return Value(lambda _: value, ANY, literal=True)
