"""SIGKILL of a real service while webhooks come: what was acknowledged is not lost, and what cannot
be repeated is not doubled.
"""

import signal
from collections import Counter
from pathlib import Path

import pytest

from dragoman.kernel.chance import SeededChance
from dragoman.simulator.highlevel.records import Contact
from dragoman.simulator.webhooks.faults import WebhookFaults
from tests.kill.stage import OPEN, Stage, ended, recipe

REPLY = "conversation-activity-to-act-on"
POINTS = ["hook.stored:1", "hook.sorted:1", "call.answered:2"]
UNCLEAR = "call.answered:3"
"""After the touch point, of which nobody can tell whether it is there."""
SOON = {"webhook_time_scale": 0.02}

KILLS = 3
REPEATABLE = """
flow: burst
on: highlevel.message.received
steps:
  - id: record
    call: acton.records.upsert
    input:
      listid: l-0042
      email: "{{ event.data.from }}"
      record: {Last Reply: "{{ event.data.body }}"}
  - id: tag
    call: highlevel.contacts.add_tags
    input: {contactId: "{{ event.data.contact_id }}", tags: ["{{ event.data.body }}"]}
"""


@pytest.mark.slow
@pytest.mark.parametrize("point", [*POINTS, UNCLEAR])
async def test_a_kill_in_the_middle_of_a_reply_changes_nothing_in_the_end(
    tmp_path: Path, point: str
) -> None:
    async with Stage(tmp_path, recipe(REPLY), **SOON) as stage:
        await stage.subscribe()
        killed = await stage.serve(crash_at=point)
        await stage.listening(killed)
        stage.reply(stage.known("bo@example.com"), "once")
        assert await ended(killed) == -signal.SIGKILL
        service = await stage.serve()
        states = await stage.until(lambda states: len(states) == 1 and not OPEN & set(states))

        assert await stage.end(service) == 0
        assert states == ["uncertain" if point == UNCLEAR else "done"]
        assert [one["content"]["note"] for one in stage.effects("touchpoint.added")] == ["once"]
        assert len(stage.effects("record.inserted")) == 1
        assert len(await stage.messages()) == 1


@pytest.mark.slow
@pytest.mark.timeout(300)
async def test_a_burst_of_2000_ends_as_if_nothing_had_been(tmp_path: Path) -> None:
    """All effects are such as may be repeated: the vendors must show exactly what was written."""
    async with Stage(tmp_path, REPEATABLE, **SOON) as stage:
        people = await burst(stage, people=50, replies=40)

        assert Counter(await stage.states()) == {"done": 2000}
        tags = {f"reply {number}" for number in range(40)}
        assert [len(one.tags) for one in people] == [40] * 50
        assert all(set(one.tags) == tags for one in people)
        updates = {
            (one["subject"]["email"], one["content"]["Last Reply"])
            for effect in ("record.inserted", "record.updated")
            for one in stage.effects(effect)
        }
        assert updates == {(one.email, tag) for one in people for tag in tags}


@pytest.mark.slow
@pytest.mark.timeout(300)
async def test_a_burst_of_touch_points_doubles_none(tmp_path: Path) -> None:
    """None of them can be looked up: each that a kill fell upon is left to a person."""
    async with Stage(tmp_path, recipe(REPLY), **SOON) as stage:
        await burst(stage, people=20, replies=10)

        states = Counter(await stage.states())
        there = Counter((one["subject"]["email"], one["content"]["note"])
                        for one in stage.effects("touchpoint.added"))  # fmt: skip
        assert set(there.values()) == {1}
        assert states.keys() <= {"done", "uncertain"}
        assert states["done"] <= len(there) <= states["done"] + states["uncertain"] == 200


async def burst(stage: Stage, people: int, replies: int) -> list[Contact]:
    """Many people write at once, and the service is killed in the middle of it, again and again.

    Webhooks come twice, out of order, and again where nobody answered, until all is over.
    """
    await stage.subscribe()
    stage.simulators.world.webhooks.faults = WebhookFaults(double=0.1, shuffle_seconds=1.0)
    everybody = [stage.known(f"bo{number}@example.com") for number in range(people)]
    service = await stage.serve()
    await stage.listening(service)
    for number in range(replies):
        for contact in everybody:
            stage.reply(contact, f"reply {number}")
    chance = SeededChance(3)
    written = len(stage.deliveries)
    assert written == people * replies
    for kill in range(KILLS):
        wanted = round(written * (kill + 0.2 + 0.6 * chance.fraction()) / KILLS)

        async def so_far(wanted: int = wanted) -> bool:
            return stage.acknowledged() >= wanted

        await stage.becomes(so_far)
        service.kill()
        await ended(service)
        assert stage.acknowledged() < written, "the burst was over before the kill"
        assert await stage.missing() == set()
        service = await stage.serve()
        await stage.listening(service)
    await stage.until(lambda states: len(states) == written and not OPEN & set(states), 200)
    assert await stage.end(service) == 0
    assert stage.acknowledged() == written
    messages = stage.simulators.world.highlevel.messages
    assert sorted(await stage.messages()) == sorted(messages)
    return everybody
