"""Who has unsubscribed from which e-mails."""

from dragoman.kernel.jsons import Json
from dragoman.simulator.exchange import Answer
from dragoman.simulator.highlevel import answers
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.fields import OBJECT, TEXT, Kind
from dragoman.simulator.highlevel.messaging.records import ONE_ON_ONE
from dragoman.simulator.highlevel.messaging.subtypes import of_location
from dragoman.simulator.highlevel.records import Contact

FIELDS: dict[str, Kind] = {
    **dict.fromkeys(("locationId", "contactId", "email", "legal_reason"), TEXT),
    "legal_description": TEXT,
    "subscription_action": OBJECT,
}


def status(call: Call) -> Answer:
    query = call.request.query
    call.check_location(query.get("locationId"))
    if not query.get("contactId"):
        raise answers.unprocessable(["contactId should not be empty"])
    contact = call.contact(query["contactId"])
    _check_address(contact, query.get("email"))
    return call.answer(200, _shown(call, contact))


def change(call: Call) -> Answer:
    """Who subscribes a person again has to say why that is lawful."""
    needed = ("locationId", "contactId", "email", "subscription_action")
    body = call.body(FIELDS, required=needed)
    call.check_location(body["locationId"])
    contact = call.contact(body["contactId"])
    _check_address(contact, body["email"])
    action = body["subscription_action"]
    subscribed = action.get("subtype_status")
    if subscribed not in ("subscribed", "unsubscribed"):
        raise answers.unprocessable(
            ["subscription_action.subtype_status must be subscribed or unsubscribed"]
        )
    kinds = _kinds(call, action)
    if subscribed == "subscribed" and not body.get("legal_reason"):
        raise answers.refusal(400, "legal_reason is required to subscribe again")
    gone = call.state.messaging.unsubscribed.setdefault(contact.id, set())
    if subscribed == "subscribed":
        gone -= kinds
    else:
        gone |= kinds
    call.record("contact.subscription_changed", contact.subject(), action)
    return call.created({"success": True, **_shown(call, contact)})


def check(call: Call, contact: Contact, body: dict[str, Json]) -> None:
    """Refuse an e-mail of a kind that the person has unsubscribed from."""
    kind = body.get("customSubtypeId") or ONE_ON_ONE
    gone = call.state.messaging.unsubscribed.get(contact.id, set())
    if body["type"] == "Email" and kind in gone:
        raise answers.refusal(400, f"Cannot send email as {contact.email} has unsubscribed")


def _kinds(call: Call, action: dict[str, Json]) -> set[str]:
    known = {one.id for one in of_location(call)}
    match action.get("type"):
        case "resub_all" if action["subtype_status"] == "subscribed":
            return {ONE_ON_ONE, *known}
        case "default" if action.get("subtype_name") == ONE_ON_ONE:
            return {ONE_ON_ONE}
        case "custom" if str(action.get("subtype_id")) in known:
            return {action["subtype_id"]}
    raise answers.refusal(400, "subscription_action names no subscription type")


def _check_address(contact: Contact, email: str | None) -> None:
    if email and email.casefold() != contact.email.casefold():
        raise answers.refusal(400, "The contact has no such e-mail")


def _shown(call: Call, contact: Contact) -> dict[str, Json]:
    """No description tells the answer; this is what is written."""
    gone = call.state.messaging.unsubscribed.get(contact.id, set())
    kinds = [{"type": "default", "subtype_name": ONE_ON_ONE}]
    kinds += [
        {"type": "custom", "subtype_id": one.id, "subtype_name": one.name}
        for one in of_location(call)
        if one.channel == "email"
    ]
    said = [
        {
            **one,
            "subtype_status": "unsubscribed"
            if one.get("subtype_id", ONE_ON_ONE) in gone
            else "subscribed",
        }
        for one in kinds
    ]
    return {"contactId": contact.id, "email": contact.email, "subscriptions": said}
