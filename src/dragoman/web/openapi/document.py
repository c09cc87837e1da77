"""The whole document, made when it is first asked for."""

import inspect
import re
from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from dragoman.kernel import jsons
from dragoman.web.openapi import calls, faults
from dragoman.web.openapi.faults import Document
from dragoman.web.outcomes import File, Outcome
from dragoman.web.ways import CALL, COMMANDS, Way
from dragoman.wiring import Parts

_JSON = "application/json"
_REFERENCE = "#/components/schemas/{name}"
_PLACE = re.compile(r"\{(\w+)\}")
_DOES = (
    "Calls of HighLevel and Act-On with all the care of a flow: nothing is sent twice, consent is "
    "asked for, limits are kept. What changes something is a run; ask again under the same "
    "`Idempotency-Key` and it is the same run."
)
_CONNECTION: Document = {
    "type": ["string", "null"],
    "description": "The connection to ask through; else the default or only one of the vendor.",
}
_PARAMETERS: Document = {
    "IdempotencyKey": {
        "name": "Idempotency-Key",
        "in": "header",
        "description": "The same key is the same call, for ninety days, however often it is asked.",
        "schema": {"type": "string", "pattern": "^[!-~]{1,255}$"},
        "example": "0195f6a0-3d9c-7b1e-8f41-2a6b8c0d4e5f",
    },
    "Prefer": {
        "name": "Prefer",
        "in": "header",
        "description": "`wait=N`: seconds to wait for the outcome; `respond-async`: not at all.",
        "schema": {"type": "string"},
        "example": "wait=10",
    },
}


class OpenApi:
    def __init__(self, parts: Parts, ways: Sequence[Way]) -> None:
        self._operations = parts.world.operations
        self._ways = [one for one in ways if one.scope is not COMMANDS]
        self.way = Way("GET", "/api/v1/openapi.json", self.show, "Show this document")
        self._text = b""

    async def show(self, _: Request) -> Response:
        """The document, which stays the same as long as the service runs."""
        self._text = self._text or jsons.encode(self.document())
        return Response(self._text, media_type=_JSON)

    def document(self) -> Document:
        schemas, components = _schemas([*self._ways, self.way])
        paths: dict[str, Document] = {}
        for one in [*self._ways, self.way]:
            if (one.path, one.method) != (CALL, "POST"):  # each operation has a path of its own
                paths.setdefault(one.path, {})[one.method.lower()] = _way(one, schemas)
        for operation in self._operations.values():
            if operation.callable:
                paths[calls.path(operation)] = {"post": calls.call(operation)}
        return {
            "openapi": "3.1.0",
            "info": {
                "title": "Dragoman",
                "version": version("dragoman"),
                "description": _DOES,
                "license": {"name": "MIT", "identifier": "MIT"},
            },
            "servers": [{"url": "/", "description": "The machine of the service itself."}],
            "security": [{"token": []}],
            "paths": paths,
            "components": {
                "securitySchemes": {
                    "token": {
                        "type": "http",
                        "scheme": "bearer",
                        "description": "As `dragoman tokens add` makes one.",
                    }
                },
                "parameters": _PARAMETERS,
                "responses": faults.RESPONSES,
                "schemas": {**components, "Problem": faults.PROBLEM, "Connection": _CONNECTION},
            },
        }


def _schemas(ways: Sequence[Way]) -> tuple[dict[Any, Document], Document]:
    """The schema of each body and answer, and what they refer to."""
    models = [one for way in ways for one in (way.body, way.answer) if one is not None]
    models += [Outcome, File]
    distinct = list({str(one): one for one in models}.values())
    made, components = msgspec.json.schema_components(distinct, ref_template=_REFERENCE)
    found = dict(zip(map(str, distinct), made, strict=True))
    return found, components


def _way(way: Way, schemas: dict[Any, Document]) -> Document:
    told: Document = {
        "operationId": f"{way.method.lower()}:{way.path}",
        "tags": ["dragoman"],
        "summary": way.title,
        "responses": {
            "200": {
                "description": "As asked.",
                "content": {_JSON: {"schema": schemas[str(way.answer)]}},
            },
            **faults.responses(*_statuses(way)),
        },
    }
    if way.scope is not None:
        told["security"] = [{"token": [str(way.scope)]}]
        told["x-scope"] = str(way.scope)
    if way.handle.__doc__:
        told["description"] = inspect.getdoc(way.handle)
    if way.body is not None:
        told["requestBody"] = {
            "required": True,
            "content": {_JSON: {"schema": schemas[str(way.body)]}},
        }
    if parameters := _parameters(way):
        told["parameters"] = parameters
    return told


def _statuses(way: Way) -> list[int]:
    found: list[int] = [400] if way.filters else []
    if way.scope is not None or way.waits:
        found.append(403)
    if "{" in way.path:
        found.append(404 if way.method == "GET" else 422)
    return [*found, *(faults.OF_BODIES if way.body is not None else ())]


def _parameters(way: Way) -> list[Document]:
    found: list[Document] = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
        for name in _PLACE.findall(way.path)
    ]
    for name, words in way.filters.items():
        schema = {"type": "string", **({"enum": list(words)} if words else {})}
        found.append({"name": name, "in": "query", "schema": schema})
    if way.waits:
        found.append({"$ref": "#/components/parameters/Prefer"})
    return found
