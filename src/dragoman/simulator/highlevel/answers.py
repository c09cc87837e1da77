"""HighLevel's answers: bodies with a `traceId`, and the many ways it says no.

The words are those of its documentation and of recorded answers; where a status has several
shapes, the shape depends on the call.
"""

from http import HTTPStatus

from dragoman.kernel.jsons import Json
from dragoman.simulator.exchange import Refusal

BAD_TOKEN = "Invalid JWT"  # noqa: S105  # the vendor's sentence
BAD_PRIVATE_TOKEN = "Invalid Private Integration token"  # noqa: S105  # the same
NO_VERSION = "version header was not found."
BAD_VERSION = "version header is invalid"
NO_SCOPE = "The token is not authorized for this scope."
WRONG_USER_TYPE = "Token's user type mismatch!"
FORBIDDEN = "Forbidden resource"
WRONG_LOCATION = "The token does not have access to this location."


def plain(status: int, message: Json, *, error: bool = True) -> Json:
    """`{statusCode, message, error}`: the usual shape; some answers come without `error`."""
    body: dict[str, Json] = {"statusCode": status, "message": message}
    if error:
        body["error"] = HTTPStatus(status).phrase
    return body


def refusal(status: int, message: Json) -> Refusal:
    return Refusal(status, plain(status, message))


def unprocessable(problems: list[str]) -> Refusal:
    """422 of the validator, with a list of sentences."""
    return Refusal(422, {"statusCode": 422, "message": problems, "error": "Unprocessable Entity"})


def not_found(thing: str, thing_id: str) -> Refusal:
    """A missing record is a 400 without `message` and `statusCode`, as recorded."""
    return Refusal(400, {"error": f"{thing} with id {thing_id} not found", "status": 400})


def succeeded() -> dict[str, Json]:
    """Live bodies of contacts carry both spellings, the documented one is the misspelt."""
    return {"succeded": True, "succeeded": True}


def no_path(method: str, path: str) -> Refusal:
    return refusal(404, f"Cannot {method} {path}")
