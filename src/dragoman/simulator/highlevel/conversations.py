"""HighLevel's conversations. One date has three encodings over three calls, as recorded."""

from collections.abc import Iterator

from dragoman.kernel.clock import Millis, iso
from dragoman.kernel.jsons import Json
from dragoman.simulator.exchange import Answer, Refusal
from dragoman.simulator.figures import whole
from dragoman.simulator.highlevel import answers, channels, events, versions, views
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.fields import FLAG, NUMBER, OBJECT, TEXT, one_of
from dragoman.simulator.highlevel.records import Conversation
from dragoman.simulator.routes import Route

EMPTY_TYPE, EMPTY_NUMBER = "TYPE_NO_SHOW", 100
"""What an empty conversation shows; outside the published list, but recorded."""


def search(call: Call) -> Answer:
    """Newest first unless asked otherwise; dates are epoch milliseconds here."""
    query = call.request.query
    call.check_location(query.get("locationId"))
    limit = call.limit()
    found = [one for one in _searchable(call) if _wanted(call, one)]
    ascending = query.get("sort") == "asc"
    found.sort(key=lambda one: (_last_date(one, call.now), one.id), reverse=not ascending)
    rest = [one for one in found if _beyond(call, one, ascending=ascending)]
    shown = [_item(call, one) for one in rest[:limit]]
    return call.answer(200, {"conversations": shown, "total": len(found)})


def create(call: Call) -> Answer:
    """A contact has one conversation: a second is refused with the id of the first."""
    body = call.body({"locationId": TEXT, "contactId": TEXT}, required=("locationId", "contactId"))
    call.check_location(body["locationId"])
    contact = call.contact(body["contactId"])
    there = call.state.conversation_of(contact.id)
    if there is not None:
        raise _already(there)
    new = call.state.open_conversation(contact, call.world.search_lag())
    subject = {"conversation_id": new.id, **contact.subject()}
    call.record("conversation.created", subject, {"because": "asked"})
    return call.created({"success": True, "conversation": _created(new)})


def get(call: Call) -> Answer:
    """A flat object; dates as seconds and nanoseconds, types as numbers."""
    one = find(call, call.params["id"])
    last = one.messages[-1] if one.messages else None
    numbers = [channels.number(m.channel) for m in one.messages]
    shown = {
        "id": one.id,
        "contactId": one.contact_id,
        "locationId": one.location_id,
        "deleted": False,
        "type": 1,
        "lastMessageType": channels.number(last.channel) if last else EMPTY_NUMBER,
        "lastMessageDate": views.seconds(last.added if last else one.added),
        "messageTypes": sorted({n for n in numbers if n}) or [EMPTY_NUMBER],
        "isLastMessageInternalComment": False,
    }
    if one.unread:
        shown["unreadCount"] = one.unread
    if one.starred:
        shown["starred"] = True
    return call.answer(200, shown)


def update(call: Call) -> Answer:
    """Read, starred, feedback; there is no other way to mark a conversation as read."""
    feedback = one_of("positive", "negative") if versions.is_v3(call) else OBJECT
    known = {"locationId": TEXT, "unreadCount": NUMBER, "starred": FLAG, "feedback": feedback}
    body = call.body(known, required=("locationId",))
    one = find(call, call.params["id"])
    call.check_location(body.pop("locationId"))
    before = one.unread
    one.unread = body.get("unreadCount", one.unread)
    one.starred = body.get("starred", one.starred)
    one.feedback = body.get("feedback", one.feedback)
    one.updated = call.now
    call.record("conversation.updated", _subject(call, one), body)
    if one.unread != before:
        events.unread(call.world, one)
    return call.answer(200, {"success": True, "conversation": _written(call, one)})


def delete(call: Call) -> Answer:
    """All its messages go with it."""
    one = find(call, call.params["id"])
    call.record("conversation.deleted", _subject(call, one), {"messages": len(one.messages)})
    call.state.forget_conversation(one.contact_id)
    return call.answer(200, {"success": True})


def find(call: Call, conversation_id: str) -> Conversation:
    """The conversation of that id, if this token reaches it."""
    conversation = call.state.conversations.get(conversation_id)
    if conversation is None:
        raise answers.not_found("Conversation", conversation_id)
    call.check_location(conversation.location_id)
    return conversation


def _searchable(call: Call) -> Iterator[Conversation]:
    """What the index holds by now; a contact's one conversation is found without a scan."""
    contact_id = call.request.query.get("contactId")
    if contact_id:
        one = call.state.conversation_of(contact_id)
        candidates = [one] if one else []
    else:
        candidates = list(call.state.conversations.values())
    for conversation in candidates:
        if conversation.location_id == call.account and conversation.searchable <= call.now:
            yield conversation


