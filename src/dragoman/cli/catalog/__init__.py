"""`dragoman catalog`: what can be asked of the vendors, and what can happen there.

listing    many entries, a line or two each
entry      one entry, with all that is known of it
facts      what is known of operations and triggers, as sentences
samples    what was recorded of an entry, ready to copy
"""

from typing import Annotated, Literal

from cyclopts import App, Parameter

from dragoman.catalog import documents
from dragoman.catalog import search as searches
from dragoman.catalog.entries import Operation
from dragoman.cli import terminal
from dragoman.cli.catalog import entry as entries
from dragoman.cli.catalog import listing
from dragoman.cli.catalog.opened import Opened
from dragoman.cli.failures import Misuse
from dragoman.cli.options import Folder, Json
from dragoman.kernel.jsons import Json as Document

BEST = 15
"""How many entries a search shows."""

app = App(
    name="catalog",
    help="What can be asked of the vendors, and what can happen there: list, show, search.",
    help_epilogue="Example: dragoman catalog search send message",
    default_parameter=Parameter(negative=()),
)


@app.command(name="list", help_epilogue="Example: dragoman catalog list --vendor acton")
def list_(
    *,
    vendor: Annotated[str, Parameter(help="Only of this vendor.")] = "",
    group: Annotated[str, Parameter(help="Only of this group, such as contacts.")] = "",
    kind: Annotated[
        Literal["operation", "trigger"] | None,
        Parameter(help="Only what can be asked, or only what can happen."),
    ] = None,
    effect: Annotated[
        Literal["read", "replace", "create", "delete"] | None,
        Parameter(help="Only operations that do this."),
    ] = None,
    folder: Folder = None,
    json: Json = False,
) -> None:
    """List operations and triggers, with the workspace's own."""
    opened = Opened(folder)
    found = [
        one
        for one in opened.chosen(vendor, group)
        if (not kind or (kind == "operation") == isinstance(one, Operation))
        and (not effect or (isinstance(one, Operation) and one.effect == effect))
    ]
    if json:
        terminal.document([documents.short(one) for one in found])
    elif found:
        listing.tell(found, opened.titles)
    else:
        terminal.out().print("No entry is like that.")


@app.command(help_epilogue="Example: dragoman catalog show highlevel.messages.send")
def show(
    name: Annotated[str, Parameter(name="ID", help="Its id, as `catalog list` shows it.")],
    /,
    *,
    folder: Folder = None,
    json: Json = False,
) -> None:
    """Show one operation or trigger: what it takes, what it answers, what a repeat would do."""
    opened = Opened(folder)
    found = opened.entry(name)
    example = opened.example(found)
    if json:
        terminal.document(documents.whole(found, example))
    else:
        entries.tell(found, example, opened.titles)


@app.command(help_epilogue="Example: dragoman catalog search opted out")
def search(
    *words: Annotated[str, Parameter(help="What to look for.")],
    folder: Folder = None,
    json: Json = False,
) -> None:
    """Find operations and triggers by words, the best first."""
    if not " ".join(words).strip():
        raise Misuse("say what to look for", fix="for example `dragoman catalog search tags`")
    found = searches.find(Opened(folder).entries, words)
    if json:
        terminal.document([_hit(one) for one in found.hits[:BEST]])
    else:
        listing.tell_found(found, words, BEST)


def _hit(one: searches.Hit) -> Document:
    why = [{"place": why.place, "word": why.word, "typed": why.typed} for why in one.reasons]
    return {**documents.short(one.entry), "why": why}
