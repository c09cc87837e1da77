"""Act-On Contacts themselves: pages of them, one of them, writes and deletes."""

from dragoman.kernel.jsons import Json
from dragoman.simulator.acton import answers, forms
from dragoman.simulator.acton.call import Call
from dragoman.simulator.acton.contacts import asked, writing
from dragoman.simulator.acton.contacts.book import Book, Contact
from dragoman.simulator.exchange import Answer, as_json
from dragoman.simulator.routes import Route

_ADD, _SKIP_OLD, _SKIP_NEW = "ADD_NEW_CONTACT", "SKIP_EXISTING_CONTACT", "SKIP_NEW_CONTACT"
_POLICIES = (asked.OLDEST, asked.NEWEST, asked.ALL, _ADD, _SKIP_OLD, _SKIP_NEW)
_TWO = 2
"""Documented: so many a page, where one asks by address."""


def every(call: Call) -> Answer:
    book = asked.opened(call)
    found = [one.shown() for one in book.contacts.values() if asked.within(call, one)]
    return asked.page(call, found)


def by_fields(call: Call) -> Answer:
    """The columns asked for by their headings, whose case does not matter; a strange one fails."""
    book, headings = asked.opened(call), asked.texts(call)
    columns = {heading: book.columns.named(heading) for heading in headings}
    if not columns:
        raise answers.unfit()
    rows: list[Json] = []
    for one in book.contacts.values():
        row = {}
        for heading, column in columns.items():
            if column is None:
                raise answers.unfit()
            row[heading] = one.value(column)
        if asked.within(call, one):
            rows.append(row)
    return asked.page(call, rows)


def by_email(call: Call) -> Answer:
    found = asked.opened(call).with_email(call.params["emailAddress"])
    return asked.page(call, [one.shown() for one in found], _TWO)


def by_cookie(call: Call) -> Answer:
    """Whoever the visitor is known to be; of several with that address, the oldest."""
    book, email = asked.opened(call), call.own.visitors.get(call.params["cookieId"], "")
    found = book.with_email(email)
    if not found:
        raise answers.silent(404)
    return as_json(200, found[0].shown())


def get(call: Call) -> Answer:
    return as_json(200, asked.contact(call, asked.opened(call)).shown())


def create(call: Call) -> Answer:
    """A contact known by what the method says; one that is there already is a conflict."""
    book = asked.opened(call)
    given = writing.values(asked.mapping(call), book)
    email, kind, external_id = (
        given[0].get(name, "") for name in ("email", "objectType", "externalId")
    )
    match call.request.query.get("createContactMethod"):
        case "EMAIL" if email:
            taken = bool(book.with_email(email))
        case "EXTERNAL_ID" if kind and external_id:
            taken = False
        case _:
            raise answers.unfit()
    if taken or book.with_external(kind, external_id):
        raise answers.silent(409)
    return as_json(200, writing.add(call, book, given).shown())


def update(call: Call) -> Answer:
    book = asked.opened(call)
    found = asked.contact(call, book)
    writing.change(call, book, found, writing.values(asked.mapping(call), book))
    return as_json(200, found.shown())


def upsert_by_email(call: Call) -> Answer:
    book, email = asked.opened(call), call.params["emailAddress"].strip()
    if not forms.is_address(email):
        raise answers.unfit()
    fields, custom = writing.values(asked.mapping(call), book)
    found = book.with_email(email)
    return _written(call, book, ({"email": email} | fields, custom), found)


def upsert_by_external_id(call: Call) -> Answer:
    """The contact of that outside id, else those with the address in the body, else a new one."""
    book = asked.opened(call)
    fields, custom = writing.values(asked.mapping(call), book)
    key = {name: call.params[name] for name in ("objectType", "externalId")}
    known = book.with_external(key["objectType"], key["externalId"])
    found = [known] if known else book.with_email(fields.get("email") or "")
    return _written(call, book, (fields | key, custom), found)


def delete(call: Call) -> Answer:
    book = asked.opened(call)
    found = asked.contact(call, book)
    _delete(call, book, [found])
    return as_json(200, True)


def delete_by_email(call: Call) -> Answer:
    book = asked.opened(call)
    found = book.with_email(call.params["emailAddress"])
    if not found:
        raise answers.silent(404)
    _delete(call, book, asked.picked(call, "deleteContactPolicy", found))
    return asked.done()


def delete_emails(call: Call) -> Answer:
    """Those of whom there is nobody are passed over."""
    book = asked.opened(call)
    for email in asked.texts(call):
        found = book.with_email(email)
        _delete(call, book, asked.picked(call, "deleteContactPolicy", found))
    return asked.done()


def delete_ids(call: Call) -> Answer:
    """Ids of whom there is nobody are passed over."""
    book = asked.opened(call)
    found = (book.contacts.get(one) for one in dict.fromkeys(asked.texts(call)))
    _delete(call, book, [one for one in found if one])
    return asked.done()


def _written(call: Call, book: Book, given: writing.Values, found: list[Contact]) -> Answer:
    """Write into those whom the policy means, or into somebody new; skipped, nothing is told."""
    policy = call.request.query.get("upsertContactPolicy", asked.OLDEST)
    if policy not in _POLICIES:
        raise answers.unfit()
    if policy == _ADD or not found:
        written = [] if policy == _SKIP_NEW else [writing.add(call, book, given)]
    else:
        written = [] if policy == _SKIP_OLD else asked.by_policy(policy, found)
        for one in written:
            writing.change(call, book, one, given)
    shown = [one.shown() for one in written]
    return as_json(200, shown[0] if len(shown) == 1 else {"data": shown} if shown else {})


def _delete(call: Call, book: Book, found: list[Contact]) -> None:
    for one in found:
        book.delete(one)
        call.record("contact.deleted", writing.subject(one), {})


_CONTACT = "/ucl/v2/{accountId}/contact"
_OUTSIDE = f"{_CONTACT}/externalId/{{objectType}}/{{externalId}}"
ROUTES = (
    Route("GET", f"{_CONTACT}/", every),
    Route("POST", f"{_CONTACT}/", create),
    Route("POST", f"{_CONTACT}/byFields", by_fields),
    Route("GET", f"{_CONTACT}/cookieId/{{cookieId}}", by_cookie),
    Route("GET", f"{_CONTACT}/email/{{emailAddress}}", by_email),
    Route("PUT", f"{_CONTACT}/email/{{emailAddress}}", upsert_by_email),
    Route("DELETE", f"{_CONTACT}/email/{{emailAddress}}", delete_by_email),
    Route("DELETE", f"{_CONTACT}/emails", delete_emails),
    Route("GET", _OUTSIDE, get),
    Route("PUT", _OUTSIDE, upsert_by_external_id),
    Route("DELETE", _OUTSIDE, delete),
    Route("GET", f"{_CONTACT}/id/{{id}}", get),
    Route("PUT", f"{_CONTACT}/id/{{id}}", update),
    Route("DELETE", f"{_CONTACT}/ids", delete_ids),
)
