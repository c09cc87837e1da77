"""No secret shows itself, whatever goes wrong and whoever prints it."""

import io
import traceback
from types import ModuleType

import pytest
from rich.console import Console
from rich.pretty import Pretty

from dragoman.catalog.vendors import Credentials, Tokens
from dragoman.catalog.wire import Answer, Request
from dragoman.kernel.errors import DragomanError
from dragoman.kernel.secret import Secret
from dragoman.vendors.acton import auth as acton
from dragoman.vendors.highlevel import auth as highlevel
from tests.vendors.answers import json, raw

CANARY = "canary-3e1f"
BOTH = pytest.mark.parametrize("auth", [highlevel, acton], ids=["highlevel", "acton"])
CREDENTIALS = Credentials(
    kind="oauth",
    access_token=Secret(CANARY),
    refresh_token=Secret(CANARY),
    client_id="client",
    client_secret=Secret(CANARY),
)
ECHOING = [
    json(status, {"message": CANARY, "error": CANARY, "access_token": CANARY, "expires_in": "x"})
    for status in (200, 400, 401, 403, 429, 500)
] + [raw(200, CANARY.encode()), raw(403, f"<p>{CANARY}</p>".encode())]


def shown(value: object) -> str:
    """However a value may be printed."""
    screen = io.StringIO()
    Console(file=screen, width=500).print(Pretty(value))
    return f"{value!r}{value}{value!a}{screen.getvalue()}"


@BOTH
@pytest.mark.parametrize("answer", ECHOING, ids=range(len(ECHOING)))
def test_what_the_token_endpoint_says_is_never_repeated(auth: ModuleType, answer: Answer) -> None:
    with pytest.raises(DragomanError) as refused:
        auth.tokens(answer)

    error = refused.value
    assert CANARY not in f"{error!r}{error}{error.fix}{error.as_json()}{error.args}"
    assert CANARY not in "".join(traceback.format_exception(error))


@BOTH
def test_requests_with_tokens_do_not_show_them(auth: ModuleType) -> None:
    refresh: Request = auth.refresh(CREDENTIALS)
    call = Request(
        "GET", "/contacts", (("email", CANARY),), auth.headers(Secret(CANARY)), CANARY.encode()
    )

    for request in (refresh, call):
        assert CANARY not in shown(request)
        assert request.path in repr(request)


def test_answers_with_tokens_do_not_show_them() -> None:
    answer = Answer(200, {"set-cookie": CANARY}, CANARY.encode())

    assert CANARY not in shown(answer)
    assert "200" in repr(answer)


def test_credentials_and_tokens_do_not_show_themselves() -> None:
    assert CANARY not in shown(CREDENTIALS)
    assert CANARY not in shown(Tokens(Secret(CANARY), Secret(CANARY), 1.0))
    assert "client" in repr(CREDENTIALS)