def _wanted(call: Call, one: Conversation) -> bool:
    query, last = call.request.query, one.last_message(call.now)
    contact = call.state.contacts[one.contact_id]
    text = query.get("query", "").casefold()
    haystack = f"{contact.name} {contact.phone} {contact.email}".casefold()
    kind = channels.message_type(last.channel) if last else EMPTY_TYPE
    return (
        query.get("id") in (None, one.id)
        and text in haystack
        and query.get("lastMessageType") in (None, kind)
        and query.get("lastMessageDirection") in (None, last.direction if last else "")
        and _status_fits(query.get("status", "all"), one)
        and _number(query.get("startDate"), 0) <= one.added
        and one.added <= _number(query.get("endDate"), one.added)
    )


def _status_fits(status: str, one: Conversation) -> bool:
    fits = {"read": one.unread == 0, "unread": one.unread > 0, "starred": one.starred}
    return fits.get(status, True)


def _beyond(call: Call, one: Conversation, *, ascending: bool) -> bool:
    """`startAfterDate` is the `sort` value of the last item of the page before."""
    cursor = call.request.query.get("startAfterDate", "").strip("[]").partition(",")[0]
    if not cursor:
        return True
    bound = whole(cursor)
    if bound is None:
        raise answers.refusal(400, "startAfterDate must be a number")
    date = _last_date(one, call.now)
    return date > bound if ascending else date < bound


def _number(text: str | None, otherwise: Millis) -> Millis:
    found = whole(text)
    return otherwise if found is None else found


def _last_date(one: Conversation, now: Millis) -> Millis:
    last = one.last_message(now)
    return last.added if last else one.added


def _item(call: Call, one: Conversation) -> Json:
    contact = call.state.contacts[one.contact_id]
    last = one.last_message(call.now)
    date = _last_date(one, call.now)
    number = channels.number(last.channel) if last else EMPTY_NUMBER
    shown = {
        "id": one.id,
        "locationId": one.location_id,
        "contactId": one.contact_id,
        "fullName": contact.name.capitalize(),
        "contactName": contact.name,
        "companyName": contact.fields.get("companyName"),
        "email": contact.email or None,
        "phone": contact.phone or None,
        "tags": contact.tags,
        "type": "TYPE_PHONE",
        "unreadCount": one.unread,
        "lastMessageDate": date,
        "lastMessageType": channels.message_type(last.channel) if last else EMPTY_TYPE,
        "dateAdded": one.added,
        "dateUpdated": one.updated,
        "followers": [],
        "mentions": [],
        "isLastMessageInternalComment": False,
        "scoring": [],
        "messageTypes": [number] if number else [],
        "profilePhoto": None,
        "attributed": None,
        "sort": [date],
    }
    if last is not None:
        shown.update(lastMessageBody=last.body, lastMessageDirection=last.direction)
    return shown


def _created(one: Conversation) -> Json:
    """Dates as ISO text here."""
    return {
        "id": one.id,
        "contactId": one.contact_id,
        "locationId": one.location_id,
        "deleted": False,
        "dateAdded": iso(one.added),
        "dateUpdated": iso(one.updated),
        "lastMessageDate": iso(one.added),
    }


def _written(call: Call, one: Conversation) -> Json:
    """After an update: dates as ISO text, the type as a number."""
    last = one.last_message(call.now)
    shown = {
        **_created(one),
        "unreadCount": one.unread,
        "starred": one.starred,
        "inbox": one.unread > 0,
        "lastMessageDate": iso(_last_date(one, call.now)),
        "lastMessageType": channels.number(last.channel) if last else EMPTY_NUMBER,
    }
    if last is not None:
        shown["lastMessageBody"] = last.body
    return shown


def _subject(call: Call, one: Conversation) -> Json:
    contact = call.state.contacts[one.contact_id]
    return {"conversation_id": one.id, **contact.subject()}


def _already(there: Conversation) -> Refusal:
    """`canonicalCode` is the stable key, the id beside it the way out; no `statusCode` here."""
    return Refusal(
        400,
        {
            "message": "Conversation already exists",
            "canonicalCode": "CONVERSATIONS_CONVERSATION_ALREADY_EXISTS",
            "conversationId": there.id,
        },
    )


ROUTES = (
    Route("GET", "/conversations/search", search, "conversations.readonly"),
    Route("POST", "/conversations/", create, "conversations.write"),
    Route("GET", "/conversations/{id}", get, "conversations.readonly"),
    Route("PUT", "/conversations/{id}", update, "conversations.write"),
    Route("DELETE", "/conversations/{id}", delete, "conversations.write"),
)
