"""How HighLevel shows a contact, and its three ways to write one date."""

from dragoman.kernel.clock import Millis, iso
from dragoman.kernel.jsons import Json
from dragoman.simulator.highlevel.state import Contact


def contact(one: Contact) -> dict[str, Json]:
    """The recorded shape: what was never set is left out, do-not-disturb included."""
    shown = {name: value for name, value in one.fields.items() if value is not None}
    lowered = {
        "firstNameLowerCase": one.fields.get("firstName"),
        "lastNameLowerCase": one.fields.get("lastName"),
        "fullNameLowerCase": one.name,
        "emailLowerCase": one.email,
    }
    shown.update({name: text.lower() for name, text in lowered.items() if text})
    shown.update(
        id=one.id,
        locationId=one.location_id,
        type="lead",
        country=one.fields.get("country") or "US",
        tags=list(one.tags),
        customFields=[{"id": key, "value": value} for key, value in one.custom_fields.items()],
        additionalEmails=[],
        additionalPhones=[],
        dateAdded=iso(one.added),
        dateUpdated=iso(one.updated),
        createdBy=_author(one.created_by, one.added),
        lastUpdatedBy=_author(one.updated_by, one.updated),
    )
    if one.dnd_settings:
        shown["dndSettings"] = one.dnd_settings
    if one.inbound_dnd_settings:
        shown["inboundDndSettings"] = one.inbound_dnd_settings
    return shown


def written(one: Contact) -> dict[str, Json]:
    """What a create, update or upsert answers: a little more than a read."""
    return {
        **contact(one),
        "deleted": False,
        "bounceEmail": False,
        "unsubscribeEmail": False,
        "validEmail": None,
        "validEmailDate": None,
    }


def seconds(moment: Millis) -> Json:
    """The third way: `{seconds, nanoseconds}`."""
    return {"seconds": moment // 1000, "nanoseconds": moment % 1000 * 1_000_000}


def _author(client: str, at: Millis) -> Json:
    """Who wrote: `sourceId` is the client id of the app, by which it knows its own writes."""
    if not client:
        return {"source": "WEB_USER", "channel": "APP", "timestamp": iso(at)}
    return {
        "source": "INTEGRATION",
        "channel": "OAUTH",
        "sourceId": client,
        "timestamp": iso(at),
    }
