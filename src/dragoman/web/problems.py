"""Errors as RFC 9457 says them, with our code, the place and the way out."""

import math
from http import HTTPStatus

from starlette.responses import Response
from starlette.types import Message

from dragoman.kernel import jsons
from dragoman.kernel.errors import (
    BadInput,
    ConsentDenied,
    CredentialsError,
    DefinitionError,
    DragomanError,
    PermanentError,
    Problems,
    RateLimited,
    Rejected,
    TransientError,
)

TYPE = "application/problem+json"


class Refused(Exception):
    """A request that cannot be served."""

    def __init__(
        self,
        status: HTTPStatus,
        detail: str,
        *,
        fix: str = "",
        code: str = "",
        challenge: str = "",
    ) -> None:
        """Take in, besides what is wrong, a code, which else is that of the status, and what a
        `WWW-Authenticate` adds (RFC 6750).
        """
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.fix = fix
        self.code = code or status.name.lower()
        self.challenge = challenge


def plain(value: object) -> Response:
    return Response(jsons.encode(value), media_type="application/json")


def answer(error: DragomanError) -> Response:
    body = error.as_json()
    if isinstance(error, Problems):
        body["problems"] = [one.as_json() for one in error.problems]
    if error.trace:
        body["trace"] = error.trace
    if isinstance(error, Rejected):
        body["vendor_status"], body["vendor_reason"] = error.status, error.reason
    headers = {}
    if isinstance(error, RateLimited) and error.retry_after is not None:
        headers["retry-after"] = str(math.ceil(error.retry_after))
    return response(_status(error), str(body.pop("message")), body, headers)


def refusal(refused: Refused) -> Response:
    headers = {}
    if refused.challenge or refused.status == HTTPStatus.UNAUTHORIZED:
        headers["www-authenticate"] = f"Bearer {refused.challenge}".strip()
    return response(
        refused.status, refused.detail, {"code": refused.code, "fix": refused.fix}, headers
    )


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


def response(
    status: HTTPStatus,
    detail: str,
    more: dict[str, object],
    headers: dict[str, str] | None = None,
) -> Response:
    body = {
        "type": f"urn:dragoman:error:{more['code']}",
        "title": status.phrase,
        "status": status.value,
        "detail": detail,
        **more,
    }
    return Response(jsons.encode(body), status.value, headers, TYPE)


def _status(error: DragomanError) -> HTTPStatus:
    match error:
        case DefinitionError() | BadInput():
            return HTTPStatus.UNPROCESSABLE_ENTITY
        case CredentialsError() | ConsentDenied():
            return HTTPStatus.CONFLICT
        case Rejected():  # the vendor's word: neither the service nor the way to it has failed
            return HTTPStatus.FAILED_DEPENDENCY
        case TransientError():
            return HTTPStatus.SERVICE_UNAVAILABLE
        case PermanentError():
            return HTTPStatus.BAD_GATEWAY
        case _:
            return HTTPStatus.INTERNAL_SERVER_ERROR
