"""Taking in the rows of a file, once their import is ready."""

import csv
import io
from datetime import UTC, datetime

from dragoman.kernel.clock import SECOND
from dragoman.simulator.acton import dates, forms
from dragoman.simulator.acton.contacts import writing
from dragoman.simulator.acton.contacts.book import Book, Contact
from dragoman.simulator.acton.contacts.columns import Column
from dragoman.simulator.acton.contacts.files import (
    EXTERNAL,
    QUOTES,
    SEPARATORS,
    Definition,
    Import,
    Mapping,
)
from dragoman.simulator.acton.state import Account
from dragoman.simulator.world import World


class Nobody(ValueError):
    """A row that is about nobody."""


class Failed(ValueError):
    """A row that cannot be written into whom it is about."""


def read(text: str, definition: Definition) -> tuple[list[str], list[dict[str, str]]]:
    """The headings of a file, and its rows by heading.

    Raises:
        csv.Error: it is no such file.
    """
    reader = csv.DictReader(
        io.StringIO(text, newline=""),
        delimiter=SEPARATORS[definition.delimiter],
        quotechar=QUOTES[definition.quote],
        restval="",
    )
    rows = [{str(key): str(value) for key, value in row.items()} for row in reader]
    return list(reader.fieldnames or ()), rows


def settle(world: World, account: Account) -> None:
    """Take in what is ready by now; rows are written as of the moment it was ready."""
    for one in account.contacts.imports.values():
        if not one.over and one.ready <= world.clock.now():
            one.over = True
            _take_in(world, account, one)


def _take_in(world: World, account: Account, one: Import) -> None:
    book = account.contacts
    for row in one.rows:
        try:
            found = _known(book, one.definition, row)
            given = _values(book, one.definition, row, found)
        except Nobody:
            one.rejected += 1
            continue
        except Failed:
            one.failed += 1
            continue
        if found is None:
            contact, effect = book.add(*given, one.ready), "contact.created"
            one.created += 1
        else:
            contact, effect = found, "contact.updated"
            book.change(contact, *given, one.ready)
            one.updated += 1
        for segment_id in one.definition.segments:
            if segment := book.segments.get(segment_id):
                segment.chosen[contact.id] = None
        world.ledger.append(
            "acton",
            effect,
            subject=writing.subject(contact),
            content=writing.content(given),
            request=one.request,
            account=account.id,
        )


def _known(book: Book, definition: Definition, row: dict[str, str]) -> Contact | None:
    """Whom a row is about; without what the strategy goes by, it is about nobody.

    Raises:
        Nobody: it has no address, or no outside id.
    """
    if definition.strategy == "EXTERNAL_ID":
        source = next(one.source for one in definition.mappings if one.target == EXTERNAL)
        key = row[source].strip()
        if not key:
            raise Nobody
        return book.with_external(definition.kind, key)
    column = book.columns.standard("EMAIL")
    names = [one.source for one in definition.mappings if column and column.name == one.target]
    email = row[names[0]].strip() if names else ""
    if not forms.is_address(email):
        raise Nobody
    return next(iter(book.with_email(email)), None)


def _values(
    book: Book, definition: Definition, row: dict[str, str], found: Contact | None
) -> writing.Values:
    """What a row writes: blank cells, too, where a mapping is to overwrite.

    Raises:
        Failed: a date does not fit, or the outside id is another contact's.
    """
    fields: dict[str, str] = {}
    custom: dict[str, str] = {}
    for mapping in definition.mappings:
        text = row[mapping.source].strip()
        column = book.columns.named(mapping.target)
        if mapping.target == EXTERNAL:
            if book.with_external(definition.kind, text) not in (None, found):
                raise Failed
            fields |= {"externalId": text, "objectType": definition.kind}
        elif column and (found is None or mapping.overwrite or not found.value(column)):
            place, key = (fields, column.field) if column.field else (custom, str(column.index))
            place[key] = _value(column, mapping, text)
    return fields, custom


def _value(column: Column, mapping: Mapping, text: str) -> str:
    """What a cell becomes; dates are written down as days, moments as milliseconds."""
    if not text or column.type not in ("DATE", "DATETIME"):
        return text
    try:
        at = dates.parse(text, mapping.pattern)
    except dates.Unfit:
        raise Failed from None
    if column.type == "DATETIME":
        return str(at)
    return datetime.fromtimestamp(at / SECOND, UTC).date().isoformat()
