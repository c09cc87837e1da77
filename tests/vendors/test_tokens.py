"""Tokens of both vendors: how they are asked for, and what the answer may be."""

from types import ModuleType
from typing import Any
from urllib.parse import parse_qsl

import pytest

from dragoman.catalog.vendors import Credentials
from dragoman.catalog.wire import Answer
from dragoman.kernel.errors import (
    BadAnswer,
    CredentialsError,
    DragomanError,
    RateLimited,
    TokenRefused,
    TransientError,
)
from dragoman.kernel.secret import Secret
from dragoman.vendors.acton import auth as acton
from dragoman.vendors.highlevel import auth as highlevel
from tests.catalog.shipped import CATALOGUE, example
from tests.vendors.answers import json, page, raw

BOTH = pytest.mark.parametrize("auth", [highlevel, acton], ids=["highlevel", "acton"])
PAIR = {"access_token": "at-2", "refresh_token": "rt-2", "expires_in": 3600}
CREDENTIALS = Credentials(
    kind="oauth",
    access_token=Secret("at-1"),
    refresh_token=Secret("rt 1&="),
    client_id="client",
    client_secret=Secret("s%25t&+"),
)


def refusal(auth: ModuleType, answer: Answer) -> DragomanError:
    with pytest.raises(DragomanError) as refused:
        auth.tokens(answer)
    return refused.value


@BOTH
def test_a_new_pair_is_read(auth: ModuleType) -> None:
    found = auth.tokens(json(200, {**PAIR, "token_type": "Bearer", "scope": "a b"}))

    assert found.access_token.reveal() == "at-2"
    assert found.refresh_token.reveal() == "rt-2"
    assert found.expires_in == 3600


@BOTH
def test_seconds_may_come_as_text(auth: ModuleType) -> None:
    assert auth.tokens(json(200, {**PAIR, "expires_in": "86399"})).expires_in == 86_399


def test_highlevel_may_write_camel_case() -> None:
    camel = {"accessToken": "at-2", "refreshToken": "rt-2", "expiresIn": 86_399}

    found = highlevel.tokens(json(200, camel))

    assert (found.access_token.reveal(), found.refresh_token.reveal()) == ("at-2", "rt-2")
    assert found.expires_in == 86_399


@BOTH
@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        "at-2",
        None,
        3,
        *[{key: value for key, value in PAIR.items() if key != gone} for gone in PAIR],
        *[{**PAIR, key: None} for key in PAIR],
        {**PAIR, "access_token": ""},
        {**PAIR, "access_token": 3},
        {**PAIR, "refresh_token": ["rt-2"]},
        {**PAIR, "expires_in": "soon"},
        {**PAIR, "expires_in": "inf"},
        {**PAIR, "expires_in": "nan"},
        {**PAIR, "expires_in": 0},
        {**PAIR, "expires_in": -1},
        {**PAIR, "expires_in": []},
    ],
    ids=repr,
)
def test_a_yes_without_usable_tokens_cannot_be_used(auth: ModuleType, body: Any) -> None:
    assert type(refusal(auth, json(200, body))) is BadAnswer


@BOTH
@pytest.mark.parametrize(
    "answer", [raw(200), page(200), raw(200, b'{"access_token":')], ids=range(3)
)
def test_a_yes_that_is_no_json_cannot_be_used(auth: ModuleType, answer: Answer) -> None:
    assert type(refusal(auth, answer)) is BadAnswer


@BOTH
@pytest.mark.parametrize(
    "answer",
    [
        json(400, {"statusCode": 400, "message": "Location is not active"}),
        json(400, {"error": "invalid_grant", "error_description": "This refresh token is invalid"}),
        json(401, {"error": "access_denied", "error_description": "Unauthorized"}),
        json(403, {"error": "invalid_grant", "error_description": "Unknown refresh token."}),
        json(422, {"message": ["refresh_token should not be empty"]}),
        raw(401),
    ],
    ids=range(6),
)
def test_a_refused_refresh_token_is_for_a_person_to_mend(auth: ModuleType, answer: Answer) -> None:
    error = refusal(auth, answer)

    assert isinstance(error, CredentialsError)
    assert not isinstance(error, TokenRefused)
    assert str(answer.status) in error.message
    assert "dragoman connections add" in error.fix


@BOTH
@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_an_endpoint_in_trouble_is_asked_again(auth: ModuleType, status: int) -> None:
    for answer in (raw(status), page(status), json(status, PAIR)):
        assert type(refusal(auth, answer)) is TransientError


@BOTH
@pytest.mark.parametrize("answer", [page(403), page(404), raw(408)], ids=range(3))
def test_a_page_of_something_in_between_is_no_refusal(auth: ModuleType, answer: Answer) -> None:
    assert type(refusal(auth, answer)) is TransientError


def test_a_time_out_of_highlevels_gateway_is_no_refusal() -> None:
    assert type(refusal(highlevel, raw(401, b"Command timed out"))) is TransientError


@BOTH
def test_too_many_refreshes_are_a_wait(auth: ModuleType) -> None:
    assert type(refusal(auth, json(429, {"message": "Too Many Requests"}))) is RateLimited


@BOTH
def test_a_refresh_is_a_form_that_holds_what_the_vendor_asks_for(auth: ModuleType) -> None:
    vendor = "highlevel" if auth is highlevel else "acton"
    entry = CATALOGUE.operation(f"{vendor}.oauth.refresh")

    request = auth.refresh(CREDENTIALS)

    assert (request.method, request.path) == (entry.method, entry.path)
    assert request.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert request.query == ()
    assert "Authorization" not in request.headers
    form = dict(parse_qsl(request.body.decode("ascii"), strict_parsing=True))
    assert form == {
        "grant_type": "refresh_token",
        "refresh_token": "rt 1&=",
        "client_id": "client",
        "client_secret": "s%25t&+",
    }
    assert set(form) == {one.wire for one in entry.input.values() if one.required}


@BOTH
def test_the_recorded_refresh_is_the_one_that_is_made(auth: ModuleType) -> None:
    vendor = "highlevel" if auth is highlevel else "acton"
    recorded = example(CATALOGUE.operation(f"{vendor}.oauth.refresh"))
    given = recorded["input"]
    credentials = Credentials(
        "oauth",
        Secret("unused"),
        Secret(given["refresh_token"]),
        given["client_id"],
        Secret(given["client_secret"]),
    )

    request = auth.refresh(credentials)

    assert request.body is not None
    assert request.body.decode() == recorded["request"]["body"]


@BOTH
def test_a_call_carries_its_token_and_asks_for_json(auth: ModuleType) -> None:
    assert auth.headers(Secret("at-1")) == {
        "Authorization": "Bearer at-1",
        "Accept": "application/json",
    }
