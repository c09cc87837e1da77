"""The API: what it does, whom it refuses, how it says no."""

import pytest

from dragoman.kernel import jsons
from dragoman.kernel.errors import Rejected
from dragoman.web import problems
from dragoman.web.registration import proof
from tests.web.conftest import FLOW, TOKEN, Door

ARM = {"text": FLOW, "file": "flows/tagging.yaml"}


async def test_a_flow_is_armed_and_paused(door: Door) -> None:
    armed = await door.ask("POST", "/api/v1/flows/tagging/arm", ARM)
    again = await door.ask("POST", "/api/v1/flows/tagging/arm", ARM)
    paused = await door.ask("POST", "/api/v1/flows/tagging/pause")
    listed = await door.ask("GET", "/api/v1/flows")

    assert armed.status == 200
    assert armed.body == {
        "name": "tagging",
        "version": armed.body["version"],
        "was": "",
        "changed": True,
        "resumed": 0,
        "watches": {
            "trigger": "acton.contact.added",
            "title": "Contact added to a list",
            "connection": "marketing",
            "environment": "sandbox",
            "settings": {"list": "l-1"},
        },
    }
    assert again.body["changed"] is False
    assert paused.body["changed"] is True
    (row,) = listed.body
    assert (row["name"], row["state"], row["file"]) == ("tagging", "paused", ARM["file"])


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/v1/flows"),
        ("POST", "/api/v1/flows/tagging/arm"),
        ("POST", "/api/v1/flows/tagging/pause"),
        ("PUT", "/api/v1/connections/main"),
        ("GET", "/nothing"),
    ],
)
@pytest.mark.parametrize("token", ["", "wrong", TOKEN + "x", TOKEN[:-1], "é"])
async def test_without_the_token_nobody_comes_in(
    method: str, path: str, token: str, door: Door
) -> None:
    refused = await door.ask(method, path, token=token)

    assert refused.status == 401
    assert refused.kind == "application/problem+json"
    assert refused.body["code"] == "unauthorized"


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("LOCALHOST:8710", 200),
        ("127.0.0.1", 200),
        ("127.9.9.9:1", 200),
        ("[::1]:8710", 200),
        ("evil.example.com", 421),
        ("127.0.0.1.example.com", 421),
        ("localhost.example.com:8710", 421),
        ("10.0.0.1", 421),
        ("[::2]", 421),
        ("@127.0.0.1", 421),
    ],
)
async def test_a_foreign_host_name_is_refused_even_with_the_token(
    host: str, status: int, door: Door
) -> None:
    assert (await door.ask("GET", "/api/v1/flows", host=host)).status == status
    assert (await door.ask("GET", "/health?challenge=a", host=host, token="")).status == status


async def test_health_proves_who_it_is_without_giving_the_token_away(door: Door) -> None:
    plain = await door.ask("GET", "/health", token="")
    proved = await door.ask("GET", "/health?challenge=abc", token="")

    assert plain.body == {"status": "ok"}
    assert proved.body == {"status": "ok", "proof": proof(TOKEN, "abc")}


async def test_a_malformed_flow_comes_back_with_all_its_problems(door: Door) -> None:
    text = FLOW.replace("add_tags", "add_tag").replace("record_id", "record_idd")

    refused = await door.ask("POST", "/api/v1/flows/tagging/arm", {**ARM, "text": text})

    assert refused.status == 422
    assert refused.kind == "application/problem+json"
    assert refused.body["code"] == "problems"
    assert refused.body["type"] == "urn:dragoman:error:problems"
    where = [one["where"] for one in refused.body["problems"]]
    assert where[0] == {"file": "flows/tagging.yaml", "line": 6, "column": 11}
    assert all(one["fix"] for one in refused.body["problems"])
    assert (await door.ask("GET", "/api/v1/flows")).body == []


async def test_the_name_in_the_path_must_be_the_flow_s(door: Door) -> None:
    refused = await door.ask("POST", "/api/v1/flows/other/arm", ARM)

    assert refused.status == 422
    assert "'tagging'" in refused.body["detail"]


async def test_credentials_are_stored_and_never_given_back(door: Door) -> None:
    given = {"client_id": "c", "client_secret": "canary-1", "refresh_token": "canary-2"}

    stored = await door.ask("PUT", "/api/v1/connections/main", given)
    rows = await door.parts.journal.store.read("credentials.all")

    assert stored.body == {"connection": "main", "state": "connected"}
    assert [row[0] for row in rows] == ["main"]
    assert b"canary" not in rows[0][1]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"[]", 400),
        (b'{"client_id": "c", "secret": "canary"}', 400),
        (b'{"client_id": "c"}', 422),
        (b'{"kind": "password", "client_secret": "canary"}', 422),
        (b'"' + b"x" * (1024 * 1024) + b'"', 413),
        (b"[" * 100 + b"]" * 100, 400),
    ],
)
async def test_what_does_not_fit_is_refused_without_repeating_it(
    body: bytes, status: int, door: Door
) -> None:
    refused = await door.ask("PUT", "/api/v1/connections/main", body)

    assert refused.status == status
    assert refused.kind == "application/problem+json"
    assert "canary" not in str(refused.body)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v1/nothing", 404),
        ("DELETE", "/api/v1/flows", 405),
        ("POST", "/api/v1/flows/never/pause", 422),
        ("PUT", "/api/v1/connections/maiin", 422),
    ],
)
async def test_what_is_not_there_is_a_problem_too(
    method: str, path: str, status: int, door: Door
) -> None:
    body = {"client_id": "c", "client_secret": "s", "refresh_token": "r"}
    answer = await door.ask(method, path, body if method == "PUT" else None)

    assert answer.status == status
    assert answer.kind == "application/problem+json"
    assert answer.body["status"] == status


async def test_a_private_token_is_for_highlevel_only(door: Door) -> None:
    pit = {"kind": "pit", "access_token": "p"}

    assert (await door.ask("PUT", "/api/v1/connections/main", pit)).status == 200
    assert (await door.ask("PUT", "/api/v1/connections/marketing", pit)).status == 422


def test_what_the_vendor_refuses_is_no_failure_of_the_service() -> None:
    refused = problems.answer(Rejected("HighLevel answered 400: no such contact", status=400))

    assert refused.status_code == 424
    assert jsons.decode(bytes(refused.body))["code"] == "rejected"
