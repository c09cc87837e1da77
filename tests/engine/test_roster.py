"""One flow's trouble is not the others'."""

from pathlib import Path

import msgspec
import pytest

from dragoman import wiring
from dragoman.engine import workspace as workspaces
from dragoman.kernel.errors import DefinitionError
from dragoman.store.reading import Reader
from dragoman.wiring import database
from tests.engine.rig import Rig, bo, play

NEEDY = """
flow: needy
on: acton.contact.added
with: {list: l-0042}
steps:
  - id: said
    map: {who: "{{ env.greeting }} {{ event.data.email }}"}
"""


def test_a_flow_that_does_not_fit_any_more_stops_no_other(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare()
        file = rig.workspace / "dragoman.yaml"
        plain = file.read_text()
        file.write_text(plain + "  greeting: Hi\n")  # `env` stands last
        await rig.arm(NEEDY)
        file.write_text(plain)
        await rig.add(bo(1))
        await rig.serve(60)

        assert rig.sent_to() == ["bo1@example.com"]
        assert [run.flow for run in await rig.runs()] == ["welcome-new-contact"]

    play(tmp_path, story)


def test_a_source_that_cannot_be_asked_says_so_until_it_can(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare()
        down = {"kind": "html", "status": 503}
        await rig.fault(vendor="acton", method="GET", fault=down, times=3)
        async with rig.serving():
            await rig.clock.sleep(4)
            sick = await _troubles(rig)
            await rig.add(bo())
            await rig.clock.sleep(600)
            well = await _troubles(rig)

        assert sick[0].startswith("Act-On answered 503")
        assert well == [""]
        assert rig.sent_to() == ["bo@example.com"]

    play(tmp_path, story)


async def _troubles(rig: Rig) -> list[str]:
    reader = Reader(database(rig.workspace))
    rows = await reader.read("cursors.all")
    await reader.close()
    return [row[-1] for row in rows]


def test_a_crash_point_that_does_not_exist_is_refused_at_the_start(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare(arm=False)
        settings = msgspec.structs.replace(rig.settings, crash_at="call.answer")

        with pytest.raises(DefinitionError, match=r"did you mean 'call\.answered'"):
            wiring.rims(settings, workspaces.read(rig.workspace, wiring.vendors()))

    play(tmp_path, story)
