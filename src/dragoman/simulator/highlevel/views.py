"""How HighLevel shows contacts and messages, and its three ways to write one date."""

from dragoman.kernel.clock import SECOND, Millis, iso
from dragoman.kernel.jsons import Json
from dragoman.simulator.highlevel import channels
from dragoman.simulator.highlevel.records import Contact, Message
from dragoman.simulator.settings import SimulatorSettings

_SHOWN = ("attachments", "conversationProviderId", "altId")


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
        customFields=custom_fields(one),
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


def custom_fields(one: Contact) -> Json:
    return [{"id": key, "value": value} for key, value in one.custom_fields.items()]


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


def message(settings: SimulatorSettings, one: Message, now: Millis) -> dict[str, Json]:
    """How the API shows a message; the text of an e-mail is elsewhere, and a call has none."""
    view: dict[str, Json] = {
        "id": one.id,
        "direction": one.direction,
        "locationId": one.location_id,
        "contactId": one.contact_id,
        "conversationId": one.conversation_id,
        "dateAdded": iso(one.added),
        "dateUpdated": iso(changed(settings, one, now)),
        "messageType": channels.message_type(one.channel),
        "contentType": "text/plain",
        "status": status(settings, one, now),
        "source": source(one),
    }
    number = channels.number(one.channel)
    if number is not None:
        view["type"] = number
    if one.user_id:
        view["userId"] = one.user_id
    if one.error:
        view["error"] = one.error
    view.update({name: one.fields[name] for name in _SHOWN if name in one.fields})
    return view | _content(one)


def status(settings: SimulatorSettings, one: Message, now: Millis) -> str:
    """A message walks from pending to sent to delivered, by the clock; a call has ended."""
    if one.told:
        return one.told
    if one.call is not None:
        return _call_status(one.direction, one.call.status)
    if one.refused:
        return "failed"
    if now < one.scheduled:
        return "scheduled"
    age = now - max(one.scheduled, one.added)
    if one.direction == "inbound" or age >= settings.delivered_after_seconds * SECOND:
        return "delivered"
    return "sent" if age >= settings.sent_after_seconds * SECOND else "pending"


def changed(settings: SimulatorSettings, one: Message, now: Millis) -> Millis:
    """When a message was last another one than before: written, sent, delivered, changed."""
    went = max(one.scheduled, one.added)
    moments = [one.added, one.updated]
    if one.direction == "outbound" and one.call is None and not (one.told or one.refused):
        later = (0.0, settings.sent_after_seconds, settings.delivered_after_seconds)
        moments += [went + round(after * SECOND) for after in later]
    return max(moment for moment in moments if moment <= now)


def source(one: Message) -> str:
    return "api" if one.client else "app"


def _content(one: Message) -> dict[str, Json]:
    if one.call is not None:
        return {"meta": {"call": {"duration": one.call.seconds, "status": one.call.status}}}
    if one.channel == "Email":
        return {"meta": {"email": {"messageIds": [one.email_message_id]}}}
    return {"body": one.body}


def _call_status(direction: str, told: str) -> str:
    """Documented: of an outbound voicemail only the call's own status says so."""
    return "completed" if (direction, told) == ("outbound", "voicemail") else told


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
