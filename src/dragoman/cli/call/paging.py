"""Lists: all pages, or one by its number."""

from typing import Any

from dragoman.catalog.entries import Operation
from dragoman.cli import folders
from dragoman.cli.call import accounts, progress
from dragoman.cli.call.telling import Listing
from dragoman.cli.failures import Misuse
from dragoman.cli.folders import Folder as Opened
from dragoman.engine import pages
from dragoman.kernel.clock import SystemClock
from dragoman.kernel.errors import DragomanError


def check(operation: Operation, *, every: bool, page: int | None) -> None:
    """Look whether pages can be asked for.

    Raises:
        Misuse: they cannot.
    """
    if every and page is not None:
        raise Misuse("--all is every page, and --page is one", fix="say one of them")
    if operation.paging is None:
        said = "--all" if every else "--page"
        raise Misuse(
            f"{operation.id} does not answer in pages: one call gives all there is",
            fix=f"leave out {said}",
        )


async def listed(
    place: Opened,
    operation: Operation,
    given: dict[str, Any],
    connection: str | None,
    number: int | None,
) -> Listing:
    """The items of all pages, or of one. What came before an error is not thrown away.

    Raises:
        DragomanError: not even the first page could be had.
    """
    name = accounts.name_of(place, operation, connection)
    found: list[Any] = []
    read, total, reason = 0, None, ""
    async with folders.desk(place.path, place.settings) as desk:

        async def ask(asked: dict[str, Any]) -> Any:
            return (await desk.call(operation.id, asked, connection)).output

        if number is not None:
            one = await pages.page(operation, given, number, ask, SystemClock())
            return Listing(operation.id, name, output=one.items, pages=one.number, total=one.total)
        with progress.of_pages() as told:
            try:
                async for page in pages.pages(operation, given, ask, SystemClock()):
                    found += page.items
                    read, total = page.number, page.total
                    told(page, len(found))
            except DragomanError as error:
                if not read:
                    raise
                reason = f"after {read} pages: {error.message}"
    return Listing(
        operation=operation.id,
        connection=name,
        state="dead" if reason else "done",
        reason=reason,
        output=found,
        pages=read,
        total=total,
        whole=not reason,
    )
