"""A reply in HighLevel: the record in Act-On says so, and a touch point stands there, once."""

from pathlib import Path
from typing import Any

import apsw
import pytest

from dragoman.wiring import database
from tests.engine.people import disturb, known, reply
from tests.engine.rig import Rig, play

RECIPE = "conversation-activity-to-act-on"
TEXTS = ["one", "two", "three", "four", "five"]
TOUCH = "/customevents/fact$"
RULES = ["any", "429"]


async def stage(rig: Rig) -> str:
    """Everything is ready for Bo to write; the contact's id."""
    await rig.prepare(RECIPE)
    contact = await known(rig)
    await rig.add({"email": "bo@example.com", "first_name": "Bo"})
    await rig.subscribe()
    return contact


def notes(rig: Rig) -> list[str]:
    """What Bo's touch points say, in the order in which they came to be."""
    points = rig.effects("touchpoint.added")
    assert {one["subject"]["email"] for one in points} <= {"bo@example.com"}
    return [one["content"]["note"] for one in points]


async def arrived_once(rig: Rig, *texts: str) -> None:
    """Each reply is one event, one run and one touch point, however often it was brought."""
    received = [one for one in await rig.events() if one.type == "highlevel.message.received"]
    assert sorted(one.data["body"] for one in received) == sorted(texts)
    assert await rig.states() == [("done", "") for _ in texts]
    assert sorted(notes(rig)) == sorted(texts)
    assert len(rig.effects("record.updated")) == len(texts)
    assert rig.effects("record.inserted") == []


