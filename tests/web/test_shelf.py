"""The catalogue over HTTP, and the document that describes the API."""

import jsonschema_rs
import pytest

from dragoman.engine import scopes
from tests.catalog.shipped import OPERATIONS, TRIGGERS
from tests.web.conftest import Door

OWN = {"dragoman.sentiment.call"}


async def test_everything_that_ships_is_listed(door: Door) -> None:
    operations = await door.ask("GET", "/api/v1/operations")
    triggers = await door.ask("GET", "/api/v1/triggers")

    assert {one["id"] for one in operations.body} == {one.id for one in OPERATIONS} | OWN
    assert {one.id for one in TRIGGERS} < {one["id"] for one in triggers.body}
    assert "input" not in operations.body[0]


@pytest.mark.parametrize(
    ("path", "field", "word"),
    [
        ("operations?vendor=acton", "vendor", "acton"),
        ("operations?group=contacts", "group", "contacts"),
        ("operations?effect=delete", "effect", "delete"),
        ("triggers?source=webhook", "source", "webhook"),
    ],
)
async def test_a_filter_leaves_what_is_like_that(
    path: str, field: str, word: str, door: Door
) -> None:
    found = (await door.ask("GET", f"/api/v1/{path}")).body

    assert found
    assert {one[field] for one in found} == {word}


async def test_a_search_gives_the_best_first(door: Door) -> None:
    found = (await door.ask("GET", "/api/v1/operations?q=send+message&vendor=highlevel")).body

    assert found[0]["id"] == "highlevel.messages.send"
    assert len(found) <= 50


@pytest.mark.parametrize(
    "query", ["vendor=highlevl", "group=contact", "effect=send", "vendr=acton", "limit=5"]
)
async def test_a_filter_that_is_none_is_refused(query: str, door: Door) -> None:
    refused = await door.ask("GET", f"/api/v1/operations?{query}")

    assert refused.status == 400
    assert refused.kind == "application/problem+json"
    assert "leave it out" in refused.body["fix"]


async def test_an_address_that_is_none_leads_to_those_that_are(door: Door) -> None:
    refused = await door.ask("GET", "/api/v1/nothing")

    assert refused.status == 404
    assert "/api/v1/openapi.json" in refused.body["fix"]


async def test_an_entry_is_shown_whole(door: Door) -> None:
    operation = (await door.ask("GET", "/api/v1/operations/highlevel.messages.send")).body
    trigger = (await door.ask("GET", "/api/v1/triggers/acton.contact.added")).body

    assert operation["input"]["required"] == ["type", "contactId"]
    assert operation["example"]["input"]
    assert trigger["data"]


@pytest.mark.parametrize("kind", ["operations", "triggers"])
async def test_a_search_without_end_is_refused_before_it_begins(kind: str, door: Door) -> None:
    words = "+".join(f"w{number}" for number in range(9000))

    refused = await door.ask("GET", f"/api/v1/{kind}?q={words}")

    assert refused.status == 400
    assert "200 characters" in refused.body["detail"]


@pytest.mark.parametrize(
    ("method", "path", "near"),
    [
        ("GET", "operations/highlevel.contacts.gett", "highlevel.contacts.get"),
        ("POST", "operations/highlevel.contacts.gett", "highlevel.contacts.get"),
        ("GET", "triggers/acton.contacts.added", "acton.contact.added"),
    ],
)
async def test_an_unknown_name_brings_the_nearest(
    method: str, path: str, near: str, door: Door
) -> None:
    refused = await door.ask(method, f"/api/v1/{path}", {} if method == "POST" else None)

    assert refused.status == 404
    assert near in refused.body["detail"]


async def test_the_document_has_each_operation_with_its_scope(door: Door) -> None:
    document = (await door.ask("GET", "/api/v1/openapi.json")).body

    assert document["openapi"] == "3.1.0"
    for one in OPERATIONS:
        path = document["paths"].get(f"/api/v1/operations/{one.id}")
        assert (path is not None) == one.callable, one.id
        if path is not None:
            need = str(scopes.needed(one))
            assert path["post"]["security"] == [{"token": [need]}]
            writes = one.effect != "read"
            assert ("202" in path["post"]["responses"]) == writes
            assert ("parameters" in path["post"]) == writes


async def test_its_examples_fit_its_schemas(door: Door) -> None:
    document = (await door.ask("GET", "/api/v1/openapi.json")).body
    defs = {"components": document["components"]}
    count = 0
    for path in document["paths"].values():
        for told in path.values():
            body = told.get("requestBody", {}).get("content", {}).get("application/json", {})
            if "example" in body:
                jsonschema_rs.validate({**body["schema"], **defs}, body["example"])
                count += 1

    assert count > 0.9 * len([one for one in OPERATIONS if one.callable])


async def test_what_only_commands_may_do_is_not_in_it(door: Door) -> None:
    document = (await door.ask("GET", "/api/v1/openapi.json")).body

    assert not [path for path in document["paths"] if "tokens" in path or "connections" in path]
