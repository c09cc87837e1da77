"""Somebody opts out in Act-On: HighLevel sends them nothing more, and their conversation is put
away. How opt-outs are found: test_opt_outs.py; the putting away by itself: test_archive.py.
"""

from pathlib import Path

import pytest

from tests.engine.people import known, opt_out, reply, schedule
from tests.engine.rig import Rig, play

RECIPE = "archive-on-status"
DAY = 86_400


async def stage(rig: Rig) -> str:
    """Bo has written, is starred, and is to get two messages; the contact's id."""
    await rig.prepare(RECIPE)
    contact = await known(rig)
    await reply(rig, contact)
    conversation = rig.world.highlevel.conversation_of(contact)
    assert conversation is not None
    conversation.starred = True
    for days in (1, 2):
        await schedule(rig, contact, f"in {days} days", days * DAY)
    await rig.serve(4)
    return contact


def silenced(rig: Rig, contact: str) -> None:
    there = rig.world.highlevel.contacts[contact]
    assert there.dnd_settings == {
        channel: {"status": "active", "message": "Opted out in Act-On"}
        for channel in ("Email", "SMS")
    }
    assert there.tags == ["archived"]
    conversation = rig.world.highlevel.conversation_of(contact)
    assert conversation is not None
    assert (conversation.unread, conversation.starred) == (0, False)


def test_who_opts_out_is_left_in_peace(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        contact = await stage(rig)
        await opt_out(rig, "Bo@Example.com")
        await rig.serve(60)
        silenced(rig, contact)
        assert await rig.states() == [("done", "")]
        cancelled = [one["content"]["text"] for one in rig.effects("message.schedule_cancelled")]
        assert sorted(cancelled) == ["in 1 days", "in 2 days"]
        await rig.clock.sleep(3 * DAY)

        assert rig.sent_to() == []
        # Silence comes first: whatever is cut off after that, nothing leaves.
        order = [entry["effect"] for entry in rig.world.ledger.entries]
        assert order.index("contact.dnd_set") < order.index("conversation.updated")
        assert order.index("contact.dnd_set") < order.index("message.schedule_cancelled")

    play(tmp_path, story)


def test_what_became_of_each_message_can_be_seen_in_the_run(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await stage(rig)
        await opt_out(rig)
        await rig.serve(60)

        (run,) = await rig.runs()
        steps = await rig.steps(run)
        assert len(steps["archive"].output["cancelled"]) == 2
        assert steps["archive"].output["too_late"] == []
        parts = [one.operation for one in steps.values() if one.kind == "part"]
        assert parts.count("highlevel.messages.cancel_scheduled") == 2

    play(tmp_path, story)


@pytest.mark.parametrize("answers_200", [False, True])
def test_a_cancel_that_comes_too_late_finds_the_message_refused(
    tmp_path: Path, *, answers_200: bool
) -> None:
    """Its time comes while the conversation is put away: do-not-disturb has held it back."""

    async def story(rig: Rig) -> None:
        contact = await stage(rig)
        soon = await schedule(rig, contact, "soon", 20)
        slow = {"kind": "stall", "when": "after", "seconds": 25}
        await rig.fault(vendor="highlevel", method="GET", path="/messages$", fault=slow)
        await opt_out(rig)
        await rig.serve(120)

        silenced(rig, contact)
        assert await rig.states() == [("done", "")]
        (run,) = await rig.runs()
        output = (await rig.steps(run))["archive"].output
        assert output["too_late"] == [soon]
        assert len(output["cancelled"]) == 2
        assert rig.sent_to() == []
        assert len(rig.effects("message.refused")) == 1

    play(tmp_path, story, cancel_failures_answer_200=answers_200)


def test_an_address_that_highlevel_does_not_know_is_passed_over(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await stage(rig)
        before = len(rig.world.ledger.entries)
        await opt_out(rig, "somebody.else@example.com")
        await rig.serve(60)

        assert await rig.states() == [("skipped", "HighLevel does not know this address")]
        assert len(rig.world.ledger.entries) == before

    play(tmp_path, story)


def test_200_opt_outs_of_one_moment_are_200_runs(tmp_path: Path) -> None:
    """A file of opt-outs was uploaded: all carry the same second; HighLevel knows some of them."""

    async def story(rig: Rig) -> None:
        await stage(rig)
        people = [f"bo{number}@example.com" for number in range(200)]
        theirs = [await known(rig, email, phone="") for email in people[::10]]
        for email in people:
            await opt_out(rig, email)
        moments = rig.world.acton.default_account.consent.suppressed("optout")
        assert len({one.at for one in moments}) == 1
        await rig.serve(600)

        states = [state for state, _ in await rig.states()]
        assert sorted(states) == ["done"] * 20 + ["skipped"] * 180
        for contact in theirs:
            silenced(rig, contact)
        assert len(rig.effects("contact.dnd_set")) == 20

    play(tmp_path, story)


def test_the_same_opt_out_is_noticed_once_however_often_it_is_seen(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        contact = await stage(rig)
        await opt_out(rig)
        await opt_out(rig, "BO@EXAMPLE.COM")
        for _ in range(4):
            await rig.serve(200)

        silenced(rig, contact)
        assert await rig.states() == [("done", "")]
        assert len(rig.effects("contact.dnd_set")) == 1

    play(tmp_path, story)
