"""From an operation and its input to a request: checked early, encoded strictly."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote, urlencode

import jsonschema_rs
from msgspec import structs

from dragoman.catalog import complaints, multipart, values
from dragoman.catalog.entries import Operation, Parameter, Place
from dragoman.catalog.wire import Request
from dragoman.kernel import jsons
from dragoman.kernel.errors import BadInput, DefinitionError, Where

_CONNECTION = re.compile(r"\{\{ *connection\.(\w+) *\}\}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
V3 = "v3"
"""HighLevel's newer version, which a connection may speak."""
Rewrite = Callable[[Any], Any]
"""From a body to the same body as another version of the vendor's API writes it."""


class Builder:
    """Checks input for one operation and builds its requests; made once, used for every call."""

    def __init__(
        self, operation: Operation, version: str = "", rewrite: Rewrite | None = None
    ) -> None:
        """Make the checks.

        Where the connection speaks `version` and the operation is part of it, requests are built
        for it, with bodies as `rewrite` writes them.

        Raises:
            DefinitionError: the entry's input is not JSON Schema.
        """
        self.operation = operation
        newer = version == V3 and bool(operation.v3)
        self._path = operation.v3 if newer else operation.path
        self._version = version if newer else operation.version
        self._rewrite = rewrite if newer else None
        self._input = operation.input
        if newer and operation.v3_names:
            self._input = {
                name: structs.replace(one, wire=operation.v3_names.get(name, one.wire))
                for name, one in operation.input.items()
            }
        self._defaults = [one for one in operation.input.values() if one.default is not None]
        self._files = [one for one in operation.input.values() if one.place == "file"]
        self._nullable = {one.name for one in operation.input.values() if _may_be_null(one)}
        try:
            self._validator = jsonschema_rs.validator_for(schema(operation))
        except jsonschema_rs.ValidationError as error:
            place = ".".join(str(step) for step in error.instance_path)
            raise DefinitionError(
                f"{operation.id}: the input's schema is wrong at {place}",
                where=Where(operation.file),
            ) from None

    def complete(self, given: Mapping[str, Any], facts: Mapping[str, str]) -> dict[str, Any]:
        """Add defaults and check; `facts` are what the connection knows (`location_id`).

        Raises:
            BadInput: an input is unknown, missing, of the wrong kind, or nothing JSON can hold;
                or the vendor takes no such file.
        """
        value = {
            name: one for name, one in given.items() if one is not None or name in self._nullable
        }
        for parameter in self._defaults:
            if parameter.name not in value:
                default = _default(parameter, facts)
                if default is not None:
                    value[parameter.name] = default
        values.check(self.operation.id, value)
        if not self._validator.is_valid(value):
            wrong, about = complaints.found(self.operation, value, self._validator)
            shown = f"`dragoman catalog show {self.operation.id}` says what it takes"
            raise BadInput(wrong, fix=f"{complaints.example(about)}{shown}")
        multipart.check(self.operation.id, self._files, value)
        return value

    def build(self, value: Mapping[str, Any]) -> Request:
        """Build the request from input that `complete` has let through.

        Raises:
            BadInput: a path value is empty, a dot segment, holds control characters, or makes the
                path that of another call.
        """
        operation = self.operation
        placed: defaultdict[Place, list[tuple[Parameter, Any]]] = defaultdict(list)
        for name, one in value.items():
            parameter = self._input[name]
            placed[parameter.place].append((parameter, one))
        path = self._path
        for parameter, one in placed["path"]:
            segment = _segment(operation, parameter.name, one)
            path = path.replace("{" + parameter.wire + "}", segment)
        query = tuple(
            (parameter.wire, text) for parameter, one in placed["query"] for text in _texts(one)
        )
        headers = {"Version": self._version} if self._version else {}
        if operation.answer != "json":
            headers["Accept"] = "*/*"
        for parameter, one in placed["header"]:
            headers[parameter.wire] = _header(operation, parameter.name, one)
        kind, content = _content(placed, self._rewrite, files=bool(self._files))
        if kind:
            headers["Content-Type"] = kind
        return Request(operation.method, path, query, headers, content)


def schema(operation: Operation) -> dict[str, Any]:
    """The JSON Schema of the operation's input."""
    return {
        "type": "object",
        "properties": {one.name: one.schema for one in operation.input.values()},
        "required": [one.name for one in operation.input.values() if one.required],
        "additionalProperties": False,
    }


def _content(
    placed: Mapping[Place, list[tuple[Parameter, Any]]], rewrite: Rewrite | None, *, files: bool
) -> tuple[str, bytes | None]:
    """Type and bytes of the body, or neither; what may carry a file is multipart without, too."""
    form = [(parameter.wire, text) for parameter, one in placed["form"] for text in _texts(one)]
    if files:
        parts = {parameter.wire: _text(one) for parameter, one in placed["part"]}
        given = [(parameter.wire.format_map(parts), one) for parameter, one in placed["file"]]
        return multipart.encode(form, given)
    if form:
        return "application/x-www-form-urlencoded", urlencode(form).encode()
    root = [one for _, one in placed["root"]]
    body = {parameter.wire: one for parameter, one in placed["body"]}
    if root or body:
        content = root[0] if root else body
        return "application/json", jsons.encode(rewrite(content) if rewrite else content)
    return "", None


def _may_be_null(parameter: Parameter) -> bool:
    """Whether null means something to the vendor; else it is an input that is not given."""
    said = parameter.schema.get("type")
    return isinstance(said, list) and "null" in said


def _default(parameter: Parameter, facts: Mapping[str, str]) -> Any:
    if not isinstance(parameter.default, str):
        return parameter.default
    found = _CONNECTION.fullmatch(parameter.default)
    return facts.get(found.group(1)) if found else parameter.default


def _segment(operation: Operation, name: str, value: Any) -> str:
    text = _text(value)
    if text in {"", ".", ".."} or _CONTROL.search(text):
        raise BadInput(
            f"{operation.id}: {name} cannot stand in a path: it is empty, '.', '..' or holds "
            "control characters",
            fix=f"give {name} the id that the vendor gave",
        )
    if text.lower() in operation.elsewhere.get(name, ()):
        raise BadInput(
            f"{operation.id}: {name} cannot stand in a path: with this word another call would be "
            "reached",
            fix=f"give {name} the id that the vendor gave",
        )
    return quote(text, safe="")


def _header(operation: Operation, name: str, value: Any) -> str:
    text = _text(value)
    if _CONTROL.search(text):
        raise BadInput(f"{operation.id}: {name} holds control characters", fix="remove them")
    return text


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ",".join(_text(one) for one in value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # a whole number that was computed: 20, not 20.0
    return jsons.text(value)


def _texts(value: Any) -> list[str]:
    """A list in a form or a query is its name again for each item."""
    return [_text(one) for one in value] if isinstance(value, list) else [_text(value)]
