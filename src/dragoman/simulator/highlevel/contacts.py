"""HighLevel's contacts."""

from dragoman.kernel.jsons import Json
from dragoman.simulator.exchange import Answer, Refusal
from dragoman.simulator.highlevel import answers, events, people, versions, views
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.fields import TEXTS
from dragoman.simulator.highlevel.records import Contact
from dragoman.simulator.routes import Route


def get(call: Call) -> Answer:
    shown = views.contact(call.contact(call.params["id"]))
    return call.answer(200, {"contact": versions.shown(call, shown)})


def create(call: Call) -> Answer:
    """A body with nothing but the location is HTTP 400, while the body says 422: observed live."""
    body = versions.read(call, call.body(people.CREATE_FIELDS))
    people.check(body)
    call.check_location(body.get("locationId"))
    if not any(body.get(name) for name in ("firstName", "lastName", "name", "email", "phone")):
        raise Refusal(400, _nothing_in_it())
    match, field_name = _match(call, body)
    if match is not None and not call.world.settings.allow_duplicate_contacts:
        raise _duplicate(match, field_name)
    return call.created({"contact": _written(call, _add(call, body))})


def update(call: Call) -> Answer:
    """`locationId` is not allowed here; `gender` is accepted and ignored."""
    contact = call.contact(call.params["id"])
    body = versions.read(call, call.body(people.UPDATE_FIELDS))
    people.check(body)
    body.pop("gender", None)
    match, field_name = _match(call, body)
    if match not in (None, contact) and not call.world.settings.allow_duplicate_contacts:
        raise _duplicate(match, field_name)
    _change(call, contact, body)
    return call.answer(200, {**answers.succeeded(), "contact": _written(call, contact)})


def delete(call: Call) -> Answer:
    """The contact's conversation goes along."""
    contact = call.contact(call.params["id"])
    call.record("contact.deleted", contact.subject(), {})
    gone = call.state.forget_contact(contact)
    if gone is not None:
        subject = {"conversation_id": gone.id, **contact.subject()}
        call.record("conversation.deleted", subject, {"because": "contact.deleted"})
    events.of_contact(call.world, "ContactDelete", contact)
    return call.answer(200, answers.succeeded())


def upsert(call: Call) -> Answer:
    """Match by the location's identifiers in their order.

    Where e-mail and phone belong to two contacts, the first identifier wins and the other field
    is dropped without a word, as the vendor documents.
    """
    body = versions.read(call, call.body(people.UPSERT_FIELDS))
    people.check(body)
    call.check_location(body.get("locationId"))
    match, _ = _match(call, body)
    forced = body.get("createNewIfDuplicateAllowed") is True
    if match is None or (forced and call.world.settings.allow_duplicate_contacts):
        contact, new = _add(call, body), True
    else:
        contact, new = match, False
        _change(call, contact, _without_others_identity(call, contact, body))
    return call.answer(200, {"new": new, **answers.succeeded(), "contact": _written(call, contact)})


def find_duplicate(call: Call) -> Answer:
    """Search by e-mail or phone; like every search it sees new contacts only after a while.

    `matchingField` was recorded as `contactId` for a match by e-mail.
    """
    query = call.request.query
    call.check_location(query.get("locationId"))
    if not query.get("email") and not query.get("number"):
        raise answers.refusal(400, "email or number is required")
    for field_name, value in (("email", query.get("email")), ("phone", query.get("number"))):
        for contact in call.state.contacts_with(call.account, field_name, value or ""):
            if contact.searchable <= call.now:
                shown = versions.shown(call, views.contact(contact))
                found = {"contact": shown, "matchingField": "contactId"}
                return call.answer(200, found)
    return call.answer(200, {"contact": None})


def add_tags(call: Call) -> Answer:
    """Tags are added here, while upsert replaces them; a new name is defined for the location."""
    contact = call.contact(call.params["id"])
    tags = call.body({"tags": TEXTS}, required=("tags",))["tags"]
    known = {tag.casefold() for tag in contact.tags}
    added = [tag for tag in people.distinct(tags) if tag.casefold() not in known]
    with events.changing(call.world, contact, call.client):
        contact.tags += added
    call.record("contact.tags_added", contact.subject(), {"tags": tags, "added": added})
    define_tags(call, added)
    return call.created({"tags": contact.tags, "tagsAdded": added})


