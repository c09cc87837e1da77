"""A locked or full database stops the flows, says so once, and lets them go on by itself."""

from pathlib import Path

import apsw
import pytest

from dragoman.wiring import database
from tests.engine.rig import Rig, bo, play


def test_flows_pause_while_another_process_holds_the_lock(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare()
        async with rig.serving():
            await rig.clock.sleep(6)
            other = apsw.Connection(str(database(rig.workspace)))
            other.execute("BEGIN IMMEDIATE")
            await rig.add(bo())
            await rig.clock.sleep(90)
            held = len(rig.sent_to())
            other.execute("ROLLBACK")
            other.close()
            await rig.clock.sleep(60)

        assert held == 0
        assert rig.sent_to() == ["bo@example.com"]
        assert await rig.states() == [("done", "")]

    play(tmp_path, story)
    said = "".join(capsys.readouterr())
    assert said.count("flows pause: the database cannot be written") == 1
    assert said.count("flows go on: the database can be written again") == 1


def test_a_full_disk_loses_and_doubles_nothing(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare()
        async with rig.serving() as parts:
            store = parts.journal.store
            connection: apsw.Connection = store._connection  # type: ignore[attr-defined]
            await rig.clock.sleep(6)
            pages = connection.pragma("page_count")
            connection.pragma("max_page_count", pages)
            await rig.add(*(bo(number) for number in range(1, 11)))
            await rig.clock.sleep(120)
            connection.pragma("max_page_count", 1_000_000)
            await rig.clock.sleep(300)

        assert len(set(rig.sent_to())) == len(rig.sent_to()) == 10
        assert {state for state, _ in await rig.states()} == {"done"}

    play(tmp_path, story)
