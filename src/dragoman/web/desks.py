"""The desk of a folder: the running service's, or one of our own where none runs."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from dragoman.web.desk import Desk
from dragoman.web.remote import RemoteDesk, answering
from dragoman.wiring import Parts

AnyDesk = Desk | RemoteDesk


@asynccontextmanager
async def opened(
    folder: Path, parts: Callable[[], AbstractAsyncContextManager[Parts]]
) -> AsyncIterator[AnyDesk]:
    """Where a folder's changes are asked for; `parts` opens it for writing if no service runs.

    Raises:
        DefinitionError: another command works in the folder at this moment.
    """
    async with answering(folder) as service:
        if service is not None:
            yield service
            return
    async with parts() as ours:
        await ours.roster.load()
        yield Desk(ours)
