"""What is done to many contacts at once: each is answered by itself."""

from dragoman.kernel.jsons import Json
from dragoman.simulator.exchange import Answer
from dragoman.simulator.highlevel import answers, contacts, events, people
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.fields import FLAG, TEXT, TEXTS, Kind
from dragoman.simulator.highlevel.objects import finding
from dragoman.simulator.highlevel.objects.records import BUSINESS
from dragoman.simulator.highlevel.records import Contact
from dragoman.simulator.routes import Route

MOST = 50
"""Contacts that a call can put into a business."""
TAGS_FIELDS: dict[str, Kind] = {
    **dict.fromkeys(("contacts", "tags"), TEXTS),
    "locationId": TEXT,
    "removeAllTags": FLAG,
}


def update_tags(call: Call) -> Answer:
    """Add or remove; whoever is not there is an error among the responses, not of the call."""
    change = call.params["change"]
    if change not in ("add", "remove"):
        raise answers.refusal(400, "type must be one of the following values: add, remove")
    body = call.body(TAGS_FIELDS, required=("contacts", "tags", "locationId"))
    call.check_location(body["locationId"])
    everything = body.get("removeAllTags") is True
    if everything and change == "add":
        raise answers.refusal(400, "removeAllTags is only allowed with remove")
    responses = [
        _change(call, contact_id, change, body["tags"], everything=everything)
        for contact_id in body["contacts"]
    ]
    errors = sum(one["type"] == "error" for one in responses)
    shown = {**answers.succeeded(), "errorCount": errors, "responses": responses}
    return call.created(shown)


def set_business(call: Call) -> Answer:
    """Null takes the contacts out of theirs; the field must be there all the same."""
    body = call.body({"locationId": TEXT, "ids": TEXTS, "businessId": TEXT}, ("locationId", "ids"))
    call.check_location(body["locationId"])
    if "businessId" not in body:
        raise answers.unprocessable(["businessId should not be empty"])
    if len(body["ids"]) > MOST:
        raise answers.unprocessable([f"ids must contain no more than {MOST} elements"])
    business = body["businessId"]
    if business is not None and business not in finding.own(call).kinds[BUSINESS].records:
        raise answers.not_found("Business", business)
    found = [call.contact(one) for one in body["ids"]]
    for contact in found:
        with events.changing(call.world, contact, call.client):
            call.state.change_contact(contact, {"businessId": business}, call.client)
        call.record("contact.business_set", contact.subject(), {"business_id": business})
    return call.answer(200, {"success": True, "ids": [one.id for one in found]})


def _change(
    call: Call, contact_id: str, change: str, tags: list[str], *, everything: bool
) -> dict[str, Json]:
    contact = call.state.contacts.get(contact_id)
    if contact is None or contact.location_id != call.account:
        said = "contact id is not a valid firebase id"
        return {"contactId": contact_id, "message": said, "type": "error"}
    old = list(contact.tags)
    wanted = _without(old, tags if not everything else old) if change == "remove" else [*old, *tags]
    with events.changing(call.world, contact, call.client):
        contact.tags = people.distinct(wanted)
    added, removed = _without(contact.tags, old), _without(old, contact.tags)
    _write_down(call, contact, added, removed)
    return {
        "contactId": contact_id,
        "message": "Tags updated",
        "type": "success",
        "oldTags": old,
        "tagsAdded": added,
        "tagsRemoved": removed,
    }


def _write_down(call: Call, contact: Contact, added: list[str], removed: list[str]) -> None:
    if added:
        call.record("contact.tags_added", contact.subject(), {"tags": added, "added": added})
        contacts.define_tags(call, added)
    if removed:
        said = {"tags": removed, "removed": removed}
        call.record("contact.tags_removed", contact.subject(), said)


def _without(tags: list[str], others: list[str]) -> list[str]:
    unwanted = {tag.casefold() for tag in others}
    return [tag for tag in tags if tag.casefold() not in unwanted]


ROUTES = (
    Route("POST", "/contacts/bulk/tags/update/{change}", update_tags),
    Route("POST", "/contacts/bulk/business", set_business),
)
