"""Imports of contacts, and the definitions that they follow."""

import csv
from typing import Any

import msgspec

from dragoman.kernel.clock import SECOND
from dragoman.simulator.acton import answers, forms
from dragoman.simulator.acton.call import Call
from dragoman.simulator.acton.contacts import asked, importing
from dragoman.simulator.acton.contacts.book import Book
from dragoman.simulator.acton.contacts.files import (
    EXTERNAL,
    QUOTES,
    SEPARATORS,
    Definition,
    Import,
    Mapping,
)
from dragoman.simulator.acton.contacts.segment import CHOSEN
from dragoman.simulator.exchange import Answer, Refusal, as_json
from dragoman.simulator.figures import whole
from dragoman.simulator.routes import Route

_LARGEST = 200 * 1024 * 1024
_TOO_LARGE = b"File size exceeds the maximum limit of 200MB."


class _Mapping(msgspec.Struct, forbid_unknown_fields=True):
    """A mapping as a caller writes it."""

    csvColumn: str  # noqa: N815 - the vendor's name
    actonColumn: str  # noqa: N815
    overwriteExistingValue: bool = False  # noqa: N815
    dataFormat: str | None = None  # noqa: N815


def start(call: Call) -> Answer:
    """The answer is a text, says the description; what it says is JSON all the same."""
    book = asked.opened(call)
    definition = _definition(call, book)
    if len(call.request.body) > _LARGEST:
        return Answer(413, _TOO_LARGE, "text/plain")
    text = forms.read(call.request).files.get("file", b"")
    try:
        headings, rows = importing.read(text.decode("utf-8-sig"), definition)
    except (UnicodeDecodeError, csv.Error):
        raise answers.silent(403) from None  # "Error processing file"
    missing = [one.source for one in definition.mappings if one.source not in headings]
    if missing:
        said = f"CSV Column(s) was not found: {', '.join(missing)}. All csvColumns need to be on"
        raise Refusal(400, {"errors": [f"{said} the CSV headers prior to import."]})
    ready = call.now + round(call.world.settings.acton_job_seconds * SECOND)
    number = call.world.mint.hexadecimal("import", 12)
    made = book.imports[number] = Import(number, definition, rows, call.id, ready)
    if call.request.query.get("cleanupImportDefinition") == "true":
        del book.definitions[definition.id]
    answer = as_json(200, {"data": made.shown()})
    answer.content_type = "text/plain"
    return answer


def status(call: Call) -> Answer:
    found = asked.opened(call).imports.get(call.params["importId"])
    if found is None:
        raise answers.unfit()
    return as_json(200, {"data": found.shown()})


def definitions(call: Call) -> Answer:
    found = asked.opened(call).definitions.values()
    return asked.listed(call, [one.shown() for one in found])


def define(call: Call) -> Answer:
    book = asked.opened(call)
    number = int(call.world.mint.hexadecimal("import definition", 6), 16)
    return _keep(call, book, number)


def definition(call: Call) -> Answer:
    return as_json(200, {"data": _definition(call, asked.opened(call)).shown()})


def redefine(call: Call) -> Answer:
    book = asked.opened(call)
    return _keep(call, book, _definition(call, book).id)


def undefine(call: Call) -> Answer:
    book = asked.opened(call)
    found = _definition(call, book)
    del book.definitions[found.id]
    call.record("import_definition.deleted", {"import_definition_id": found.id}, {})
    return asked.done()


def _definition(call: Call, book: Book) -> Definition:
    """That of the path. A 404 is declared for the read alone; elsewhere it is a 400."""
    number = whole(call.params["importDefinitionId"])
    found = None if number is None else book.definitions.get(number)
    if found is None:
        raise answers.silent(404) if call.request.method == "GET" else answers.unfit()
    return found


def _keep(call: Call, book: Book, number: int) -> Answer:
    made = _read(call, book, number)
    book.definitions[number] = made
    call.record("import_definition.kept", {"import_definition_id": number}, {"name": made.name})
    return as_json(200, {"data": made.shown()})


def _read(call: Call, book: Book, number: int) -> Definition:
    """A definition, once everything in it is known.

    Raises:
        Refusal: a column, a segment or a word is not, or what the strategy needs is missing.
    """
    body = asked.mapping(call)
    try:
        said = msgspec.convert(body.get("mappings"), list[_Mapping])
        segments = msgspec.convert(body.get("importSegmentIds") or [], tuple[str, ...])
    except msgspec.ValidationError:
        raise answers.unfit() from None
    made = Definition(
        id=number,
        account=call.account,
        name=str(body.get("importDefinitionName") or ""),
        strategy=_word(body, "mergeStrategy", ("EMAIL", "EXTERNAL_ID")),
        kind=str(body.get("objectType") or ""),
        mappings=tuple(
            Mapping(
                one.csvColumn, one.actonColumn, one.overwriteExistingValue, one.dataFormat or ""
            )
            for one in said
        ),
        segments=segments,
        delimiter=_word(body, "delimiter", SEPARATORS, "COMMA"),
        quote=_word(body, "quote", QUOTES, "QUOTE"),
    )
    if not made.name or str(body.get("accountId")) != call.account or not _fits(book, made):
        raise answers.unfit()
    return made


def _fits(book: Book, made: Definition) -> bool:
    columns = [book.columns.named(one.target) for one in made.mappings if one.target != EXTERNAL]
    segments = [book.segments.get(one) for one in made.segments]
    dated = all(
        one.pattern
        for one in made.mappings
        if (column := book.columns.named(one.target)) and column.type in ("DATE", "DATETIME")
    )
    known = all(columns) and dated and all(one and one.type == CHOSEN for one in segments)
    if made.strategy == "EXTERNAL_ID":
        outside = any(one.target == EXTERNAL for one in made.mappings)
        return known and outside and bool(made.kind)
    return known and any(column and column.standard == "EMAIL" for column in columns)


def _word(body: dict[str, Any], name: str, words: Any, otherwise: str = "") -> str:
    found = str(body.get(name) or otherwise)
    if found not in words:
        raise answers.unfit()
    return found


_IMPORT = "/ucl/v2/{accountId}/import"
_ONE = f"{_IMPORT}/definition/{{importDefinitionId}}"
ROUTES = (
    Route("POST", f"{_IMPORT}/contacts/{{importDefinitionId}}", start),
    Route("GET", f"{_IMPORT}/status/{{importId}}", status),
    Route("GET", f"{_IMPORT}/definition", definitions),
    Route("POST", f"{_IMPORT}/definition", define),
    Route("GET", _ONE, definition),
    Route("PUT", _ONE, redefine),
    Route("DELETE", _ONE, undefine),
)