def remove_tags(call: Call) -> Answer:
    """The contact loses the tags; the location keeps their names."""
    contact = call.contact(call.params["id"])
    tags = call.body({"tags": TEXTS}, required=("tags",))["tags"]
    unwanted = {tag.casefold() for tag in tags}
    removed = [tag for tag in contact.tags if tag.casefold() in unwanted]
    with events.changing(call.world, contact, call.client):
        contact.tags = [tag for tag in contact.tags if tag not in removed]
    call.record("contact.tags_removed", contact.subject(), {"tags": tags, "removed": removed})
    return call.answer(200, {"tags": contact.tags, "tagsRemoved": removed})


def _written(call: Call, contact: Contact) -> Json:
    return versions.shown(call, views.written(contact))


def _add(call: Call, body: dict[str, Json]) -> Contact:
    plain = people.split(body)
    contact, conversation = call.state.add_contact(
        call.location, plain, call.client, call.world.search_lag()
    )
    written = plain | people.apply(contact, body)
    call.record("contact.created", contact.subject(), written)
    subject = {"conversation_id": conversation.id, **contact.subject()}
    call.record("conversation.created", subject, {"because": "contact.created"})
    define_tags(call, contact.tags)
    events.contact_created(call.world, contact)
    return contact


def _change(call: Call, contact: Contact, body: dict[str, Json]) -> None:
    plain = people.split(body)
    changed = {name: value for name, value in plain.items() if contact.fields.get(name) != value}
    with events.changing(call.world, contact, call.client):
        call.state.change_contact(contact, plain, call.client)
        nested = people.apply(contact, body)
    call.record("contact.updated", contact.subject(), changed | nested)
    forbidden = {name: body[name] for name in people.DND_FIELDS if name in body}
    if forbidden:
        call.record("contact.dnd_set", contact.subject(), forbidden)
    if "tags" in body:
        define_tags(call, contact.tags)


def define_tags(call: Call, tags: list[str]) -> None:
    """Make tags known to the location."""
    for tag in call.state.define_tags(call.location, tags):
        call.record("tag.defined", {"location_id": call.account}, {"tag": tag})


def _match(call: Call, body: dict[str, Json]) -> tuple[Contact | None, str]:
    for field_name in call.world.settings.contact_identifiers:
        if body.get(field_name):
            found = call.state.contacts_with(call.account, field_name, body[field_name])
            if found:
                return found[0], field_name
    return None, ""


def _without_others_identity(
    call: Call, contact: Contact, body: dict[str, Json]
) -> dict[str, Json]:
    """The body without an e-mail or phone that is another contact's."""
    if call.world.settings.allow_duplicate_contacts:
        return body
    taken = {
        field_name
        for field_name in ("email", "phone")
        for other in call.state.contacts_with(call.account, field_name, body.get(field_name) or "")
        if other is not contact
    }
    return {name: value for name, value in body.items() if name not in taken}


def _duplicate(match: Contact | None, field_name: str) -> Refusal:
    body = answers.plain(400, "This location does not allow duplicated contacts.")
    meta = {"contactId": match.id if match else "", "matchingField": field_name}
    return Refusal(400, {**body, "meta": meta})


def _nothing_in_it() -> Json:
    return {
        "statusCode": 422,
        "message": ["one of firstName, lastName, name, email, phone should not be empty"],
        "error": "Unprocessable Entity",
    }


ROUTES = (
    Route("POST", "/contacts/", create, "contacts.write"),
    Route("POST", "/contacts/upsert", upsert, "contacts.write"),
    Route("GET", "/contacts/search/duplicate", find_duplicate, "contacts.readonly"),
    Route("GET", "/contacts/{id}", get, "contacts.readonly"),
    Route("PUT", "/contacts/{id}", update, "contacts.write"),
    Route("DELETE", "/contacts/{id}", delete, "contacts.write"),
    Route("POST", "/contacts/{id}/tags", add_tags, "contacts.write"),
    Route("DELETE", "/contacts/{id}/tags", remove_tags, "contacts.write"),
)
