"""The columns of Act-On Contacts, as `/ucl/v2/…/schema` shows and changes them."""

from typing import Any

from dragoman.simulator.acton import answers
from dragoman.simulator.acton.call import Call
from dragoman.simulator.acton.contacts import asked
from dragoman.simulator.acton.contacts.book import Book
from dragoman.simulator.acton.contacts.columns import FIELDS, TYPES, Column
from dragoman.simulator.exchange import Answer, as_json
from dragoman.simulator.figures import whole
from dragoman.simulator.routes import Route

_FLAGS = ("required", "readonly", "hidden")
_FIELDS = frozenset({"fieldId", "columnIndex", "name", "type", "standardFieldMapping", *_FLAGS})


def every(call: Call) -> Answer:
    """What is hidden or cannot be written is left out, unless the query says otherwise."""
    book = asked.opened(call)
    skip_hidden, skip_readonly = (
        call.request.query.get(name, "true") != "false" for name in ("skipHidden", "skipReadOnly")
    )
    shown = [
        one.shown()
        for one in book.columns
        if not (skip_hidden and one.hidden) and not (skip_readonly and one.readonly)
    ]
    return as_json(200, {"accountId": call.account, "columns": shown})


def create(call: Call) -> Answer:
    """A name that is taken is refused, and so is a standard column that is there already."""
    book, body = asked.opened(call), _body(call)
    standard = body.get("standardFieldMapping") or None
    if book.columns.named(body["name"]) or (standard and book.columns.standard(standard)):
        raise answers.unfit()
    made = book.columns.add(body["name"], body["type"], standard)
    _set(made, body)
    return _told(call, "column.created", made)


def update(call: Call) -> Answer:
    """Name and flags; that a column keeps its type is a guess."""
    book, body = asked.opened(call), _body(call)
    found = _column(call, book)
    other = book.columns.named(body["name"])
    if body["type"] != found.type or other not in (None, found):
        raise answers.unfit()
    if body.get("standardFieldMapping", found.standard) != found.standard:
        raise answers.unfit()
    found.name = body["name"]
    _set(found, body)
    return _told(call, "column.updated", found)


def delete(call: Call) -> Answer:
    """The values that contacts have in it go with it; what every contact has stays."""
    book = asked.opened(call)
    found = _column(call, book)
    if found.required:
        raise answers.unfit()
    for one in book.contacts.values():
        one.custom.pop(str(found.index), None)
        one.fields.pop(found.field, None)
    book.columns.delete(found)
    call.record("column.deleted", {"field_id": found.id}, {"name": found.name})
    return asked.done()


def _body(call: Call) -> dict[str, Any]:
    body = asked.mapping(call)
    name, kind, standard = (body.get(one) for one in ("name", "type", "standardFieldMapping"))
    named = isinstance(name, str) and name.strip() and isinstance(standard or "", str)
    fits = named and str(kind) in TYPES and body.keys() <= _FIELDS
    flags = all(isinstance(body.get(one, False), bool) for one in _FLAGS)
    if not fits or not flags or (standard and standard not in FIELDS):
        raise answers.unfit()
    return body


def _column(call: Call, book: Book) -> Column:
    number = whole(call.params["fieldId"])
    found = None if number is None else book.columns.get(number)
    if found is None:
        raise answers.unfit()  # no 404 is declared
    return found


def _set(column: Column, body: dict[str, Any]) -> None:
    for name in _FLAGS:
        setattr(column, name, body.get(name, getattr(column, name)))


def _told(call: Call, effect: str, column: Column) -> Answer:
    call.record(effect, {"field_id": column.id}, {"name": column.name, "type": column.type})
    about = {"errorMessage": None, "statusCode": 200, "objectId": str(column.id)}
    return as_json(200, {"source": column.shown(), **about, "isSuccess": True})


_SCHEMA = "/ucl/v2/{accountId}/schema"
ROUTES = (
    Route("GET", f"{_SCHEMA}/", every),
    Route("POST", f"{_SCHEMA}/field/", create),
    Route("PUT", f"{_SCHEMA}/field/{{fieldId}}", update),
    Route("DELETE", f"{_SCHEMA}/field/{{fieldId}}", delete),
)
