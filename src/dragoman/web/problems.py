"""Errors as RFC 9457 says them, with our code, the place and the way out."""

from http import HTTPStatus

from starlette.responses import Response
from starlette.types import Message

from dragoman.kernel import jsons
from dragoman.kernel.errors import (
    BadInput,
    CredentialsError,
    DefinitionError,
    DragomanError,
    PermanentError,
    Problems,
    TransientError,
)

TYPE = "application/problem+json"


class Refused(Exception):
    """A request that cannot be served."""

    def __init__(self, status: HTTPStatus, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail


def plain(value: object) -> Response:
    return Response(jsons.encode(value), media_type="application/json")


def answer(error: DragomanError) -> Response:
    body = error.as_json()
    if isinstance(error, Problems):
        body["problems"] = [one.as_json() for one in error.problems]
    return _response(_status(error), str(body.pop("message")), body)


def refusal(refused: Refused) -> Response:
    code = refused.status.name.lower()
    return _response(refused.status, refused.detail, {"code": code, "fix": ""})


def prepared(
    status: HTTPStatus, detail: str, *headers: tuple[bytes, bytes]
) -> tuple[Message, Message]:
    """A refusal as the two messages of its answer, made once and sent often."""
    body = bytes(refusal(Refused(status, detail)).body)
    own = [(b"content-type", TYPE.encode()), (b"content-length", str(len(body)).encode())]
    return (
        {"type": "http.response.start", "status": status.value, "headers": [*own, *headers]},
        {"type": "http.response.body", "body": body},
    )


def _response(status: HTTPStatus, detail: str, more: dict[str, object]) -> Response:
    body = {
        "type": f"urn:dragoman:error:{more['code']}",
        "title": status.phrase,
        "status": status.value,
        "detail": detail,
        **more,
    }
    headers = {"www-authenticate": "Bearer"} if status == HTTPStatus.UNAUTHORIZED else None
    return Response(jsons.encode(body), status.value, headers, TYPE)


def _status(error: DragomanError) -> HTTPStatus:
    match error:
        case DefinitionError() | BadInput():
            return HTTPStatus.UNPROCESSABLE_ENTITY
        case CredentialsError():
            return HTTPStatus.CONFLICT
        case TransientError():
            return HTTPStatus.SERVICE_UNAVAILABLE
        case PermanentError():  # the vendor's word, not a failure of ours
            return HTTPStatus.BAD_GATEWAY
        case _:
            return HTTPStatus.INTERNAL_SERVER_ERROR