def test_a_reply_arrives_in_act_on(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        contact = await stage(rig)
        async with rig.serving():
            written_at = rig.clock.now()
            await reply(rig, contact, "What are your hours?")
            await rig.clock.sleep(60)

        await arrived_once(rig, "What are your hours?")
        (updated,) = rig.effects("record.updated")
        assert updated["subject"]["email"] == "bo@example.com"
        assert updated["content"] == {"Last Reply": "SMS", "Last Reply At": "2027-01-15 08:00"}
        (point,) = rig.effects("touchpoint.added")
        assert point["content"]["title"] == "Replied by SMS"
        assert point["content"]["when"] == written_at // 1000 * 1000

    play(tmp_path, story)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize(
    "faults",
    [
        {"double": 1.0},
        {"shuffle_seconds": 30.0},
        {"late": 0.5, "late_seconds": 7200.0},
        {"double": 0.5, "shuffle_seconds": 90.0, "late": 0.3, "late_seconds": 600.0},
    ],
    ids="-".join,
)
def test_replies_arrive_once_each_however_they_are_brought(
    tmp_path: Path, faults: dict[str, Any], rule: str
) -> None:
    async def story(rig: Rig) -> None:
        contact = await stage(rig)
        await disturb(rig, **faults)
        async with rig.serving():
            for text in TEXTS:
                await reply(rig, contact, text)
                await rig.clock.sleep(5)
            await rig.clock.sleep(3 * 3600)

        await arrived_once(rig, *TEXTS)
        tries = len(rig.doorstep.answers)
        assert tries == 20 if faults == {"double": 1.0} else tries >= 10

    play(tmp_path, story, webhook_resends=rule)


@pytest.mark.parametrize("rule", RULES)
def test_a_reply_that_could_not_be_stored_is_brought_again(tmp_path: Path, rule: str) -> None:
    """Whatever the rule: it is answered 429, never 5xx, and nothing is acknowledged too early."""

    async def story(rig: Rig) -> None:
        contact = await stage(rig)
        async with rig.serving():
            await rig.clock.sleep(6)
            other = apsw.Connection(str(database(rig.workspace)))
            other.execute("BEGIN IMMEDIATE")
            for text in TEXTS:
                await reply(rig, contact, text)
            await rig.clock.sleep(10)
            assert set(rig.doorstep.answers) == {429}
            assert rig.world.ledger.entries == []
            other.execute("ROLLBACK")
            other.close()
            await rig.clock.sleep(3600)

        assert set(rig.doorstep.answers) == {429, 200}
        await arrived_once(rig, *TEXTS)

    play(tmp_path, story, webhook_resends=rule)


def test_a_reply_while_nothing_serves_is_brought_again(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        contact = await stage(rig)
        for text in TEXTS:
            await reply(rig, contact, text)
        await rig.clock.sleep(300)
        assert set(rig.doorstep.answers) == {None}
        await rig.serve(3600)

        await arrived_once(rig, *TEXTS)

    play(tmp_path, story)


def test_what_was_never_brought_comes_when_a_person_sends_it_again(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        contact = await stage(rig)
        await disturb(rig, drop=1.0)
        async with rig.serving():
            await reply(rig, contact, "lost")
            await rig.clock.sleep(3600)
            assert rig.doorstep.answers == []
            for one in (await rig.control("GET", "/control/webhooks"))["deliveries"]:
                again = {"webhook_id": one["webhook_id"]}
                await rig.control("POST", "/control/webhooks/resend", again)
                await rig.control("POST", "/control/webhooks/resend", again)
            await rig.clock.sleep(60)

        await arrived_once(rig, "lost")

    play(tmp_path, story)


def test_whom_act_on_cannot_know_is_passed_over(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await stage(rig)
        nobody = await known(rig, email="", phone="+14155550177")
        async with rig.serving():
            await reply(rig, nobody)
            await rig.clock.sleep(60)

        reason = "the contact has no e-mail address, so Act-On cannot know them"
        assert await rig.states() == [("skipped", reason)]
        assert rig.world.ledger.entries == []

    play(tmp_path, story)


def test_somebody_act_on_does_not_know_yet_is_put_on_the_list(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await stage(rig)
        ann = await known(rig, email="ann@example.com", phone="+14155550177")
        async with rig.serving():
            await reply(rig, ann, channel="Email")
            await rig.clock.sleep(60)

        assert await rig.states() == [("done", "")]
        (inserted,) = rig.effects("record.inserted")
        assert inserted["subject"]["email"] == "ann@example.com"
        assert inserted["content"]["Last Reply"] == "Email"

    play(tmp_path, story)


@pytest.mark.parametrize(
    ("fault", "points"),
    [
        ({"kind": "cut", "when": "after"}, 1),
        ({"kind": "act_then_status", "status": 503}, 1),
        ({"kind": "cut", "when": "before"}, 0),
        ({"kind": "status", "status": 502}, 0),
    ],
    ids=["happened-cut", "happened-503", "did-not-cut", "did-not-502"],
)
def test_a_touch_point_whose_answer_was_lost_is_left_to_a_person(
    tmp_path: Path, fault: dict[str, Any], points: int
) -> None:
    """Act-On shows no touch points, so nobody can tell, and sending again could double it."""

    async def story(rig: Rig) -> None:
        contact = await stage(rig)
        await rig.fault(vendor="acton", method="POST", path=TOUCH, fault=fault)
        async with rig.serving():
            await reply(rig, contact, "once")
            await rig.clock.sleep(3600)
        await rig.serve(2 * 3600)

        ((state, reason),) = await rig.states()
        assert state == "uncertain"
        assert reason.startswith("touch_point: nobody can tell whether it happened")
        assert len(notes(rig)) == points
        sent = [one for one in rig.transport.sent if one.path.endswith("/customevents/fact")]
        assert len(sent) == 1

    play(tmp_path, story)


def test_a_lost_update_of_the_record_is_repeated_until_it_is_done(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        contact = await stage(rig)
        cut = {"kind": "cut", "when": "after"}
        await rig.fault(vendor="acton", method="PUT", path="/record$", fault=cut, times=3)
        async with rig.serving():
            await reply(rig, contact, "once")
            await rig.clock.sleep(900)

        assert await rig.states() == [("done", "")]
        assert notes(rig) == ["once"]
        assert len({str(one["content"]) for one in rig.effects("record.updated")}) == 1
        (record,) = rig.world.acton.default_list.records.values()
        assert record.values["Last Reply"] == "SMS"

    play(tmp_path, story)
