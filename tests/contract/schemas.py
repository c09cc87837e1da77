"""A described schema: what of a value does not fit it, and what the texts of a query stand for."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

import jsonschema_rs

from dragoman.kernel import jsons
from tests.contract.mended import LOOSE, References, mended

_DRAFT = "https://json-schema.org/draft/2020-12/schema"


class Schema:
    def __init__(self, said: Any, known: Mapping[str, Any], *, closed: bool) -> None:
        """Take what a file says, and the named schemas of that file.

        `closed` refuses fields that are not described: what is asked is looked at strictly.
        """
        references = References()
        whole = mended(said, references, closed=closed)
        definitions: dict[str, Any] = {}
        while references.open:
            name, shut = references.open.popitem()
            definitions[name] = mended(known[name.removesuffix(LOOSE)], references, closed=shut)
        self.said = {**whole, "$schema": _DRAFT, "$defs": definitions}

    @cached_property
    def _validator(self) -> jsonschema_rs.Validator:
        return jsonschema_rs.validator_for(self.said)

    def misfits(self, value: Any) -> set[str]:
        """Where a value does not fit: place and keyword, without the value."""
        return {said for fault in self._validator.iter_errors(value) for said in _told(fault)}

    def decoded(self, pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
        """What the texts of a query or a form stand for, as far as it is described."""
        fields = self._resolved(self.said).get("properties", {})
        found: dict[str, Any] = {}
        for name, text in pairs:
            known = self._resolved(fields.get(name, {}))
            if known.get("type") == "array":
                inner = self._resolved(known.get("items", {}))
                found.setdefault(name, []).append(_value(inner, text))
            else:
                found[name] = _value(known, text)
        return found

    def _resolved(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        while "$ref" in schema:
            schema = self.said["$defs"][schema["$ref"].rpartition("/")[2]]
        return schema


def _value(schema: Mapping[str, Any], text: str) -> Any:
    if schema.get("type") in {"number", "integer", "boolean", "object"}:
        try:
            return jsons.decode(text.encode())
        except ValueError:
            return text
    return text


def _told(fault: jsonschema_rs.ValidationError) -> Iterator[str]:
    steps = ["*" if isinstance(step, int) else step for step in fault.instance_path]
    unexpected = getattr(fault.kind, "unexpected", None)
    if unexpected:
        yield from (f"{'.'.join([*steps, name])} undeclared" for name in unexpected)
    else:
        name = getattr(fault.kind, "property", "").strip("'\"")
        yield f"{'.'.join(steps) or '.'} {fault.kind.name} {name}".rstrip()
