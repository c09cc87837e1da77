"""All messages of a location. An export looks at one moment; its cursors live two minutes."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable

from dragoman.kernel import jsons
from dragoman.kernel.clock import MINUTE, Millis, millis
from dragoman.simulator.exchange import Answer
from dragoman.simulator.figures import whole
from dragoman.simulator.highlevel import answers, views
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.messaging.records import Export
from dragoman.simulator.highlevel.records import Message

LIFE = 2 * MINUTE
"""Of a cursor, counted anew with every page."""
LEAST, USUAL, MOST = 10, 100, 500
CHANNELS = {
    "Call": {"Call", "Custom_Call", "IVR_Call", "Campaign_Call"},
    "SMS": {"SMS", "Custom"},
    "Email": {"Email"},
    "WhatsApp": {"WhatsApp"},
    "Instagram": {"IG"},
    "Facebook": {"FB"},
}


def export(call: Call) -> Answer:
    """The last page's `nextCursor` is null."""
    query = call.request.query
    call.check_location(query.get("locationId"))
    limit = _limit(call)
    running = call.state.messaging.exports
    for old in [one.id for one in running.values() if one.expires <= call.now]:
        del running[old]
    begun, start = _resumed(call) if query.get("cursor") else (_begun(call), 0)
    begun.expires = call.now + LIFE
    page = begun.found[start : start + limit]
    more = start + limit < len(begun.found)
    shown = {
        "messages": [views.message(call.world.settings, one, call.now) for one in page],
        "nextCursor": _cursor(begun, page[-1]) if more else None,
        "total": len(begun.found),
    }
    return call.answer(200, shown)


def _begun(call: Call) -> Export:
    wanted, rank = _wanted(call), _rank(call)
    falling = _one_of(call, "sortOrder", "desc", "asc") == "desc"
    found = sorted(filter(wanted, call.state.messages.values()), key=rank, reverse=falling)
    new = Export(call.world.mint.uuid("export"), found, 0)
    call.state.messaging.exports[new.id] = new
    return new


def _resumed(call: Call) -> tuple[Export, int]:
    """The export a cursor is of, and where its next page begins.

    Raises:
        Refusal: 400 for a cursor that is none, or whose two minutes are over.
    """
    try:
        said = jsons.decode(urlsafe_b64decode(call.request.query["cursor"]))
        begun = call.state.messaging.exports[said["pitId"]]
        last = [one.id for one in begun.found].index(said["lastId"])
    except (ValueError, KeyError, TypeError, jsons.Unreadable):
        raise answers.refusal(400, "Invalid or expired cursor") from None
    return begun, last + 1


def _cursor(begun: Export, last: Message) -> str:
    said = {"pitId": begun.id, "lastSort": [last.added], "lastId": last.id}
    return urlsafe_b64encode(jsons.encode(said)).decode()


def _wanted(call: Call) -> Callable[[Message], bool]:
    """Without a channel it is every kind but e-mail; the dates are those of the making."""
    query, now = call.request.query, call.now
    channel = _one_of(call, "channel", "", *CHANNELS)
    begin, end = _moment(call, "startDate", 0), _moment(call, "endDate", now)
    return lambda one: (
        one.location_id == call.account
        and one.searchable <= now
        and query.get("conversationId") in (None, one.conversation_id)
        and query.get("contactId") in (None, one.contact_id)
        and (one.channel in CHANNELS[channel] if channel else one.channel != "Email")
        and begin <= one.added <= end
    )


def _rank(call: Call) -> Callable[[Message], tuple[Millis, str]]:
    if _one_of(call, "sortBy", "createdAt", "updatedAt") == "createdAt":
        return lambda one: (one.added, one.id)
    settings, now = call.world.settings, call.now
    return lambda one: (views.changed(settings, one, now), one.id)


def _one_of(call: Call, name: str, usual: str, *others: str) -> str:
    said = call.request.query.get(name, usual)
    if said not in (usual, *others):
        known = ", ".join(one for one in (usual, *others) if one)
        raise answers.unprocessable([f"{name} must be one of the following values: {known}"])
    return said


def _moment(call: Call, name: str, otherwise: Millis) -> Millis:
    """ISO text; the vendor says no more than that it is a string."""
    text = call.request.query.get(name)
    if not text:
        return otherwise
    try:
        return millis(text)
    except ValueError:
        raise answers.refusal(400, f"{name} must be a valid date") from None


def _limit(call: Call) -> int:
    found = whole(call.request.query.get("limit", str(USUAL)))
    if found is None or not LEAST <= found <= MOST:
        raise answers.refusal(400, f"limit must be between {LEAST} and {MOST}")
    return found
