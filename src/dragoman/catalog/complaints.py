"""What is wrong with an input, in words that repeat nothing of it."""

from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema_rs

from dragoman.catalog.entries import Operation, Parameter
from dragoman.catalog.names import did_you_mean
from dragoman.kernel import jsons
from dragoman.kernel.errors import DefinitionError

_SHOWN = 80
"""Letters of an unknown name that a refusal repeats."""


def found(
    operation: Operation, value: Mapping[str, Any], validator: jsonschema_rs.Validator
) -> tuple[str, Parameter | None]:
    """What is wrong, and with which input."""
    for name in value:
        if name not in operation.input:
            hint = did_you_mean(name, operation.input)
            return f"{operation.id} has no input {name[:_SHOWN]!r}: {hint}", None
    for parameter in operation.input.values():
        if parameter.required and parameter.name not in value:
            return f"{operation.id} needs {parameter.name!r} ({_kind(parameter)})", parameter
    for fault in validator.iter_errors(dict(value)):
        name = str(fault.instance_path[0])
        # The library's own text quotes the value, which may be a message or an address; so may
        # a name be that the entry does not know.
        known = {*_spoken(operation.input[name].schema), name}
        steps = [str(one) for one in fault.instance_path if isinstance(one, int) or one in known]
        inner = "" if len(steps) == 1 else f", and {'.'.join(steps)} does not fit"
        about = operation.input[name]
        return f"{operation.id}: {name} should be {_kind(about)}{inner}", about
    return f"{operation.id}: the input does not fit", None


def example(parameter: Parameter | None) -> str:
    """An input as it may be, as a command takes it."""
    if parameter is None:
        return ""
    from dragoman.catalog import samples  # noqa: PLC0415  # needed only where something is wrong

    try:
        value = samples.one(parameter)
    except DefinitionError:
        return ""
    if parameter.place == "file":
        value = f"@{value['name']}"
    said = value if isinstance(value, str) else jsons.text(value)
    return f"for example {parameter.name}={said}; "


def _spoken(schema: Any) -> Iterator[str]:
    """The names that a schema knows, however deep."""
    if isinstance(schema, list):
        for one in schema:
            yield from _spoken(one)
    elif isinstance(schema, dict):
        yield from schema.get("properties", ())
        for one in schema.values():
            yield from _spoken(one)


def _kind(parameter: Parameter) -> str:
    if parameter.place == "file":
        return "a file"
    if "enum" in parameter.schema:
        return "one of " + ", ".join(str(one) for one in parameter.schema["enum"])
    said = parameter.schema.get("type", "any value")
    parts = [" or ".join(said) if isinstance(said, list) else str(said)]
    parts += [f"{key} {parameter.schema[key]}" for key in _BOUNDS if key in parameter.schema]
    return ", ".join(parts)


_BOUNDS = ("minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "pattern")
