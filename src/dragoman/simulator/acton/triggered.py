"""Act-On's event-triggered e-mail: one template to one address."""

from typing import Any

from dragoman.kernel import jsons
from dragoman.kernel.jsons import Json
from dragoman.simulator.acton import forms, messages
from dragoman.simulator.acton.call import Call
from dragoman.simulator.acton.consent import Kind
from dragoman.simulator.acton.mail import Recipient, Trace
from dragoman.simulator.exchange import Answer, Refusal, as_json
from dragoman.simulator.routes import Route

MOST = {"subjectLine": 90, "previewText": 240}
COPIES, REFERENCE, TAG = 5, 128, 48


def send(call: Call) -> Answer:
    """Names of the template come from the request alone, never from a list."""
    body = _body(call)
    template = messages.mailing(call).messages.get(call.params["templateid"])
    wrong = call.params["accountid"] != call.account
    if wrong or template is None or template.kind != "TEMPLATE" or not template.released:
        # That one not marked as available is not there for this call, is a guess.
        raise _no("Invalid ID in request:", f"template {call.params['templateid']} unknown")
    envelope, metadata = _group(body, "envelope"), _group(body, "metadata")
    _check(body)
    if metadata["transactional"] and "transactional" not in call.world.settings.acton_features:
        said = "transactional subscription required"
        raise Refusal(500, {"errorName": "EmailServiceException", "message": said})
    people = [envelope["toAddress"], *(envelope.get("ccAddressList") or ())]
    listed: tuple[Kind, ...] = ("hardbounce", "spamcomplaint")
    if not metadata["transactional"]:
        listed = (*listed, "optout")
    held = [one for one in people if any(call.consent.find(kind, one) for kind in listed)]
    if held:
        said = "recipient suppressed"
        raise Refusal(400, {"success": False, "message": said, "suppressedRecipients": held})
    for email in people:
        template.traces.append(Trace("SENT", Recipient(email), call.now))
        content = {"message_id": template.id, "title": template.title}
        if metadata.get("externalId"):
            content["reference"] = metadata["externalId"]
        call.record("email.sent", {"email": email}, content)
    sent = {"success": True, "message": "Email Sent Successfully", "suppressedRecipients": []}
    return as_json(200, sent)


def _body(call: Call) -> dict[str, Any]:
    try:
        body = jsons.decode(call.request.body)
    except jsons.Unreadable:
        body = None
    if not isinstance(body, dict):
        raise _no("Invalid request:", "the body is no JSON object")
    return body


def _group(body: dict[str, Any], name: str) -> dict[str, Any]:
    found = body.get(name)
    if not isinstance(found, dict):
        raise _no("Invalid request:", f"{name} missing")
    return found


def _check(body: dict[str, Any]) -> None:
    """Refuse what is beyond the documented limits; the words are a guess."""
    envelope, metadata = _group(body, "envelope"), _group(body, "metadata")
    actions = _group(body, "actions")
    content = _group(body, "content") if body.get("content") else {}
    faults = {
        "toAddress": not forms.is_address(str(envelope.get("toAddress", ""))),
        "ccAddressList": not _are_texts(envelope.get("ccAddressList"), COPIES),
        "transactional": not isinstance(metadata.get("transactional"), bool),
        "externalId": not _is_text(metadata.get("externalId"), REFERENCE),
        "tagList": not _are_texts(metadata.get("tagList"), 1, TAG),
        "trackOpens": not isinstance(actions.get("trackOpens"), bool),
        "trackClicks": not isinstance(actions.get("trackClicks"), bool),
        **{name: not _is_text(content.get(name), most) for name, most in MOST.items()},
    }
    for name, wrong in faults.items():
        if wrong:
            raise _no("Invalid request:", f"{name} invalid")


def _is_text(value: Json, most: int) -> bool:
    """What is not given fits."""
    return value is None or (isinstance(value, str) and len(value) <= most)


def _are_texts(value: Json, most: int, longest: int = REFERENCE) -> bool:
    listed = [] if value is None else value
    fits = isinstance(listed, list) and len(listed) <= most
    return fits and all(one is not None and _is_text(one, longest) for one in listed)


def _no(name: str, message: str) -> Refusal:
    return Refusal(400, {"errorName": name, "message": message})


ROUTES = (Route("POST", "/ete/v1/email/{accountid}/{templateid}", send),)
