"""Reading what the control server is sent, and its one way to say no."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from dragoman.kernel import jsons
from dragoman.kernel.jsons import Json
from dragoman.simulator.world import World

Handler = Callable[[World, Request], Awaitable[Response]]
_Model = TypeVar("_Model")


class Wrong(Exception):
    """The caller asked for something that is not there or does not fit."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


class Body(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A JSON body; unknown fields are refused, so that a slip in a test shows."""


async def read(request: Request, model: type[_Model]) -> _Model:
    """Read a JSON body.

    Raises:
        Wrong: it is not JSON or does not fit.
    """
    try:
        value: _Model = jsons.decode_as(await request.body() or b"{}", model)
    except jsons.Unreadable as error:
        raise Wrong(str(error)) from None
    return value


def fitted(value: Json, model: type[_Model]) -> _Model:
    """Fit a value to a model.

    Raises:
        Wrong: it does not fit.
    """
    try:
        return msgspec.convert(value, model)
    except msgspec.ValidationError as error:
        raise Wrong(str(error)) from None


async def read_object(request: Request) -> dict[str, Any]:
    """Read any JSON object."""
    return await read(request, dict[str, Any])


def number(request: Request, name: str) -> int:
    """A number of the query; 0 if it is not there."""
    text = request.query_params.get(name, "0")
    if not text.isdigit():
        raise Wrong(f"{name} must be a number")
    return int(text)


def answer(value: Json, status: int = 200) -> Response:
    return Response(jsons.encode(value), status, media_type="application/json")
