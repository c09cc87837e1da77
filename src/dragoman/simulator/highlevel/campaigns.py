"""Campaigns: which there are, and who is in them. What they send, the API does not tell."""

from dragoman.kernel.jsons import Json
from dragoman.simulator.exchange import Answer
from dragoman.simulator.highlevel import answers, events
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.records import Campaign, Contact
from dragoman.simulator.routes import Route


def every(call: Call) -> Answer:
    query = call.request.query
    call.check_location(query.get("locationId"))
    found = [
        one for one in call.location.campaigns.values() if query.get("status") in (None, one.status)
    ]
    return call.answer(200, {"campaigns": [_shown(call, one) for one in found]})


def add(call: Call) -> Answer:
    """Adding somebody who is in it starts it once more, as far as the ledger is concerned."""
    contact, campaign = call.contact(call.params["id"]), _find(call)
    call.body({})
    if campaign.id not in contact.campaigns:
        contact.campaigns.append(campaign.id)
    _tell(call, "campaign.contact_added", contact, campaign)
    return call.created(answers.succeeded())


def remove(call: Call) -> Answer:
    """Removing somebody who is not in it succeeds as well."""
    contact, campaign = call.contact(call.params["id"]), _find(call)
    contact.campaigns = [one for one in contact.campaigns if one != campaign.id]
    _tell(call, "campaign.contact_removed", contact, campaign)
    return call.answer(200, answers.succeeded())


def remove_all(call: Call) -> Answer:
    contact = call.contact(call.params["id"])
    left, contact.campaigns = contact.campaigns, []
    for campaign_id in left:
        campaign = call.location.campaigns[campaign_id]
        _tell(call, "campaign.contact_removed", contact, campaign)
    return call.answer(200, answers.succeeded())


def _find(call: Call) -> Campaign:
    campaign = call.location.campaigns.get(call.params["campaign"])
    if campaign is None:
        raise answers.not_found("Campaign", call.params["campaign"])
    return campaign


def _tell(call: Call, effect: str, contact: Contact, campaign: Campaign) -> None:
    call.record(effect, contact.subject(), {"campaign_id": campaign.id, "name": campaign.name})
    events.index(call.world, contact)


def _shown(call: Call, one: Campaign) -> Json:
    return {"id": one.id, "name": one.name, "status": one.status, "locationId": call.account}


ROUTES = (
    Route("GET", "/campaigns/", every, "campaigns.readonly"),
    Route("POST", "/contacts/{id}/campaigns/{campaign}", add, "contacts.write"),
    Route("DELETE", "/contacts/{id}/campaigns/{campaign}", remove, "contacts.write"),
    Route("DELETE", "/contacts/{id}/campaigns/removeAll", remove_all, "contacts.write"),
    Route("DELETE", "/contacts/{id}/campaigns/remove-all", remove_all, "contacts.write"),
)
