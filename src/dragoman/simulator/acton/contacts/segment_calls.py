"""Segments of Act-On Contacts, and who is in them."""

from typing import Any

from dragoman.kernel.jsons import Json
from dragoman.simulator.acton import answers
from dragoman.simulator.acton.call import Call
from dragoman.simulator.acton.contacts import asked, segment
from dragoman.simulator.acton.contacts.book import LIST, Book, Contact
from dragoman.simulator.acton.contacts.segment import CHOSEN, TYPES, Segment
from dragoman.simulator.exchange import Answer, as_json
from dragoman.simulator.routes import Route

_FIELDS = frozenset({"id", "name", "parentId", "type", "filter"})


def every(call: Call) -> Answer:
    return asked.page(call, [one.shown() for one in asked.opened(call).segments])


def get(call: Call) -> Answer:
    return as_json(200, _segment(call, asked.opened(call)).shown())


def create(call: Call) -> Answer:
    """A name that is taken is a conflict; without a filter only a direct select makes sense."""
    book, body = asked.opened(call), asked.mapping(call)
    name, parent, kind = (str(body.get(key) or "") for key in ("name", "parentId", "type"))
    known = parent == LIST or book.segments.get(parent)
    if not name or kind not in TYPES or not known or not body.keys() <= _FIELDS:
        raise answers.unfit()
    query = None if kind == CHOSEN else _query(book, body.get("filter"))
    if book.segments.named(name):
        raise answers.silent(409)
    made = book.segments.add(name, kind, parent)
    if query:
        made.filter, made.query = body["filter"], query
    call.record("segment.created", {"segment_id": made.id}, {"name": name, "type": kind})
    return _told(made)


def update(call: Call) -> Answer:
    """Of a direct select segment only the name; what is not a segment's is refused."""
    book, body = asked.opened(call), asked.mapping(call)
    found = _segment(call, book)
    if not body.keys() <= _FIELDS or body.get("type", found.type) != found.type:
        raise answers.unfit()
    if found.type == CHOSEN and (body.get("filter") or _parent(body, found) != found.parent):
        raise answers.unfit()
    if body.get("filter"):
        found.query = _query(book, body["filter"])
        found.filter = body["filter"]
    found.name = str(body.get("name") or found.name)
    found.parent = _parent(body, found)
    call.record("segment.updated", {"segment_id": found.id}, {"name": found.name})
    return _told(found)


def delete(call: Call) -> Answer:
    """One that others lie in is kept: what the documented 403 is for is a guess."""
    book = asked.opened(call)
    found = _segment(call, book)
    if any(one.parent == found.id for one in book.segments):
        raise answers.silent(403)
    book.segments.delete(found)
    call.record("segment.deleted", {"segment_id": found.id}, {"name": found.name})
    return asked.done()


def contacts(call: Call) -> Answer:
    book = asked.opened(call)
    return asked.page(call, [one.shown() for one in book.members(_segment(call, book))])


def add(call: Call) -> Answer:
    return _add(call, asked.opened(call), asked.texts(call))


def remove(call: Call) -> Answer:
    return _remove(call, asked.opened(call), asked.texts(call))


def add_by_external_id(call: Call) -> Answer:
    book = asked.opened(call)
    return _add(call, book, _outside(call, book))


def remove_by_external_id(call: Call) -> Answer:
    book = asked.opened(call)
    return _remove(call, book, _outside(call, book))


def remove_by_email(call: Call) -> Answer:
    book, query = asked.opened(call), call.request.query
    _segment(call, book)
    if not query.get("email") or not query.get("policy"):
        raise answers.unfit()
    found = asked.picked(call, "policy", book.with_email(query["email"]))
    if not found:
        raise answers.silent(404)
    return _remove(call, book, [one.id for one in found])


def _segment(call: Call, book: Book) -> Segment:
    found = book.segments.get(call.params["segmentId"])
    if found is None:
        raise answers.silent(404)
    return found


def _chosen(call: Call, book: Book) -> Segment:
    """The direct select segment of the path; no 404 is declared where its contacts are written."""
    found = book.segments.get(call.params["segmentId"])
    if found is None or found.type != CHOSEN:
        raise answers.unfit()
    return found


def _add(call: Call, book: Book, ids: list[str]) -> Answer:
    """Put them in; where one of them is nobody, nobody."""
    found = _chosen(call, book)
    if any(one not in book.contacts for one in ids):
        raise answers.unfit()
    for one in ids:
        if one not in found.chosen:
            found.chosen[one] = None
            _record(call, "segment.contact.added", found, book.contacts[one])
    return asked.done()


def _remove(call: Call, book: Book, ids: list[str]) -> Answer:
    """Take them out; who is not in it is passed over."""
    found = _chosen(call, book)
    for one in ids:
        if one in found.chosen:
            del found.chosen[one]
            _record(call, "segment.contact.removed", found, book.contacts[one])
    return asked.done()


def _outside(call: Call, book: Book) -> list[str]:
    """The contacts of `[{objectType, externalId}]`, a layout that is a guess."""
    said: Any = asked.body(call)
    if not isinstance(said, list) or not all(isinstance(one, dict) for one in said):
        raise answers.unfit()
    found = [
        book.with_external(str(one.get("objectType")), str(one.get("externalId"))) for one in said
    ]
    if None in found:
        raise answers.unfit()
    return [one.id for one in found if one]


def _query(book: Book, said: Json) -> segment.Query:
    try:
        return segment.query(said, book.columns)
    except segment.NoFilter:
        raise answers.unfit() from None


def _parent(body: dict[str, Any], found: Segment) -> str:
    return str(body.get("parentId") or found.parent)


def _record(call: Call, effect: str, found: Segment, contact: Contact) -> None:
    subject = {"contact_id": contact.id, "email": contact.email}
    call.record(effect, subject, {"segment_id": found.id, "segment": found.name})


def _told(found: Segment) -> Answer:
    about = {"errorMessage": None, "statusCode": 200, "objectId": None, "isSuccess": True}
    return as_json(200, {"source": found.shown(), **about})


_SEGMENT = "/ucl/v2/{accountId}/segment"
_ONE = f"{_SEGMENT}/{{segmentId}}"
ROUTES = (
    Route("GET", f"{_SEGMENT}/", every),
    Route("POST", f"{_SEGMENT}/", create),
    Route("GET", _ONE, get),
    Route("PUT", _ONE, update),
    Route("DELETE", _ONE, delete),
    Route("GET", f"{_ONE}/contacts", contacts),
    Route("PUT", f"{_ONE}/contacts", add),
    Route("DELETE", f"{_ONE}/contacts", remove),
    Route("DELETE", f"{_ONE}/email/contact", remove_by_email),
    Route("PUT", f"{_ONE}/externalId/contacts", add_by_external_id),
    Route("DELETE", f"{_ONE}/externalId/contacts", remove_by_external_id),
)
