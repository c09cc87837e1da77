"""Sends that must fail, and must not say too much about it."""

import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from dragoman.catalog.wire import Request
from dragoman.http.client import Client
from dragoman.kernel.errors import DragomanError

SECRETS = ("ada%40example.com", "ada@example.com", "s3cret-token", "hello-body", "/contacts")
QUICK = 0.2  # seconds until a stalled peer is given up


def request(method: str = "POST", body: bytes | None = b"hello-body") -> Request:
    return Request(
        method,
        "/contacts/ada%40example.com",
        (("email", "ada@example.com"),),
        {"Authorization": "Bearer s3cret-token"},
        body,
    )


async def failing(client: Client, url: str, sent: Request) -> DragomanError:
    """Send, expect a failure that gives nothing away, and return it."""
    with pytest.raises(DragomanError) as caught:
        await client.send(url, sent)
    error = caught.value
    assert error.__cause__ is None
    assert error.__context__ is None
    shown = "".join([*traceback.format_exception_only(error), repr(error), str(error.as_json())])
    assert not [secret for secret in SECRETS if secret in shown]
    return error


@asynccontextmanager
async def client(
    *, deadline: float = 5.0, connect: float = 5.0, connections: int = 10
) -> AsyncIterator[Client]:
    made = Client(deadline=deadline, connect=connect, connections=connections)
    try:
        yield made
    finally:
        await made.close()
