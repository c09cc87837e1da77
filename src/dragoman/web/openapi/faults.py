"""How errors look (RFC 9457), and which may come of what."""

from http import HTTPStatus
from typing import Any

from dragoman.web.problems import TYPE

Document = dict[str, Any]

PROBLEM: Document = {
    "type": "object",
    "description": "What went wrong, and what to do (RFC 9457).",
    "properties": {
        "type": {"type": "string", "description": "`urn:dragoman:error:` and the code."},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What failed."},
        "code": {"type": "string", "description": "What kind of error it is."},
        "fix": {"type": "string", "description": "What to do next."},
        "where": {"type": "object", "description": "File, line and column of a flow."},
        "problems": {"type": "array", "items": {"type": "object"}},
        "run": {"type": "string", "description": "The run that was stopped."},
        "state": {"type": "string", "description": "The state that it stopped in."},
        "trace": {"type": "string", "description": "The vendor's own id of the call."},
        "vendor_status": {"type": "integer", "description": "What the vendor answered."},
        "vendor_reason": {"type": "string", "description": "The vendor's own word for it."},
    },
    "required": ["type", "title", "status", "detail", "code", "fix"],
}

_WORDS = {
    400: "The body, a header or a filter cannot be read.",
    401: "No token, or one that is unknown, expired or revoked.",
    403: "The token has no scope for this; `detail` names the one that is missing.",
    404: "There is nothing of this name.",
    405: "There is nothing that is asked so.",
    408: "The body took too long to come.",
    409: "Not done: the person does not want to be sent to, or the account must be reconnected.",
    413: "The body is too large.",
    421: "The request names a host that is not this machine.",
    422: "The input does not fit, or the Idempotency-Key stands for another request.",
    424: "The vendor refused, or nobody can tell whether it happened.",
    502: "The vendor's answer cannot be used.",
    503: "The vendor, or the disk, cannot be reached at the moment.",
}
ALWAYS = (401, 405, 421, 503)
"""What may come whatever is asked."""
OF_BODIES = (400, 408, 413, 422)
OF_CALLS = (*OF_BODIES, 403, 409, 424, 502)

RESPONSES: dict[str, Document] = {
    HTTPStatus(status).name: {
        "description": words,
        "content": {TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    for status, words in _WORDS.items()
}


def responses(*statuses: int) -> Document:
    """References to how these errors look."""
    return {
        str(one): {"$ref": f"#/components/responses/{HTTPStatus(one).name}"}
        for one in sorted({*statuses, *ALWAYS})
    }
