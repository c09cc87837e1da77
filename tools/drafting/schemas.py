"""From the vendors' schemas to ours: what an input must be, and what an answer holds."""

from collections.abc import Mapping
from typing import Any

_KEPT = (
    *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    *("minLength", "maxLength", "pattern", "minItems", "maxItems", "uniqueItems"),
)
_TYPES = frozenset({"string", "integer", "number", "boolean", "object", "array"})
_DEEP, _MANY = 8, 20
_BRANCHES = ("oneOf", "anyOf", "allOf")
Schemas = Mapping[str, Any]


def resolved(schema: Mapping[str, Any], known: Schemas) -> Mapping[str, Any]:
    """The schema that a reference stands for; an empty one where the file does not hold it."""
    for _ in range(_DEEP):
        if "$ref" not in schema:
            break
        schema = known.get(schema["$ref"].rpartition("/")[2], {})
    if len(schema.get("allOf", ())) == 1 and "properties" not in schema:
        return {**resolved(schema["allOf"][0], known), **_nullable(schema)}
    return schema


def asked(schema: Mapping[str, Any], known: Schemas, depth: int = 0) -> dict[str, Any]:
    """What a value must be, as JSON Schema, with every reference written out."""
    schema = resolved(schema, known)
    if depth > _DEEP:
        return {}
    for branch in _BRANCHES:
        if branch in schema:
            return {branch: [asked(one, known, depth + 1) for one in schema[branch]]}
    found = {**_kind(schema), **_inside(schema, known, depth)}
    if "enum" in schema and schema.get("type") != "array":
        found["enum"] = list(schema["enum"])
    found |= {name: schema[name] for name in _KEPT if name in schema}
    return _or_null(found) if schema.get("nullable") and "type" in found else found


def _kind(schema: Mapping[str, Any]) -> dict[str, Any]:
    kind = schema.get("type")
    return {"type": kind} if kind in _TYPES else {}


def _inside(schema: Mapping[str, Any], known: Schemas, depth: int) -> dict[str, Any]:
    """What the fields or the items of a value must be."""
    if "properties" in schema:
        inner = schema["properties"].items()
        found = {"type": "object", "properties": {}}
        found["properties"] = {name: asked(one, known, depth + 1) for name, one in inner}
        required = [one for one in schema.get("required", ()) if one in schema["properties"]]
        return {**found, "required": required} if required else found
    if schema.get("type") == "array" and schema.get("items"):
        return {"items": asked(schema["items"], known, depth + 1)}
    return {}


def _or_null(found: dict[str, Any]) -> dict[str, Any]:
    enum = {"enum": [*found["enum"], None]} if "enum" in found else {}
    return {**found, "type": [found["type"], "null"], **enum}


def certain(found: dict[str, Any]) -> dict[str, Any]:
    """The same without null: an input that is null is one that is not given."""
    enum = {"enum": [one for one in found["enum"] if one is not None]} if "enum" in found else {}
    kind = found.get("type")
    return {**found, "type": kind[0], **enum} if isinstance(kind, list) else found


def answered(schema: Mapping[str, Any], known: Schemas, depth: int = 0) -> Any:
    """What an answer holds, in the notation of shapes."""
    schema = resolved(schema, known)
    if depth > _DEEP or any(branch in schema for branch in _BRANCHES):
        return "any"
    if "properties" in schema:
        inner = schema["properties"].items()
        fields = {str(name): answered(one, known, depth + 1) for name, one in inner}
        return {name: one for name, one in fields.items() if "!" not in name} or "object"
    if schema.get("type") == "array":
        return [answered(schema.get("items", {}), known, depth + 1)]
    words = [str(one) for one in schema.get("enum", ()) if isinstance(one, str)]
    if 1 < len(words) <= _MANY and schema.get("type", "string") == "string":
        return "|".join(words)
    kind = schema.get("type")
    return kind if kind in _TYPES else "any"


def _nullable(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"nullable": True} if schema.get("nullable") else {}
