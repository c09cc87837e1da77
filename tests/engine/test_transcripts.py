"""What a vendor makes later is waited for: over restarts, out of others' way, and not for ever."""

from pathlib import Path
from typing import Any

import pytest

from dragoman.engine.runs import RunRow
from dragoman.flows.reading import read as read_flow
from tests.engine.people import known, ring
from tests.engine.rig import Rig, bo, play

TRANSCRIPT = """
flow: transcript
on: acton.contact.added
with: {list: l-0042}
steps:
  - id: transcript
    call: highlevel.messages.transcription
    input: {messageId: MESSAGE}
  - id: said
    map:
      ready: "{{ steps.transcript.ready }}"
      turns: "{{ steps.transcript.turns }}"
"""
NOTE = """
flow: NAME
on: acton.contact.added
with: {list: l-0042}
steps:
  - id: note
    map: {who: "{{ event.data.email }}"}
"""
WHY = "HighLevel has not made it yet"


async def begun(rig: Rig, **asked: Any) -> None:
    """Somebody has called, and a flow asks for the transcript."""
    await rig.prepare(arm=False)
    message = await ring(rig, await known(rig, "caller@example.com"), **asked)
    await rig.arm(TRANSCRIPT.replace("MESSAGE", message))


def asked(rig: Rig) -> int:
    return sum(one.path.endswith("/transcription") for one in rig.transport.sent)


async def run_of(rig: Rig, flow: str) -> RunRow:
    return next(run for run in await rig.runs() if run.flow == flow)


@pytest.mark.parametrize("shape", ["list", "wrapped", "single"])
def test_a_transcript_that_comes_later_is_waited_for(tmp_path: Path, shape: str) -> None:
    async def story(rig: Rig) -> None:
        await begun(rig, transcript_after_seconds=100)
        await rig.serve(4)
        await rig.add(bo())
        await rig.serve(20)
        run = await run_of(rig, "transcript")
        assert (run.state, run.reason) == ("waiting", WHY)
        waiting = (await rig.steps(run))["transcript"]
        assert (waiting.state, waiting.reason, waiting.attempts) == ("waiting", WHY, 0)
        early = asked(rig)
        await rig.serve(600)

        run = await run_of(rig, "transcript")
        steps = await rig.steps(run)
        assert run.state == "done"
        assert steps["transcript"].attempts == 1
        assert steps["transcript"].reason == ""
        assert steps["said"].output["ready"] is True
        assert "I was charged twice" in str(steps["said"].output["turns"])
        # None of it was a failure, and the pauses grow: in 80 seconds about as many as in 20.
        assert await rig.tries(run) == []
        assert asked(rig) - early <= early + 2
        assert asked(rig) < 25

    play(tmp_path, story, transcript_shape=shape)


def test_the_wait_goes_on_over_restarts_from_where_it_began(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await begun(rig, transcript_after_seconds=1200)
        await rig.serve(4)
        await rig.add(bo())
        await rig.serve(100)
        await rig.clock.sleep(300)
        await rig.serve(100)
        assert (await rig.states()) == [("waiting", WHY)]
        await rig.clock.sleep(900)
        await rig.serve(30)

        assert await rig.states() == [("done", "")]

    play(tmp_path, story)


def test_after_an_hour_the_answer_stands_as_it_is(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await begun(rig, turns=())
        await rig.serve(4)
        await rig.add(bo())
        begun_at = rig.clock.now()
        await rig.serve(1800)
        await rig.serve(1790)
        assert (await rig.states()) == [("waiting", WHY)]
        await rig.serve(60)

        run = await run_of(rig, "transcript")
        step = (await rig.steps(run))["transcript"]
        assert run.state == "done"
        assert step.output == {"ready": False, "segments": [], "turns": [], "text": ""}
        assert step.finished_at
        assert 3600 <= (step.finished_at - begun_at) / 1000 < 3620

    play(tmp_path, story, poll_every=600)


def test_a_service_that_was_down_for_longer_asks_once_more(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await begun(rig, transcript_after_seconds=7200)
        await rig.serve(4)
        await rig.add(bo())
        await rig.serve(20)
        await rig.clock.sleep(7200)
        await rig.serve(20)

        step = (await rig.steps(await run_of(rig, "transcript")))["transcript"]
        assert step.output["ready"] is True

    play(tmp_path, story)


def test_a_vendor_in_trouble_is_told_apart_from_one_that_has_yet_to_make_it(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await begun(rig, transcript_after_seconds=60)
        down = {"kind": "status", "status": 503}
        await rig.fault(vendor="highlevel", path="/transcription$", fault=down, skip=2, times=3)
        async with rig.serving():
            await rig.add(bo())
            await rig.clock.sleep(900)

        run = await run_of(rig, "transcript")
        assert run.state == "done"
        assert len(await rig.tries(run)) == 3
        assert (await rig.steps(run))["transcript"].output["ready"] is True

    play(tmp_path, story)


def test_other_runs_of_the_same_person_do_not_wait_for_it(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await begun(rig, transcript_after_seconds=3000)
        for name in ("before", "zafter"):
            await rig.arm(NOTE.replace("NAME", name))
        held = NOTE.replace("NAME", "zheld")
        async with rig.serving() as parts:
            flow = read_flow(held, "held.yaml", parts.world)
            await parts.service.arm(flow)
            await parts.service.pause(flow)
            await rig.add(bo())
            await rig.clock.sleep(60)
        states = {run.flow: run.state for run in await rig.runs()}
        assert states == {
            "transcript": "waiting", "before": "done", "zafter": "done", "zheld": "waiting",
        }  # fmt: skip

        # Nor do they after a restart, when all that is known of it lies on disk.
        async with rig.serving() as parts:
            await parts.service.arm(read_flow(held, "held.yaml", parts.world))
            await rig.clock.sleep(1)
        states = {run.flow: run.state for run in await rig.runs()}
        assert (states["transcript"], states["zheld"]) == ("waiting", "done")

    play(tmp_path, story)
