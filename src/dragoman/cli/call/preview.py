"""The request that a call would make, as `--dry-run` shows it; nothing is sent."""

from base64 import b64decode
from typing import Any

import msgspec

from dragoman.catalog.building import Builder
from dragoman.catalog.catalogue import Catalogue
from dragoman.catalog.entries import Operation, Parameter
from dragoman.catalog.parts import Part
from dragoman.catalog.vendors import Vendor
from dragoman.catalog.wire import Request
from dragoman.engine.workspace import ConnectionSpec
from dragoman.http import target
from dragoman.kernel import jsons


class Preview(msgspec.Struct, frozen=True):
    operation: str
    connection: str
    method: str
    url: str
    headers: dict[str, str]
    body: Any
    then: list[str]
    """Operations that may follow, of one that is several calls."""


def preview(
    operation: Operation,
    given: dict[str, Any],
    spec: ConnectionSpec,
    vendor: Vendor,
    catalogue: Catalogue,
) -> Preview:
    """The request, or of a composite the first of its requests.

    Raises:
        BadInput: the input does not fit.
    """
    value = Builder(operation).complete(given, spec.facts)
    following: list[str] = []
    single = operation
    if operation.composite:
        first: Part = next(vendor.resolve(operation.run)(value))
        single = catalogue.operation(first.operation)
        value = Builder(single).complete(first.input, spec.facts)
        following = [one for one in operation.parts if one != single.id]
    request = Builder(single, spec.version, vendor.rewrite(single)).build(_shown(single, value))
    return Preview(
        operation=single.id,
        connection=spec.name,
        method=request.method,
        url=target.url(target.origin(spec.base_url), request),
        headers={**request.headers, "Authorization": "Bearer ***"},
        body=_body(request),
        then=following,
    )


def _shown(operation: Operation, value: dict[str, Any]) -> dict[str, Any]:
    """The input with a word in the place of bytes that no terminal should get."""
    return {name: _described(operation.input[name], one) for name, one in value.items()}


def _described(parameter: Parameter, value: Any) -> Any:
    if parameter.place != "file" or "base64" not in value or isinstance(value, str):
        return value
    size = len(b64decode(value["base64"]))
    return {**{k: v for k, v in value.items() if k != "base64"}, "content": f"<{size:,} bytes>"}


def _body(request: Request) -> Any:
    if request.body is None:
        return None
    if request.headers["Content-Type"] == "application/json":
        return jsons.decode(request.body)
    return request.body.decode(errors="replace")
