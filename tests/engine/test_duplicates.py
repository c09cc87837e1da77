"""Webhooks come again and again, out of order and at the same time: one event and one run each."""

import asyncio
from collections import Counter
from pathlib import Path

from dragoman.kernel.chance import SeededChance
from tests.engine.people import disturb, known, reply
from tests.engine.rig import HOOKS, Rig, play

REPLIES, COPIES, AT_ONCE = 250, 10_000, 500
PEOPLE = 25
FAST = {"acton_limit": 1000, "acton_interval_ms": 1000}


async def signed(rig: Rig) -> list[tuple[dict[str, str], bytes]]:
    """What HighLevel would send of that many replies, though it never does by itself."""
    await disturb(rig, drop=1.0)
    people = [
        await known(rig, f"bo{number}@example.com", phone=f"+1415555{number:04d}")
        for number in range(PEOPLE)
    ]
    for number in range(REPLIES):
        await reply(rig, people[number % PEOPLE], f"reply {number}")
    hooks = rig.world.webhooks
    bodies = [one.body for one in hooks.deliveries.since(0) if one.type == "InboundMessage"]
    return [(hooks.signer.headers(rig.world.settings, body), body) for body in bodies]


def test_ten_thousand_copies_are_one_run_each(tmp_path: Path) -> None:
    chance = SeededChance(5)

    async def story(rig: Rig) -> None:
        await rig.prepare("conversation-activity-to-act-on")
        await rig.subscribe("InboundMessage")
        originals = await signed(rig)
        # Each at least once, the rest by chance; then in any order.
        copies = originals + [
            originals[int(chance.fraction() * REPLIES)] for _ in range(COPIES - REPLIES)
        ]
        copies.sort(key=lambda _: chance.fraction())
        async with rig.serving():
            for begin in range(0, COPIES, AT_ONCE):
                batch = copies[begin : begin + AT_ONCE]
                answers = await asyncio.gather(*(rig.doorstep.take(HOOKS, *one) for one in batch))
                assert set(answers) == {200}
                await rig.clock.sleep(0.1)
            await rig.clock.sleep(900)

        assert len(originals) == REPLIES
        assert len(await rig.events()) == REPLIES
        runs = await rig.runs()
        assert Counter(run.state for run in runs) == {"done": REPLIES}
        assert len({run.event for run in runs}) == REPLIES
        notes = Counter(one["content"]["note"] for one in rig.effects("touchpoint.added"))
        assert notes == {f"reply {number}": 1 for number in range(REPLIES)}

    play(tmp_path, story, **FAST)
