"""Dragoman from Python: every operation of the catalogue, with the care of a flow's step.

import dragoman

async with dragoman.open("shop") as d:
    sent = await d.call(
        "highlevel.messages.send", connection="main",
        type="SMS", contactId="ABC", message="Hello!",
    )
    async for one in d.pages("highlevel.conversations.search", connection="main"):
        print(one["fullName"])
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import structlog
from structlog.typing import EventDict, WrappedLogger

from dragoman import library, settings, wiring
from dragoman.catalog.catalogue import Catalogue
from dragoman.catalog.entries import Operation
from dragoman.engine import pages as paging
from dragoman.kernel.clock import Clock, SystemClock
from dragoman.kernel.errors import BadInput, DragomanError
from dragoman.web import desks, downloads, uploads
from dragoman.web.desks import AnyDesk
from dragoman.web.endings import ending
from dragoman.web.outcomes import Outcome

__all__ = ["CallStopped", "Dragoman", "DragomanError", "open"]


class CallStopped(DragomanError):
    """A call that changes something was not done, or nobody can tell."""

    code = "call_stopped"

    def __init__(self, outcome: Outcome) -> None:
        said = outcome.reason or outcome.state
        super().__init__(
            f"{outcome.operation} came out as {outcome.state}: {said}", fix=_way(outcome)
        )
        self.run = outcome.run
        """Its run, for `dragoman runs show`."""
        self.state = outcome.state
        """`skipped`: the person does not want it. `dead`: it failed. `uncertain`: it may have
        happened. `cancelled`. Or `running` or `waiting`, where the service ended meanwhile."""
        self.reason = outcome.reason
        self.trace = outcome.trace


class Dragoman:
    """A workspace that is open; `dragoman.open` makes it.

    One object serves any number of tasks at the same time.
    """

    def __init__(self, folder: Path, desk: AnyDesk, catalogue: Catalogue, clock: Clock) -> None:
        """Take in an open desk of the folder."""
        self._folder = folder
        self._desk = desk
        self._catalogue = catalogue
        self._clock = clock

    async def call(self, operation: str, /, *, connection: str | None = None, **given: Any) -> Any:
        """Make one call, and give its output.

        What only reads is asked at once. What changes something is a run: its intent is on disk
        before the request leaves, consent is asked for, a lost answer is looked up and never
        simply repeated, and it is waited for as long as that takes. Cancelled or killed, the run
        goes on: in the running service, or with the next `dragoman serve`.

            await d.call("highlevel.contacts.add_tags", contactId="ABC", tags=["vip"])

        Args:
            operation: as `dragoman catalog list` names it.
            connection: the connection to ask through; else the default or only one.
            given: its inputs. A file is a `pathlib.Path`, or an object with `name` and either
                `content` (text) or `base64`.

        Raises:
            CallStopped: a call that changes something did not come out as done.
            BadInput: an input does not fit.
            DefinitionError: there is no such operation or connection; near names are named.
            DragomanError: of a call that reads, whatever went wrong.
        """
        entry = self._catalogue.operation(operation)
        called = await self._desk.call(entry.id, _filled(entry, given), connection)
        if not called.run:
            return called.output
        outcome = await ending(self._folder, self._desk, called.run, self._clock)
        if outcome.state != "done":
            raise CallStopped(outcome)
        return outcome.output

    async def pages(
        self, operation: str, /, *, connection: str | None = None, **given: Any
    ) -> AsyncIterator[Any]:
        """The items of a list, to its end; each once, though the list changes meanwhile.

            async for contact in d.pages("highlevel.contacts.search", pageLimit=100):
                print(contact["id"])

        A page that fails for a moment is asked for again, and what expired is begun anew.

        Raises:
            BadInput: it does not answer in pages, or an input does not fit.
            DragomanError: as `call` of what reads.
        """
        entry = self._catalogue.operation(operation)

        async def ask(asked: dict[str, Any]) -> Any:
            return (await self._desk.call(entry.id, asked, connection)).output

        async for page in paging.pages(entry, given, ask, self._clock):
            for item in page.items:
                yield item

    async def save(
        self,
        operation: str,
        file: str | os.PathLike[str],
        /,
        *,
        connection: str | None = None,
        force: bool = False,
        **given: Any,
    ) -> dict[str, Any]:
        """Fetch a file to disk, however large; its `contentType`, `size` and `sha256`.

            await d.save("highlevel.messages.recording", "call.wav", messageId="ABC")

        It has its name once it is whole. Nothing comes back, and no file is made, where the vendor
        has none.

        Args:
            operation: one that answers with a file.
            file: where it goes.
            connection: as for `call`.
            force: whether a file that is there is replaced.
            given: the inputs of the operation.

        Raises:
            BadInput: the operation answers no file, or an input does not fit.
            DefinitionError: there is such a file already.
            PermanentError: the file cannot be written.
            DragomanError: as `call` of what reads.
        """
        entry = self._catalogue.operation(operation)
        if entry.answer != "bytes":
            raise BadInput(f"{entry.id} answers no file", fix="use `call`")
        async with downloads.saved(Path(file), lambda *_: None, force=force) as sink:
            facts = (await self._desk.save(entry.id, given, connection, sink)).output
        return dict(facts)


@asynccontextmanager
async def open(  # noqa: A001  # as `dragoman.open`, it reads like what it does
    folder: str | os.PathLike[str] | None = None,
) -> AsyncIterator[Dragoman]:
    """Open a workspace folder; else $DRAGOMAN_FOLDER, else the current one.

    Where a service runs in the folder, it makes the calls. Else this process owns the folder until
    the block ends, as one process may at a time: calls are made, and no flow begins.

        async with dragoman.open("shop") as d:
            found = await d.call("highlevel.contacts.find_duplicate", email="bo@example.com")

    Raises:
        DefinitionError, Problems: the folder, its file or a setting is wrong, or another process
            works in the folder at this moment.
    """
    _be_quiet()
    known = settings.read()
    place = _whole(folder or known.folder)
    entries = library.catalogue(place, known.cache)
    async with desks.opened(place, partial(wiring.opened, place, known)) as desk:
        yield Dragoman(place, desk, entries, SystemClock())


def _filled(operation: Operation, given: dict[str, Any]) -> dict[str, Any]:
    """The input, with files read."""
    files = {name for name, one in operation.input.items() if one.place == "file"}
    for name in files & given.keys():
        if isinstance(given[name], str):  # a path, nearly always; its letters would be sent
            raise BadInput(
                f"{operation.id}: {name} is a text, and should be a file",
                fix=f"give {name}=pathlib.Path(...), or an object with `name` and `content`",
            )
    return {
        name: uploads.read(operation.input[name], one)
        if isinstance(one, Path) and name in operation.input
        else one
        for name, one in given.items()
    }


def _way(outcome: Outcome) -> str:
    shown = f"`dragoman runs show {outcome.run}` tells all of it"
    match outcome.state:
        case "uncertain":
            return f"look at the vendor whether it happened before you ask again; {shown}"
        case "running" | "waiting":
            return f"do not ask again, for it goes on; {shown}"
        case _:
            return shown


def _whole(folder: str | os.PathLike[str]) -> Path:
    return Path(folder).resolve()


def _be_quiet() -> None:
    """What there is to say, errors say; nothing is printed into somebody else's program."""
    if not structlog.is_configured():
        structlog.configure(processors=[_drop])


def _drop(_: WrappedLogger, __: str, ___: EventDict) -> EventDict:
    raise structlog.DropEvent
