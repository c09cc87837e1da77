"""From the schemas as the vendors write them to JSON Schema, with nothing of them left out."""

from collections.abc import Mapping
from typing import Any

_KEPT = (
    *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "const"),
    *("minLength", "maxLength", "pattern", "minItems", "maxItems", "uniqueItems"),
    *("minProperties", "maxProperties"),
)
_TYPES = frozenset({"string", "integer", "number", "boolean", "object", "array", "null"})
_BRANCHES = ("allOf", "anyOf", "oneOf")
LOOSE = ".loose"
"""Marks a named schema that describes part of an object only, so that it cannot close it."""


class References:
    """The named schemas that are referred to."""

    def __init__(self) -> None:
        self.open: dict[str, bool] = {}
        """Those still to be written out, and whether each is to be closed."""
        self._seen: set[str] = set()

    def to(self, reference: str, *, closed: bool) -> str:
        name = reference.rpartition("/")[2] + ("" if closed else LOOSE)
        if name not in self._seen:
            self._seen.add(name)
            self.open[name] = closed
        return f"#/$defs/{name}"


def mended(schema: Any, references: References, *, closed: bool) -> dict[str, Any]:
    """JSON Schema from what a vendor's generator has written.

    It says `nullable` where null may stand (OpenAPI 3.0), `required: true` inside a property
    (which says nothing in a schema), types that there are not, and puts the words that the items
    of a list may be beside the list. `closed` refuses fields that are not described.
    """
    if not isinstance(schema, Mapping):
        return {}
    if "$ref" in schema:
        return {"$ref": references.to(schema["$ref"], closed=closed)}
    found = {name: schema[name] for name in _KEPT if name in schema}
    found |= _kind(schema)
    found |= _inside(schema, references, closed=closed)
    for branch in _BRANCHES:
        if branch in schema:
            shut = closed and "properties" not in schema
            shut = shut and (branch != "allOf" or len(schema[branch]) == 1)
            found[branch] = [mended(one, references, closed=shut) for one in schema[branch]]
    if schema.get("nullable"):
        return {"anyOf": [found, {"type": "null"}]}
    return found


def _kind(schema: Mapping[str, Any]) -> dict[str, Any]:
    said = schema.get("type")
    kinds = [one for one in (said if isinstance(said, list) else [said]) if one in _TYPES]
    found: dict[str, Any] = {"type": kinds if len(kinds) > 1 else kinds[0]} if kinds else {}
    words = schema.get("enum")
    if isinstance(words, list) and "array" not in kinds:
        found["enum"] = words
    return found


def _inside(schema: Mapping[str, Any], references: References, *, closed: bool) -> dict[str, Any]:
    found: dict[str, Any] = {}
    fields = schema.get("properties")
    if isinstance(fields, Mapping):
        found["properties"] = {
            name: mended(one, references, closed=closed) for name, one in fields.items()
        }
        if closed and not any(branch in schema for branch in _BRANCHES):
            found["additionalProperties"] = False
    if isinstance(schema.get("required"), list):
        found["required"] = schema["required"]
    if "additionalProperties" in schema:
        more = schema["additionalProperties"]
        found["additionalProperties"] = (
            more if isinstance(more, bool) else mended(more, references, closed=closed)
        )
    if "items" in schema:
        found["items"] = mended(schema["items"], references, closed=closed)
    if schema.get("type") == "array" and "enum" in schema:
        found["items"] = {**found.get("items", {}), "enum": schema["enum"]}
    return found
