"""Bodies and headers of requests, read with bounds."""

import asyncio
import re
from http import HTTPStatus
from typing import Any, TypeVar

import msgspec
from starlette.requests import Request

from dragoman.kernel import jsons
from dragoman.web.problems import Refused

BODY_CAP = 1024 * 1024
_PATIENCE = 30.0
"""Seconds that a body may take to come."""
_KEY = re.compile(r"[\x21-\x7e]{1,255}")
_WAIT = re.compile(r"wait=(\d{1,6})")
LONGEST = 300.0
"""Seconds that an answer is waited for, at most."""
_Model = TypeVar("_Model")


async def read(request: Request, model: type[_Model], cap: int = BODY_CAP) -> _Model:
    """The body of a request, as a model.

    Raises:
        Refused: it is too large or too slow, or does not fit.
    """
    try:
        async with asyncio.timeout(_PATIENCE):
            body = await _whole(request, cap)
    except TimeoutError:
        raise Refused(
            HTTPStatus.REQUEST_TIMEOUT, f"no whole body within {_PATIENCE:g} seconds"
        ) from None
    try:
        # One that holds a file takes a while to read, and others must not wait for it.
        large = len(body) > BODY_CAP
        value: _Model = (
            await asyncio.to_thread(jsons.decode_as, body, model)
            if large
            else jsons.decode_as(body, model)
        )
    except jsons.Unreadable as error:
        raise Refused(
            HTTPStatus.BAD_REQUEST,
            f"the body does not fit: {error}",
            fix=f"send a JSON object; its keys may be {_keys(model)}",
        ) from None
    return value


def _keys(model: type[Any]) -> str:
    return ", ".join(f"`{field.encode_name}`" for field in msgspec.structs.fields(model))


async def _whole(request: Request, cap: int) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > cap:
            raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"more than {cap} bytes")
    return bytes(body)


def key(request: Request) -> str:
    """The `Idempotency-Key`; nothing where there is none.

    Raises:
        Refused: it is said twice, or is no key.
    """
    said = request.headers.getlist("idempotency-key")
    if not said:
        return ""
    if len(said) > 1 or not _KEY.fullmatch(said[0]):
        raise Refused(
            HTTPStatus.BAD_REQUEST,
            "Idempotency-Key is 1 to 255 visible characters of ASCII, said once",
            fix="use a fresh UUID for each call, and the same one to ask for it again",
        )
    return said[0]


def patience(request: Request, usual: float) -> float | None:
    """Seconds that the caller wants to wait for the outcome (RFC 7240); None is not at all.

    What cannot be read is no wish.
    """
    said = ",".join(request.headers.getlist("prefer")).lower()
    wishes = [one.strip() for one in said.split(",")]
    if "respond-async" in wishes:
        return None
    for one in wishes:
        if found := _WAIT.fullmatch(one):
            return min(float(found.group(1)), LONGEST)
    return usual
