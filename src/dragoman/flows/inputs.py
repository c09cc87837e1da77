"""Values that a file gives to parameters: known names, nothing missing, literals that fit."""

from collections.abc import Mapping
from typing import Any

import jsonschema_rs

from dragoman.catalog.entries import Parameter
from dragoman.catalog.names import did_you_mean
from dragoman.flows import nodes
from dragoman.flows.findings import Findings

_BOUNDS = ("minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "pattern")


def check(
    given: nodes.Mapping,
    parameters: Mapping[str, Parameter],
    owner: str,
    what: str,
    place: nodes.Place,
    findings: Findings,
) -> None:
    """Check the names and the literal values; `place` is where to say that one is missing."""
    for name, entry in given.entries.items():
        if name not in parameters:
            fix = did_you_mean(name, parameters)
            findings.add(entry.key, f"{owner} has no {_word(what)} {name!r}", fix)
        else:
            _check_value(entry.value, parameters[name], owner, findings)
    for parameter in parameters.values():
        value = given.get(parameter.name)
        absent = value is None or (isinstance(value, nodes.Scalar) and value.value is None)
        if parameter.required and parameter.default is None and absent:
            findings.add(
                place,
                f"{owner} needs the {_word(what)} {parameter.name!r}",
                f"add `{parameter.name}:` ({kind(parameter)}) under `{what}:`",
            )


def kind(parameter: Parameter) -> str:
    """What the parameter takes, in words."""
    schema = parameter.schema
    if "enum" in schema:
        return "one of " + ", ".join(str(one) for one in schema["enum"])
    said = schema.get("type", "any value")
    words = [" or ".join(said) if isinstance(said, list) else str(said)]
    return ", ".join(words + [f"{key} {schema[key]}" for key in _BOUNDS if key in schema])


def _check_value(node: nodes.Node, parameter: Parameter, owner: str, findings: Findings) -> None:
    if any("{{" in one.text for one in nodes.scalars(node)):
        return  # known only when it runs; its names are checked where it is compiled
    value = nodes.plain(node)
    if value is None or _fits(parameter.schema, value):
        return
    fix = ""
    if _fits(parameter.schema, str(value)) and not isinstance(value, dict | list):
        fix = f"quote it: {parameter.name}: {str(value)!r}"
    elif parameter.schema.get("type") == "boolean":
        fix = "write true or false"
    elif "enum" in parameter.schema:
        fix = did_you_mean(str(value), [str(one) for one in parameter.schema["enum"]])
    findings.add(node, f"{owner}: {parameter.name} should be {kind(parameter)}", fix)


def _fits(schema: dict[str, Any], value: Any) -> bool:
    return jsonschema_rs.is_valid(schema, value)


def _word(what: str) -> str:
    return "input" if what == "input" else "setting"
