"""A call has ended: its transcript is scored, and an unhappy caller is routed, once."""

from pathlib import Path
from typing import Any

import pytest

from dragoman.cli.demo.calling import HAPPY, UNHAPPY
from tests.engine.people import disturb, known, ring
from tests.engine.rig import Rig, play

RECIPE = "call-sentiment-routing"
ROUTING = ["contact.updated", "workflow.contact_added", "contact.tags_added", "task.created"]
HOUR = 3600
NOT_YET = "HighLevel has not made it yet"


async def stage(rig: Rig) -> str:
    """Everything is ready for Bo to call; the contact's id."""
    await rig.prepare(RECIPE)
    await rig.subscribe()
    return await known(rig)


def titles(rig: Rig) -> list[str]:
    return [one["content"]["title"] for one in rig.effects("touchpoint.added")]


def routed_once(rig: Rig, contact: str) -> None:
    """An agent, a workflow, a tag, a task, and Act-On knows: one of each."""
    for effect in ROUTING:
        (entry,) = rig.effects(effect)
        assert entry["subject"]["contact_id"] == contact
    there = rig.world.highlevel.contacts[contact]
    assert there.fields["assignedTo"] == rig.env["care_agent"]
    assert there.active_workflows == [rig.env["care_workflow"]]
    assert there.tags == ["unhappy-caller"]
    (task,) = there.tasks.values()
    assert task.fields["assignedTo"] == rig.env["care_agent"]
    assert titles(rig) == ["Call: negative"]


def test_an_unhappy_caller_is_routed(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        contact = await stage(rig)
        async with rig.serving():
            await ring(rig, contact)
            await rig.clock.sleep(60)

        assert await rig.states() == [("done", "")]
        routed_once(rig, contact)
        (task,) = rig.effects("task.created")
        why = task["content"]["body"]
        assert why
        assert any(why in text for speaker, text in UNHAPPY if speaker == "caller")
        assert task["content"]["dueDate"] == "2027-01-16T08:00:00.000Z"

    play(tmp_path, story)


def test_a_happy_caller_is_left_alone_and_act_on_knows(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        contact = await stage(rig)
        async with rig.serving():
            await ring(rig, contact, HAPPY)
            await rig.clock.sleep(60)

        assert await rig.states() == [("done", "")]
        assert [entry["effect"] for entry in rig.world.ledger.entries] == ["touchpoint.added"]
        assert titles(rig) == ["Call: positive"]

    play(tmp_path, story)


@pytest.mark.parametrize("rule", ["any", "429"])
@pytest.mark.parametrize("direction", ["inbound", "outbound"])
def test_a_call_that_is_told_twice_out_of_order_and_late_is_routed_once(
    tmp_path: Path, rule: str, direction: str
) -> None:
    async def story(rig: Rig) -> None:
        contact = await stage(rig)
        await disturb(rig, double=1.0, shuffle_seconds=120.0, late=0.5, late_seconds=900.0)
        async with rig.serving():
            await ring(rig, contact, direction=direction)
            await rig.clock.sleep(HOUR)

        assert rig.doorstep.answers.count(200) >= 2
        assert await rig.states() == [("done", "")]
        routed_once(rig, contact)

    play(tmp_path, story, webhook_resends=rule)


def test_a_call_that_nobody_took_has_nothing_to_score(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        contact = await stage(rig)
        async with rig.serving():
            await ring(rig, contact, (), status="no-answer")
            await rig.clock.sleep(60)

        ((state, reason),) = await rig.states()
        assert (state, reason.split(":")[0]) == ("skipped", "where")
        assert rig.world.ledger.entries == []

    play(tmp_path, story)


def test_a_transcript_that_comes_late_is_waited_for(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        contact = await stage(rig)
        async with rig.serving():
            await ring(rig, contact, transcript_after_seconds=600)
            await rig.clock.sleep(590)
            assert await rig.states() == [("waiting", NOT_YET)]
            assert rig.world.ledger.entries == []
            await rig.clock.sleep(HOUR)

        assert await rig.states() == [("done", "")]
        routed_once(rig, contact)

    play(tmp_path, story)


def test_a_transcript_is_waited_for_over_restarts(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        contact = await stage(rig)
        async with rig.serving():
            await ring(rig, contact, transcript_after_seconds=600)
            await rig.clock.sleep(60)
        for _ in range(3):
            await rig.clock.sleep(120)
            await rig.serve(20)
            assert await rig.states() == [("waiting", NOT_YET)]
        await rig.serve(HOUR)

        assert await rig.states() == [("done", "")]
        routed_once(rig, contact)

    play(tmp_path, story)


@pytest.mark.parametrize("restart", [False, True])
def test_where_no_transcript_is_made_the_run_ends_in_words(
    tmp_path: Path, *, restart: bool
) -> None:
    async def story(rig: Rig) -> None:
        contact = await stage(rig)
        async with rig.serving():
            await ring(rig, contact, ())
            await rig.clock.sleep(0.98 * HOUR)
            assert await rig.states() == [("waiting", NOT_YET)]
            if not restart:
                await rig.clock.sleep(HOUR)
        await rig.clock.sleep(HOUR)
        await rig.serve(60)

        assert await rig.states() == [("skipped", "HighLevel made no transcript of this call")]
        assert rig.world.ledger.entries == []

    play(tmp_path, story)


def test_another_call_of_the_same_person_does_not_wait_for_the_first(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        contact = await stage(rig)
        async with rig.serving():
            await ring(rig, contact, HAPPY, transcript_after_seconds=1800)
            await rig.clock.sleep(60)
            await ring(rig, contact, transcript_after_seconds=5)
            await rig.clock.sleep(60)
            assert titles(rig) == ["Call: negative"]
            await rig.clock.sleep(HOUR)

        assert await rig.states() == [("done", ""), ("done", "")]
        assert titles(rig) == ["Call: negative", "Call: positive"]

    play(tmp_path, story)


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "cut", "when": "after"},
        {"kind": "act_then_status", "status": 503},
        {"kind": "empty"},
        {"kind": "cut", "when": "before"},
        {"kind": "status", "status": 502},
    ],
    ids=["happened-cut", "happened-503", "happened-empty", "did-not-cut", "did-not-502"],
)
@pytest.mark.parametrize(("step", "path"), [("workflow", "/workflow/"), ("task", "/tasks$")])
def test_a_lost_answer_is_looked_up_and_nothing_is_done_twice(
    tmp_path: Path, step: str, path: str, fault: dict[str, Any]
) -> None:
    happened = fault["kind"] in {"act_then_status", "empty"} or fault.get("when") == "after"

    async def story(rig: Rig) -> None:
        contact = await stage(rig)
        await rig.fault(vendor="highlevel", method="POST", path=path, fault=fault)
        async with rig.serving():
            await ring(rig, contact)
            await rig.clock.sleep(HOUR)

        assert await rig.states() == [("done", "")]
        routed_once(rig, contact)
        (run,) = await rig.runs()
        done = (await rig.steps(run))[step]
        assert done.reason == ("found by looking it up" if happened else "")
        assert done.lost == 1

    play(tmp_path, story, search_lag_seconds=10.0)
