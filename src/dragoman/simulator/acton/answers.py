"""Act-On's ways to say no: the gateway's, the token call's, and the numbered ones of /api/1."""

from http import HTTPStatus

from dragoman.kernel.jsons import Json
from dragoman.simulator.exchange import Refusal

LIST_INVALID = 10004
CONTACT_INVALID = 10008
COLUMN_UNKNOWN = "10010"
"""Documented as text, unlike the other codes."""
PARAMETER_MISSING = 10121
PERIOD_INVALID = 10160


def gateway(status: int, more: str = "") -> Json:
    """The gateway's body; its code is text."""
    return {
        "httpCode": str(status),
        "httpMessage": HTTPStatus(status).phrase,
        "moreInformation": more,
    }


def refused_by_gateway(status: int, more: str = "") -> Refusal:
    return Refusal(status, gateway(status, more))


def numbered(status: int, code: int | str, message: str) -> Refusal:
    return Refusal(status, {"errorCode": code, "message": message})


def no_list() -> Refusal:
    return numbered(400, LIST_INVALID, "list invalid or missing")


def no_contact() -> Refusal:
    return numbered(400, CONTACT_INVALID, "contact invalid")


def no_column() -> Refusal:
    return numbered(400, COLUMN_UNKNOWN, "column invalid")


def missing(parameter: str) -> Refusal:
    return numbered(422, PARAMETER_MISSING, f"missing parameter: {parameter}")
