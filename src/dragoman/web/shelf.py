"""The catalogue over HTTP: what can be asked, and what can happen. Any token may look."""

import asyncio
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any, TypeVar

from starlette.requests import Request

from dragoman import library
from dragoman.catalog import documents
from dragoman.catalog import search as searches
from dragoman.catalog.documents import Entry
from dragoman.catalog.entries import Effect
from dragoman.catalog.names import did_you_mean
from dragoman.web.problems import Refused
from dragoman.wiring import Parts

BEST = 50
"""How many entries a search gives."""
FILTERS = ("vendor", "group", "q")
LONGEST = 200
"""Characters of a search: each word is held against all that stand in the catalogue."""
SOURCES = ("webhook", "poll", "both", "api")
_Entry = TypeVar("_Entry", bound=Entry)
Document = dict[str, Any]


class Shelf:
    def __init__(self, parts: Parts) -> None:
        self._operations = parts.world.operations
        self._triggers = parts.world.triggers
        self._folder = parts.folder

    async def operations(self, request: Request) -> list[Document]:
        """What can be asked, by filters; of a search the best first."""
        asked = _asked(request, "effect")
        effects = [one.value for one in Effect]
        _known("effect", asked.get("effect"), effects)
        return await asyncio.to_thread(
            _listed, self._operations, asked, lambda one: one.effect.value, "effect"
        )

    async def triggers(self, request: Request) -> list[Document]:
        """What can happen; see `operations`."""
        asked = _asked(request, "source")
        _known("source", asked.get("source"), SOURCES)
        return await asyncio.to_thread(_listed, self._triggers, asked, documents.found_by, "source")

    async def operation(self, request: Request) -> Document:
        return self._whole("operation", self._operations, request.path_params["name"])

    async def trigger(self, request: Request) -> Document:
        return self._whole("trigger", self._triggers, request.path_params["name"])

    def _whole(self, kind: str, known: Mapping[str, Entry], name: str) -> Document:
        if name not in known:
            hint = did_you_mean(name, known, 3)
            raise Refused(
                HTTPStatus.NOT_FOUND,
                f"there is no {kind} {name!r}: {hint}",
                fix=f"GET /api/v1/{kind}s lists them",
            )
        return documents.whole(known[name], library.example(known[name], self._folder))


def _listed(
    known: Mapping[str, _Entry], asked: Mapping[str, str], mark: Any, marked: str
) -> list[Document]:
    found: Iterable[_Entry] = known.values()
    for name, of in (("vendor", _vendor), ("group", documents.group)):
        if name in asked:
            _known(name, asked[name], sorted({of(one) for one in known.values()}))
            found = [one for one in found if of(one) == asked[name]]
    if marked in asked:
        found = [one for one in found if mark(one) == asked[marked]]
    if "q" in asked:
        hits = searches.find(found, asked["q"].split()).hits[:BEST]
        return [_short(hit.entry) for hit in hits]
    return [_short(one) for one in found]


def _short(entry: Entry) -> Document:
    """Without its inputs, which the entry by itself tells."""
    told = documents.short(entry)
    del told["input"]
    return told


def _vendor(entry: Entry) -> str:
    return entry.vendor


def _asked(request: Request, mark: str) -> dict[str, str]:
    asked = dict(request.query_params.multi_items())
    for name in asked:
        _known("filter", name, (*FILTERS, mark))
    if len(asked.get("q", "")) > LONGEST:
        raise Refused(
            HTTPStatus.BAD_REQUEST,
            f"q has more than {LONGEST} characters",
            fix="search for a few words of what it is about",
        )
    return asked


def _known(what: str, said: str | None, known: Iterable[str]) -> None:
    if said is not None and said not in (names := list(known)):
        raise Refused(
            HTTPStatus.BAD_REQUEST,
            f"there is no {what} {said!r}: {did_you_mean(said, names)}",
            fix="leave it out, or see GET /api/v1/openapi.json",
        )
