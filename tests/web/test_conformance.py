"""The API is what its own OpenAPI document says: requests that fit it and such that do not, made up
by a generator, over real HTTP, with both vendors pretended.

A run in which a vendor refuses is a good answer here: what is looked for is an answer that the
document does not declare, a failure of the service itself, and a door that opens without a token.
"""

from collections.abc import Iterator
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, given, seed, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi import checks as of_openapi

from dragoman.catalog.entries import Effect
from tests.catalog.shipped import OPERATIONS
from tests.web.served import Served, served

EXAMPLES = 6
"""Requests of each kind for each operation."""
EVERY = 24
"""One operation in so many of each effect is tried, so that it takes seconds."""
CALLABLE = [one for one in OPERATIONS if one.callable]
CHOSEN = [
    f"/api/v1/operations/{one.id}"
    for effect in Effect
    for one in sorted((one for one in CALLABLE if one.effect is effect), key=lambda one: one.id)[
        ::EVERY
    ]
]
FIXED = [
    ("GET", "/api/v1/operations"),
    ("GET", "/api/v1/operations/{name}"),
    ("GET", "/api/v1/triggers"),
    ("GET", "/api/v1/triggers/{name}"),
    ("GET", "/api/v1/runs/{name}"),
    ("GET", "/api/v1/flows"),
    ("POST", "/api/v1/flows/{name}/arm"),
    ("POST", "/api/v1/flows/{name}/pause"),
]
ALWAYS = [
    not_a_server_error,
    of_openapi.status_code_conformance,
    of_openapi.content_type_conformance,
    of_openapi.response_headers_conformance,
    of_openapi.response_schema_conformance,
    of_openapi.unsupported_method,
    of_openapi.ignored_auth,
]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("conformance")) as one:
        yield one


@pytest.fixture(scope="module")
def schema(service: Served) -> BaseSchema:
    return schemathesis.openapi.from_url(
        f"{service.address}/api/v1/openapi.json", headers=_bearer(service.token)
    )


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_the_document_is_one(schema: BaseSchema) -> None:
    schema.validate()

    paths = {found.ok().path for found in schema.get_all_operations() if isinstance(found, Ok)}
    assert {f"/api/v1/operations/{one.id}" for one in CALLABLE} <= paths
    assert {path for _, path in FIXED} <= paths


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize(
    ("method", "path"),
    [*FIXED, *(("POST", path) for path in CHOSEN)],
    ids=lambda said: str(said).removeprefix("/api/v1/"),
)
def test_answers_are_the_declared_ones(
    method: str, path: str, mode: GenerationMode, schema: BaseSchema, service: Served
) -> None:
    operation = schema[path][method]
    strategy = operation.as_strategy(generation_mode=mode)
    checks: list[Any] = list(ALWAYS)
    if mode is GenerationMode.NEGATIVE:
        checks.append(of_openapi.negative_data_rejection)

    @seed(1)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=strategy)
    def probe(case: Any) -> None:
        # A key that comes again stands for another request, which is refused: see test_requests.
        case.headers.pop("Idempotency-Key", None)
        headers = {**_bearer(service.token), "Prefer": "wait=5"}
        case.call_and_validate(headers=headers, checks=checks)

    probe()


@pytest.mark.parametrize("path", CHOSEN)
def test_who_has_no_scope_for_it_is_refused(path: str, service: Served) -> None:
    refused = requests.post(
        service.address + path, json={"input": {}}, headers=_bearer(service.narrow), timeout=30
    )

    assert refused.status_code == 403
    assert refused.json()["fix"]
