"""Act-On's ways to say no: the gateway's, the token call's, and the numbered ones of /api/1."""

from http import HTTPStatus

from dragoman.kernel.jsons import Json
from dragoman.simulator.exchange import Answer, Refusal

NO_FILE = 10003
LIST_INVALID = 10004
CONTACT_INVALID = 10008
COLUMN_UNKNOWN = "10010"
"""Documented as text, unlike the other codes."""
JOB_INVALID = 10017
FORM_INVALID = 10012
MESSAGE_INVALID = 10030
DRILL_DOWN_INVALID = 10089
TYPE_REFUSED = 10085
URL_MALFORMED = 90004
ID_INVALID = 10054
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


def no_file() -> Refusal:
    return numbered(400, NO_FILE, "no input file")


def no_job() -> Refusal:
    return numbered(400, JOB_INVALID, "job id invalid or expired")


def no_message(status: int = 400) -> Refusal:
    return numbered(status, MESSAGE_INVALID, "message invalid or deleted")


def no_drill_down() -> Refusal:
    return numbered(400, DRILL_DOWN_INVALID, "drill-down verb invalid")


def no_form() -> Refusal:
    return numbered(400, FORM_INVALID, "form id invalid")


def invalid(parameter: str) -> Refusal:
    """A value that is none of the known; the code for it is not public, and 10054 a guess."""
    return numbered(400, ID_INVALID, f"{parameter} invalid")


class Silence(Refusal):
    """How Act-On Contacts refuses, as a rule: a text with nothing in it."""

    def answer(self) -> Answer:
        return Answer(self.status, content_type="text/plain")


def silent(status: int) -> Refusal:
    return Silence(status, None)


def unfit() -> Refusal:
    """How Act-On Contacts refuses what it cannot read."""
    return Refusal(400, {})


def not_enabled() -> Refusal:
    """What support has not switched on; the words are documented, status and shape are guesses."""
    return refused_by_gateway(403, "PUBLIC_API_FEATURE_NOT_ENABLED")
