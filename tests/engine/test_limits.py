"""Storms of "wait": obeyed, not counted as failures, nothing lost and nothing doubled."""

from email.utils import formatdate
from pathlib import Path
from typing import Any

import pytest

from tests.engine.rig import START, Rig, bo, play


@pytest.mark.parametrize("retry_after", [None, 7, "soon", formatdate(START / 1000 + 60)])
def test_a_storm_of_429_is_sat_out(tmp_path: Path, retry_after: Any) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare()
        storm = {"kind": "429", "retry_after": retry_after}
        await rig.fault(vendor="highlevel", fault=storm, times=60)
        async with rig.serving():
            await rig.add(*(bo(number) for number in range(1, 6)))
            await rig.clock.sleep(4 * 3600)

        assert sorted(rig.sent_to()) == [f"bo{number}@example.com" for number in range(1, 6)]
        assert len(rig.effects("contact.created")) == 5
        assert {state for state, _ in await rig.states()} == {"done"}
        for run in await rig.runs():
            assert all(step.attempts <= 1 for step in (await rig.steps(run)).values())

    play(tmp_path, story, poll_every=120)


def test_nobody_goes_before_the_vendor_said(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare()
        storm = {"kind": "429", "retry_after": 120}
        await rig.fault(vendor="highlevel", path="/contacts/upsert", fault=storm)
        async with rig.serving():
            await rig.add(bo(1))
            await rig.clock.sleep(600)

        calls = [one["at"] for one in rig.world.calls.entries if one["vendor"] == "highlevel"]
        assert calls[1] - calls[0] >= 120_000
        assert rig.sent_to() == ["bo1@example.com"]

    play(tmp_path, story)


def test_the_vendors_windows_are_never_overrun(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare()
        async with rig.serving():
            await rig.add(*(bo(number) for number in range(1, 61)))
            await rig.clock.sleep(1800)

        assert len(set(rig.sent_to())) == len(rig.sent_to()) == 60
        assert 429 not in {one["status"] for one in rig.world.calls.entries}

    play(tmp_path, story)


def test_a_used_up_day_parks_the_runs_until_it_ends(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare()
        async with rig.serving():
            await rig.add(*(bo(number) for number in range(1, 6)))
            await rig.clock.sleep(3600)
            early = len(rig.sent_to())
            await rig.clock.sleep(2 * 24 * 3600)

        assert early < 5
        assert sorted(rig.sent_to()) == sorted(f"bo{number}@example.com" for number in range(1, 6))

    play(tmp_path, story, highlevel_daily_limit=30, access_token_seconds=10**7, poll_every=7200)
