"""What happens to Act-On Contacts without a call: they come, do things, gain scores, are chosen."""

from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from dragoman.kernel.jsons import Json
from dragoman.simulator.acton.contacts import importing, writing
from dragoman.simulator.acton.contacts.book import Activity, Book, Contact
from dragoman.simulator.acton.contacts.columns import SCORE
from dragoman.simulator.acton.contacts.segment import CHOSEN
from dragoman.simulator.acton.state import Account
from dragoman.simulator.control.bodies import Body, Handler, Wrong, answer, read
from dragoman.simulator.exchange import Refusal
from dragoman.simulator.world import World

VERBS = {
    "sent": ("s", "msg"),
    "opened": ("os", "msg"),
    "clicked": ("r", "msg"),
    "form submission": ("fs", "form"),
    "form viewed": ("fv", "form"),
    "landing page": ("l", "page"),
    "site visit": ("sv", "site"),
    "program entered": ("custom", "program"),
}
"""The code and the kind behind a word. No code is published for programs; one has to stand in."""
_CODES = frozenset(
    ("s", "os", "r", "E", "d", "oi", "oo", "fv", "fs", "fu", "l", "b", "sv", "wr", "wa", "custom")
) | {"hb", "sb", "sp", "sto", "stp"}
"""As published."""


class NewContact(Body):
    fields: dict[str, Any] = msgspec.field(default_factory=dict)
    """As `POST /ucl/v2/{accountId}/contact/` takes them."""
    email: str = ""
    first_name: str = ""
    last_name: str = ""
    phone: str = ""
    created: int | None = None
    """Milliseconds; left out, it is now."""
    cookie: str = ""
    """Of the browser that is known to be theirs."""


class NewContacts(Body):
    contacts: list[NewContact]
    account_id: str = ""


class Members(Body):
    contact_ids: list[str]
    account_id: str = ""


class Score(Body):
    score: int
    column: str = "Act-On Primary Score"
    account_id: str = ""


class Done(Body):
    verb: str
    """A published code, or one of VERBS."""
    what: str = ""
    """Of what, in words."""
    at: int | None = None
    account_id: str = ""


_FIELDS = {
    "email": "email",
    "first_name": "firstName",
    "last_name": "lastName",
    "phone": "mobilePhone",
}


async def contacts(world: World, request: Request) -> Response:
    book = _book(world, request.query_params.get("account_id", ""))
    return answer({"contacts": [one.shown() for one in book.contacts.values()]})


async def add(world: World, request: Request) -> Response:
    """Put contacts in as a person would: no look at duplicates; all of them, or none."""
    asked = await read(request, NewContacts)
    account = _account(world, asked.account_id)
    wanted = [(one, _values(account.contacts, one)) for one in asked.contacts]
    made = []
    for one, values in wanted:
        at = world.clock.now() if one.created is None else one.created
        contact = account.contacts.add(*values, at)
        if one.cookie:
            account.visitors[one.cookie] = contact.email
        made.append(contact.id)
    return answer({"contact_ids": made}, 201)


async def add_members(world: World, request: Request) -> Response:
    asked = await read(request, Members)
    book = _book(world, asked.account_id)
    segment = book.segments.get(request.path_params["segment_id"])
    if segment is None:
        raise Wrong(f"no segment {request.path_params['segment_id']}", 404)
    if segment.type != CHOSEN:
        raise Wrong("who is in this segment is decided by its filter")
    for contact_id in asked.contact_ids:
        _contact(book, contact_id)
    segment.chosen |= dict.fromkeys(asked.contact_ids)
    return answer({"segment_id": segment.id, "contact_ids": list(segment.chosen)})


async def set_score(world: World, request: Request) -> Response:
    """Set one of the contact's scores; the contact counts as changed."""
    asked = await read(request, Score)
    book = _book(world, asked.account_id)
    contact = _contact(book, request.path_params["contact_id"])
    column = book.columns.named(asked.column)
    if column is None or column.type != "SCORE":
        raise Wrong(f"no score {asked.column}")
    text = str(asked.score)
    if column.field == SCORE:
        book.change(contact, {SCORE: text}, {}, world.clock.now())
    else:
        book.change(contact, {}, {str(column.index): text}, world.clock.now())
    return answer({"contact_id": contact.id, "column": column.name, "score": asked.score})


async def record(world: World, request: Request) -> Response:
    """Add to the contact's history."""
    asked = await read(request, Done)
    contact = _contact(_book(world, asked.account_id), request.path_params["contact_id"])
    code, kind = VERBS.get(asked.verb, (asked.verb, "msg"))
    if code not in _CODES:
        raise Wrong(f"no verb {asked.verb}; one of {', '.join([*VERBS, *sorted(_CODES)])}")
    at = world.clock.now() if asked.at is None else asked.at
    contact.activities.append(Activity(code, asked.what or asked.verb.capitalize(), at, kind))
    return answer({"contact_id": contact.id, "verb": code, "at": at}, 201)


def _values(book: Book, one: NewContact) -> writing.Values:
    given: dict[str, Json] = {
        field: getattr(one, name) for name, field in _FIELDS.items() if getattr(one, name)
    }
    try:
        fields, custom = writing.values(given | one.fields, book)
    except Refusal:
        raise Wrong("a field or column of the contact is not known, or cannot hold that") from None
    if not fields and not custom:
        raise Wrong("the contact is empty")
    return fields, custom


def _account(world: World, account_id: str) -> Account:
    found = world.acton.account(account_id or world.acton.default_account.id)
    importing.settle(world, found)
    return found


def _book(world: World, account_id: str) -> Book:
    return _account(world, account_id).contacts


def _contact(book: Book, contact_id: str) -> Contact:
    found = book.contacts.get(contact_id)
    if found is None:
        raise Wrong(f"no contact {contact_id}", 404)
    return found


_ONE = "/control/acton/contacts/{contact_id}"
ROUTES: dict[tuple[str, str], Handler] = {
    ("GET", "/control/acton/contacts"): contacts,
    ("POST", "/control/acton/contacts"): add,
    ("POST", "/control/acton/segments/{segment_id}/members"): add_members,
    ("POST", f"{_ONE}/score"): set_score,
    ("POST", f"{_ONE}/activity"): record,
}
