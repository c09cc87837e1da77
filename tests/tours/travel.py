"""Calls as a person makes them, against the pretended vendors, with all that lies between.

Each module here is the tour of a group: what is created can be read, changed, listed and deleted.
Together they make every operation of first class once at least (`test_complete.py`).
"""

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from dragoman.engine.direct import Answered
from dragoman.engine.runs import RunRow
from dragoman.wiring import Parts
from tests.engine.rig import HIGHLEVEL, Rig, play

AGENCY = "agency"


class Tour:
    """`agency` makes the same calls with the token of the agency that the location belongs to."""

    def __init__(self, rig: Rig, parts: Parts, connection: str | None = None) -> None:
        self.rig = rig
        self._parts = parts
        self._connection = connection

    @property
    def agency(self) -> "Tour":
        return Tour(self.rig, self._parts, AGENCY)

    async def call(self, operation: str, /, **given: Any) -> Any:
        """The output of a call; what changes something is a run, which must end as done."""
        made = await self._parts.direct.call(operation, given, self._connection)
        if isinstance(made, Answered):
            return made.output
        run = await self._finished(made.id)
        assert (run.state, run.reason) == ("done", ""), operation
        return (await self.rig.steps(run))["call"].output

    async def attempt(self, operation: str, /, **given: Any) -> tuple[str, str]:
        """How a call ends that changes something: the state of its step, and the reason."""
        made = await self._parts.direct.call(operation, given, self._connection)
        assert not isinstance(made, Answered)
        step = (await self.rig.steps(await self._finished(made.id)))["call"]
        return step.state, step.reason

    async def _finished(self, run: str) -> RunRow:
        await self._parts.service.finish(run)
        return next(one for one in await self.rig.runs() if one.id == run)

    async def content(self, operation: str, /, **given: Any) -> bytes:
        """The bytes that a call answers."""
        made = await self._parts.direct.call(operation, given, self._connection)
        assert isinstance(made, Answered)
        return made.content


def travel(folder: Path, story: Callable[[Tour], Coroutine[Any, Any, None]], **turned: Any) -> None:
    """Make a tour with both accounts and the agency connected, in virtual time."""

    async def prepared(rig: Rig) -> None:
        await rig.prepare(arm=False)
        agency = await _add_agency(rig)
        async with rig.open() as parts:
            await parts.custodian.store(AGENCY, rig.credentials(agency))
            await story(Tour(rig, parts))

    play(folder, prepared, **turned)


async def _add_agency(rig: Rig) -> Any:
    """Describe the agency's connection in the workspace; its tokens."""
    asked = {"vendor": "highlevel", "user_type": "Company"}
    made = await rig.control("POST", "/control/credentials", asked)
    file = rig.workspace / "dragoman.yaml"
    described = (
        f"  {AGENCY}:\n    vendor: highlevel\n    environment: sandbox\n"
        f"    company_id: {made['company_id']}\n    base_url: {HIGHLEVEL}\n"
        "defaults: {highlevel: main}\nenv:\n"
    )
    file.write_text(file.read_text().replace("env:\n", described, 1))
    return made
