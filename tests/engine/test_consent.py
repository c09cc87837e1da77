"""Consent is asked for just before a message leaves, as often as it must be and no more."""

from pathlib import Path

import apsw

from dragoman.wiring import database
from tests.engine.points import Act
from tests.engine.rig import Rig, bo, play


def test_a_consent_that_cannot_be_asked_for_is_asked_less_and_less(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare()
        down = {"kind": "status", "status": 503}
        await rig.fault(
            vendor="highlevel", method="GET", path="^/contacts/", fault=down, times=None
        )
        async with rig.serving():
            await rig.add(bo())
            await rig.clock.sleep(6 * 3600)

        asked = [one for one in rig.world.calls.entries if one["fault"]]
        assert len(asked) < 50
        assert rig.sent_to() == []
        assert [state for state, _ in await rig.states()] == ["dead"]

    play(tmp_path, story, poll_every=600)


def test_consent_is_asked_again_when_the_disk_has_kept_the_message_waiting(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare()
        other = apsw.Connection(str(database(rig.workspace)))

        def lock() -> None:
            other.execute("BEGIN IMMEDIATE")

        async with rig.serving(Act("consent.asked", lock)):
            await rig.add(bo())
            await rig.clock.sleep(120)
            for contact in rig.world.highlevel.contacts.values():
                contact.fields["dnd"] = True
            other.execute("ROLLBACK")
            other.close()
            await rig.clock.sleep(60)

        assert rig.sent_to() == []
        ((state, reason),) = await rig.states()
        assert state == "skipped"
        assert reason.startswith("consent: ")

    play(tmp_path, story)


def test_consent_that_cannot_be_asked_again_leaves_nothing_uncertain(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare()
        other = apsw.Connection(str(database(rig.workspace)))
        down = {"kind": "status", "status": 503}

        def lock() -> None:
            other.execute("BEGIN IMMEDIATE")

        async with rig.serving(Act("consent.asked", lock)):
            await rig.add(bo())
            await rig.clock.sleep(60)
            await rig.fault(
                vendor="highlevel", method="GET", path="^/contacts/", fault=down, times=2
            )
            other.execute("ROLLBACK")
            other.close()
            await rig.clock.sleep(120)

        assert rig.sent_to() == ["bo@example.com"]
        (run,) = await rig.runs()
        assert run.state == "done"
        assert (await rig.steps(run))["welcome"].lost == 0

    play(tmp_path, story)
