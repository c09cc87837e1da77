"""How far a long call is: a bar beside the output, where somebody looks at it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from dragoman.cli import terminal
from dragoman.cli.tables import plural
from dragoman.engine.pages import Page

Pages = Callable[[Page, int], None]
"""Hears each page, and how many items came with it and before."""
Bytes = Callable[[int, int | None], None]
"""Hears how many bytes came, of how many where that is known."""


@contextmanager
def of_pages() -> Iterator[Pages]:
    """A bar for pages and items."""
    if not terminal.err().is_terminal:
        yield lambda *_: None
        return
    from rich.progress import BarColumn, Progress, TextColumn  # noqa: PLC0415  # rarely needed

    columns = (BarColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=terminal.err(), transient=True) as bar:
        task = bar.add_task("…", total=None)

        def told(page: Page, items: int) -> None:
            total = max(page.total, items) if page.total else None
            said = f"{items:,} of {total:,} items" if total else plural(items, "item")
            words = f"{said}, {plural(page.number, 'page')}"
            bar.update(task, completed=items, total=total, description=words)

        yield told


@contextmanager
def of_bytes() -> Iterator[Bytes]:
    """A bar for a download."""
    if not terminal.err().is_terminal:
        yield lambda *_: None
        return
    from rich.progress import BarColumn, DownloadColumn, Progress  # noqa: PLC0415  # as above

    columns = (BarColumn(), DownloadColumn())
    with Progress(*columns, console=terminal.err(), transient=True) as bar:
        task = bar.add_task("", total=None)

        def told(size: int, length: int | None) -> None:
            bar.update(task, completed=size, total=length)

        yield told
