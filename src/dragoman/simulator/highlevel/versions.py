"""What version v3 writes differently: tokens, and the channels of do-not-disturb."""

from typing import Any

from dragoman.kernel.jsons import Json
from dragoman.simulator.highlevel import answers
from dragoman.simulator.highlevel.call import Call

V3 = "v3"
_NEWER = {
    "Call": "call",
    "Email": "email",
    "SMS": "sms",
    "WhatsApp": "whatsApp",
    "GMB": "gmb",
    "FB": "fb",
}
_OLDER = {new: old for old, new in _NEWER.items()}


def is_v3(call: Call) -> bool:
    return call.request.headers.get("version") == V3


def need_v3(call: Call) -> None:
    """Refuse a call of version v3's own to the others.

    Raises:
        Refusal: 404, as if there were no such path.
    """
    if not is_v3(call):
        raise answers.no_path(call.request.method, call.request.path)


def camel(name: str) -> str:
    """A name with underscores as v3 writes it."""
    first, *others = name.split("_")
    return first + "".join(one.title() for one in others)


def shown(call: Call, contact: dict[str, Any]) -> dict[str, Any]:
    """A contact as the version asked for writes it."""
    if not is_v3(call) or "dndSettings" not in contact:
        return contact
    renamed = {_NEWER.get(name, name): one for name, one in contact["dndSettings"].items()}
    return {**contact, "dndSettings": renamed}


def read(call: Call, body: dict[str, Json]) -> dict[str, Json]:
    """The body of a contact as the versions by date would have written it.

    Raises:
        Refusal: 422 for a channel in capitals, which v3 does not know.
    """
    if not is_v3(call) or "dndSettings" not in body:
        return body
    unknown = [
        f"dndSettings.property {name} should not exist"
        for name in body["dndSettings"]
        if name not in _OLDER
    ]
    if unknown:
        raise answers.unprocessable(unknown)
    return {**body, "dndSettings": {_OLDER[name]: one for name, one in body["dndSettings"].items()}}
