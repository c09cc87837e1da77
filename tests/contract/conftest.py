"""Finds the vendors' published descriptions, which lie beside the repository and are not ours."""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

import jsonschema_rs
from hypothesis import strategies as st

from dragoman.catalog.entries import Operation, Parameter
from dragoman.catalog.wire import Request
from dragoman.kernel import jsons

SHARED = Path(__file__).parents[2].parent / "shared" / "openapi"
REQUIRED = os.environ.get("CI") == "true"  # noqa: TID251  # no setting of Dragoman's
"""Whether their absence is a failure, as it is where changes are accepted."""

# Absent, they are missed once, by test_descriptions.py, and not by every test.
collect_ignore = (
    [] if SHARED.is_dir() else ["test_highlevel.py", "test_acton.py", "test_pretended_highlevel.py"]
)

_PART = re.compile(r"\{[^{}]*\}")


class Published(NamedTuple):
    """One operation as its vendor describes it."""

    file: str
    path: str
    entry: dict[str, Any]
    components: dict[str, Any]

    def parameters(self, place: str) -> dict[str, dict[str, Any]]:
        """The declared parameters of one place, by name."""
        listed = self.entry.get("parameters", [])
        return {one["name"]: one for one in listed if one["in"] == place}

    def body(self) -> dict[str, Any] | None:
        """The schema of the JSON body."""
        return self._schema(self.entry.get("requestBody", {}))

    def answer(self, status: int) -> dict[str, Any] | None:
        """The schema of an answer; None where none is declared."""
        return self._schema(self.entry.get("responses", {}).get(str(status), {}))

    def _schema(self, holder: Mapping[str, Any]) -> dict[str, Any] | None:
        content = holder.get("content", {}).get("application/json", {})
        schema: dict[str, Any] | None = content.get("schema")
        return None if schema is None else {**schema, "components": self.components}


def described(files: Iterator[Path]) -> dict[tuple[str, str], Published]:
    """Every operation of some files, by method and path with the names of its parts left out."""
    found: dict[tuple[str, str], Published] = {}
    for file in files:
        document = jsons.decode(file.read_bytes())
        for path, methods in document["paths"].items():
            for method, entry in methods.items():
                one = Published(file.name, path, entry, document.get("components", {}))
                found[method.upper(), bare(path)] = one
    return found


def bare(path: str) -> str:
    return _PART.sub("{}", path)


def stands_for(template: str, path: str) -> bool:
    """Whether a built path is one of a template's, part for part."""
    theirs, ours = template.split("/"), path.split("/")
    return len(theirs) == len(ours) and all(
        unquote(our) != "" if _PART.fullmatch(their) else our == their
        for their, our in zip(theirs, ours, strict=True)
        if their or our
    )


def misfits(schema: dict[str, Any], value: Any) -> set[str]:
    """What of a value is not as described: place and keyword, without the value."""
    validator = jsonschema_rs.validator_for(schema)
    return {
        f"{_place(fault.instance_path)} {fault.kind.name}{_missing(fault)}"
        for fault in validator.iter_errors(value)
    }


def _place(path: list[str | int]) -> str:
    return ".".join("*" if isinstance(step, int) else step for step in path) or "."


def _missing(fault: jsonschema_rs.ValidationError) -> str:
    name = getattr(fault.kind, "property", None)
    return f" {name}".replace("'", "").replace('"', "") if name else ""


def query_misfits(published: Published, request: Request) -> set[str]:
    """What of a query is not as described."""
    declared = published.parameters("query")
    given = dict(request.query)
    faults = {f"{name} undeclared" for name in given if name not in declared}
    faults |= {
        f"{name} required"
        for name, one in declared.items()
        if one.get("required") and name not in given
    }
    for name in given.keys() & declared.keys():
        schema = declared[name]["schema"]
        if schema.get("type") in {"number", "integer"} and not _number(given[name]):
            faults.add(f"{name} type")
        if "enum" in schema and given[name] not in schema["enum"]:
            faults.add(f"{name} enum")
    return faults


def _number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def inputs(operation: Operation, without: frozenset[str] = frozenset()) -> st.SearchStrategy[Any]:
    """Whatever the operation accepts, but for what is left out."""
    given = [one for one in operation.input.values() if one.name not in without]
    return st.fixed_dictionaries(
        {one.name: _values(one.schema) for one in given if one.required},
        optional={one.name: _values(one.schema) for one in given if not one.required},
    )


def _values(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if isinstance(schema["type"], list):  # text or an object: a file
        return _texts({}) | _objects(schema)
    return _MAKERS[schema["type"]](schema)


def _texts(schema: dict[str, Any]) -> st.SearchStrategy[str]:
    if "pattern" in schema:
        return st.from_regex(schema["pattern"].replace("$", r"\Z"))
    most = schema.get("maxLength")
    letters = st.characters(codec="utf-8", min_codepoint=32)
    return st.text(letters, min_size=1, max_size=most).filter(
        lambda text: text not in {".", ".."} and "\x7f" not in text
    )


def _lists(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    inner = _values(schema.get("items", {"type": "string"}))
    most = schema.get("maxItems", 3)
    return st.lists(inner, min_size=schema.get("minItems", 0), max_size=most)


def _objects(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    fields = {name: _values(inner) for name, inner in schema.get("properties", {}).items()}
    required = {name: fields.pop(name) for name in schema.get("required", ())}
    return st.fixed_dictionaries(required, optional=fields)


_MAKERS: dict[str, Callable[[dict[str, Any]], st.SearchStrategy[Any]]] = {
    "string": _texts,
    "integer": lambda one: st.integers(one.get("minimum", 0), one.get("maximum", 2**40)),
    "boolean": lambda _: st.booleans(),
    "array": _lists,
    "object": _objects,
}


def parameter_names(operation: Operation, place: str) -> set[str]:
    listed: list[Parameter] = list(operation.input.values())
    return {one.wire for one in listed if one.place == place}
