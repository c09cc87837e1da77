"""Lists that come in pages, asked for to their end, or one page as a person counts them."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import Any

import msgspec

from dragoman.catalog.entries import Operation, Paging
from dragoman.catalog.paging import Walk, items
from dragoman.kernel.clock import Clock
from dragoman.kernel.errors import BadInput, RateLimited, Rejected, TransientError

Ask = Callable[[dict[str, Any]], Awaitable[Any]]
"""Makes the call with this input; its output."""
_TRIES = 8
"""Of one page."""
_LONGEST = 60.0
"""Seconds that are waited before a page is asked for again; a day's budget is not waited for."""
_EXPIRED = frozenset({400, 404, 410, 422})
"""Statuses that may say that a cursor is too old. HighLevel's export says 400."""
_COUNTED = frozenset({"offset", "rows", "page"})
"""Styles in which a page can be asked for by its place."""
_USUAL = 20
"""Items of a page where neither the caller nor the entry says."""


class Page(msgspec.Struct, frozen=True):
    items: list[Any]
    """Those that did not come before."""
    number: int
    """How many pages were read so far."""
    total: int | None
    """How many items there are, where the vendor says so."""


async def pages(
    operation: Operation, given: Mapping[str, Any], ask: Ask, clock: Clock
) -> AsyncIterator[Page]:
    """All pages of a list; an item that is there all the while comes once.

    A page that fails for a moment is asked for again. Where the vendor has let go of the place in
    the list, it begins anew and passes over what is known.

    Raises:
        BadInput: the operation does not answer in pages, or the input does not fit.
        DragomanError: a page could not be had; what has come before stands.
    """
    walk, known = Walk(operation, given), -1
    while walk.ask is not None:
        try:
            output = await _patiently(ask, walk.ask, clock)
        except Rejected as refusal:
            # Nothing new since it began anew the last time: it was no matter of age.
            expired = walk.held and refusal.status in _EXPIRED and len(walk.seen) > known
            if not expired:
                raise
            known = len(walk.seen)
            walk.again()
            continue
        yield Page(walk.take(output), walk.pages, walk.total)


async def page(
    operation: Operation, given: Mapping[str, Any], number: int, ask: Ask, clock: Clock
) -> Page:
    """The page with this number, from 1, however the vendor counts; empty after the last.

    Where pages have no numbers, those before it are read and passed over.

    Raises:
        BadInput: there are no pages, or the input says by itself where to begin.
        DragomanError: it could not be had.
    """
    paging = Walk(operation, given).paging
    if paging.next in given:
        raise BadInput(
            f"{operation.id}: the number of a page, and {paging.next!r} besides",
            fix=f"leave out {paging.next!r}",
        )
    size = _size(operation, paging, given)
    walk = Walk(operation, {**given, paging.size: size} if paging.size else given)
    if paging.style in _COUNTED:
        begin = number - 1 if paging.style == "page" else (number - 1) * size
        output = await _patiently(ask, walk.asking(**{paging.next: paging.first + begin}), clock)
        walk.take(output)
        return Page(walk.items(output), 1, walk.total)
    found: list[Any] = []
    read, total = 0, None
    async for one in pages(operation, walk.asking(), ask, clock):
        found += one.items
        read, total = one.number, one.total
        if len(found) >= number * size:
            break
    return Page(found[(number - 1) * size : number * size], read, total)


def _size(operation: Operation, paging: Paging, given: Mapping[str, Any]) -> int:
    if not paging.size:
        return _USUAL
    parameter = operation.input[paging.size]
    said = items.number(given.get(paging.size, parameter.default))
    return said or min(_USUAL, int(parameter.schema.get("maximum", _USUAL)))


async def _patiently(ask: Ask, given: dict[str, Any], clock: Clock) -> Any:
    """Ask again where that can help: one refusal for haste must not end a walk of an hour."""
    tries = 0
    while True:
        try:
            return await ask(given)
        except TransientError as error:
            pause, tries = min(2.0**tries, _LONGEST), tries + 1
            if isinstance(error, RateLimited) and error.retry_after is not None:
                pause = error.retry_after
            if tries == _TRIES or pause > _LONGEST:
                raise
        await clock.sleep(pause)
