"""A path for each operation that can be called: its own input, its own output, its own scope."""

from typing import Any

from dragoman.catalog import documents, samples
from dragoman.catalog.entries import Effect, Operation
from dragoman.catalog.phrases import repeat
from dragoman.engine import scopes
from dragoman.kernel.errors import DefinitionError
from dragoman.web.openapi import faults
from dragoman.web.openapi.faults import Document
from dragoman.web.ways import CALL

_JSON = "application/json"
_OUTCOME = {"$ref": "#/components/schemas/Outcome"}
_HEADERS = [
    {"$ref": "#/components/parameters/IdempotencyKey"},
    {"$ref": "#/components/parameters/Prefer"},
]
_LATER: Document = {
    "description": "It goes on; `Location` tells where its outcome will stand.",
    "headers": {"Location": {"schema": {"type": "string"}}},
    "content": {_JSON: {"schema": _OUTCOME}},
}
_NOTHING: Document = {"description": "There is no such file."}


def path(operation: Operation) -> str:
    return CALL.replace("{name}", operation.id)


def call(operation: Operation) -> Document:
    """What OpenAPI calls an operation, of one of ours."""
    writes = operation.effect is not Effect.READ
    answers: Document = {"200": _done(operation)}
    if writes:
        answers["202"] = _LATER
    if operation.answer == "bytes":
        answers["204"] = _NOTHING
    need = scopes.needed(operation)
    told: Document = {
        "operationId": operation.id,
        "tags": [f"{operation.vendor}.{operation.group}"],
        "summary": operation.title,
        "description": f"{operation.does}\n\n{_effect(operation)}",
        "security": [{"token": [str(need)]}],
        "requestBody": {"required": True, "content": {_JSON: _body(operation)}},
        "responses": {**answers, **faults.responses(*faults.OF_CALLS)},
        "x-effect": operation.effect.value,
        "x-scope": str(need),
    }
    if writes:
        told["parameters"] = _HEADERS
    if operation.stage in {"legacy", "deprecated"}:
        told["deprecated"] = True
    return told


def _effect(operation: Operation) -> str:
    said = repeat(operation).replace("*", "")
    return f"Effect `{operation.effect.value}`: {said}."


def _body(operation: Operation) -> Document:
    given = documents.values(operation.input)
    for one in operation.input.values():
        if one.place == "path" and one.schema.get("type") == "string":
            given["properties"][one.name] = {"minLength": 1, **given["properties"][one.name]}
    schema = {
        "type": "object",
        "properties": {"input": given, "connection": {"$ref": "#/components/schemas/Connection"}},
        "required": ["input"] if given["required"] else [],
        "additionalProperties": False,
    }
    example = _example(operation)
    return {"schema": schema, **({"example": {"input": example}} if example is not None else {})}


def _example(operation: Operation) -> Any:
    """An input made up from the schemas, without what the connection knows."""
    try:
        made = samples.sample(operation)
    except DefinitionError:
        return None
    return {name: one for name, one in made.items() if operation.input[name].default is None}


def _done(operation: Operation) -> Document:
    output = {"type": "object", "properties": {"output": documents.answer(operation.output)}}
    content: Document = {_JSON: {"schema": {"allOf": [_OUTCOME, output]}}}
    if operation.answer == "bytes":
        file = {"$ref": "#/components/schemas/File"}
        content = {
            "*/*": {"schema": {"type": "string", "format": "binary"}},
            _JSON: {"schema": file},
        }
    return {"description": "Done.", "content": content}
