"""Users who follow a contact."""

from dragoman.simulator.exchange import Answer
from dragoman.simulator.highlevel import answers, events
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.fields import TEXTS
from dragoman.simulator.routes import Route


def add(call: Call) -> Answer:
    contact = call.contact(call.params["id"])
    given = _given(call)
    unknown = [one for one in given if one not in call.location.users]
    if unknown:
        raise answers.refusal(400, f"User with id {unknown[0]} not found")
    before = contact.fields.get("followers") or []
    added = [one for one in dict.fromkeys(given) if one not in before]
    with events.changing(call.world, contact, call.client):
        contact.fields["followers"] = [*before, *added]
    call.record("contact.followers_added", contact.subject(), {"followers": added})
    shown = {"followers": contact.fields["followers"], "followersAdded": added}
    return call.created(shown)


def remove(call: Call) -> Answer:
    """Whoever does not follow is passed over."""
    contact = call.contact(call.params["id"])
    unwanted = set(_given(call))
    before = contact.fields.get("followers") or []
    removed = [one for one in before if one in unwanted]
    with events.changing(call.world, contact, call.client):
        contact.fields["followers"] = [one for one in before if one not in unwanted]
    call.record("contact.followers_removed", contact.subject(), {"followers": removed})
    shown = {"followers": contact.fields["followers"], "followersRemoved": removed}
    return call.answer(200, shown)


def _given(call: Call) -> list[str]:
    given: list[str] = call.body({"followers": TEXTS}, required=("followers",))["followers"]
    return given


ROUTES = (
    Route("POST", "/contacts/{id}/followers", add, "contacts.write"),
    Route("DELETE", "/contacts/{id}/followers", remove, "contacts.write"),
)
