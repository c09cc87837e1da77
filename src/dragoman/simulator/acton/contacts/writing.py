"""What may be written of a contact, and how the ledger tells of it."""

import re
from typing import Any

from dragoman.kernel.jsons import Json
from dragoman.simulator.acton import answers, forms
from dragoman.simulator.acton.call import Call
from dragoman.simulator.acton.contacts.book import Book, Contact
from dragoman.simulator.acton.contacts.columns import FIELDS, IDENTITY, SCORE

_READ_ONLY = frozenset({"id", "createdDate", "updatedDate", SCORE})
"""Declared as if they could be written; here they are passed over."""
_WRITABLE = (frozenset(FIELDS.values()) | frozenset(IDENTITY)) - _READ_ONLY
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

Values = tuple[dict[str, str], dict[str, str]]
"""Fields by name, custom values by column."""


def values(body: dict[str, Any], book: Book) -> Values:
    """Read the fields of a contact. All are declared as text; figures are taken, too.

    Raises:
        Refusal: a field or a column is not known, or a value cannot stand in it.
    """
    given = {key: one for key, one in body.items() if key not in _READ_ONLY}
    custom = given.pop("customFields", None) or {}
    if not isinstance(custom, dict) or not given.keys() <= _WRITABLE:
        raise answers.unfit()
    if any(book.columns.custom(index) is None for index in custom):
        raise answers.unfit()
    fields = {key: _text(one) for key, one in given.items()}
    check(fields)
    return fields, {index: _text(one) for index, one in custom.items()}


def check(fields: dict[str, str]) -> None:
    """Look at what has a form of its own.

    Raises:
        Refusal: an address or a day is none.
    """
    email, day = fields.get("email", ""), fields.get("dateOfBirth", "")
    if (email and not forms.is_address(email)) or (day and not _DAY.fullmatch(day)):
        raise answers.unfit()


def add(call: Call, book: Book, given: Values) -> Contact:
    made = book.add(*given, call.now)
    call.record("contact.created", subject(made), content(given))
    return made


def change(call: Call, book: Book, found: Contact, given: Values) -> None:
    """Write into a contact.

    Raises:
        Refusal: the outside id is another contact's.
    """
    fields = found.fields | given[0]
    owner = book.with_external(fields.get("objectType", ""), fields.get("externalId", ""))
    if owner not in (None, found):
        raise answers.unfit()
    book.change(found, *given, call.now)
    call.record("contact.updated", subject(found), content(given))


def subject(contact: Contact) -> dict[str, Json]:
    """How the ledger names a contact."""
    phone = contact.fields.get("mobilePhone", "")
    return {"contact_id": contact.id, "email": contact.email, "phone": phone}


def content(given: Values) -> dict[str, Json]:
    """What was written, as the ledger tells it."""
    fields, custom = given
    return {**fields, **({"customFields": custom} if custom else {})}


def _text(value: Any) -> str:
    if isinstance(value, dict | list):
        raise answers.unfit()
    return "" if value is None else str(value).strip()
