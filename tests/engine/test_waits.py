"""Timers outlive the process; a paused flow holds its runs; a stop ends what is under way."""

from pathlib import Path

from dragoman.flows.reading import read as read_flow
from tests.engine.rig import RECIPE, Rig, bo, play

LATER = """
flow: later
on: acton.contact.added
with: {list: l-0042}
steps:
  - wait: 2h
  - id: contact
    call: highlevel.contacts.upsert
    input: {email: "{{ event.data.email }}"}
"""


def test_a_wait_goes_on_over_restarts_and_ends_on_time(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare(arm=False)
        await rig.arm(LATER)
        await rig.serve(4)
        await rig.add(bo())
        begun = rig.clock.now()
        for _ in range(3):
            await rig.serve(600)
            await rig.clock.sleep(900)
        assert rig.effects("contact.created") == []
        await rig.serve(2 * 3600)

        (made,) = rig.effects("contact.created")
        assert 0 <= made["at"] - begun - 2 * 3600 * 1000 < 30_000

    play(tmp_path, story, poll_every=60)


def test_a_wait_that_ended_while_nothing_ran_ends_at_the_start(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare(arm=False)
        await rig.arm(LATER)
        await rig.serve(4)
        await rig.add(bo())
        await rig.serve(30)
        await rig.clock.sleep(5 * 3600)
        await rig.serve(10)

        assert len(rig.effects("contact.created")) == 1

    play(tmp_path, story)


def test_a_paused_flow_holds_its_runs_and_an_armed_one_goes_on(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare()
        async with rig.serving() as parts:
            flow = read_flow(RECIPE.read_text(), "welcome.yaml", parts.world)
            await parts.service.pause(flow)
            await rig.add(bo(1), bo(2))
            await rig.clock.sleep(120)
            held = len(rig.sent_to())
            resumed = await parts.service.arm(flow)
            await rig.clock.sleep(120)

        assert (held, resumed) == (0, 2)
        assert sorted(rig.sent_to()) == ["bo1@example.com", "bo2@example.com"]

    play(tmp_path, story)


def test_a_pause_outlives_a_restart(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare()
        async with rig.serving() as parts:
            flow = read_flow(RECIPE.read_text(), "welcome.yaml", parts.world)
            await parts.service.pause(flow)
            await rig.add(bo(1))
            await rig.clock.sleep(60)
        await rig.serve(60)
        assert rig.sent_to() == []
        async with rig.serving() as parts:
            await rig.clock.sleep(10)
            assert await parts.service.arm(flow) == 1
            await rig.clock.sleep(60)

        assert rig.sent_to() == ["bo1@example.com"]

    play(tmp_path, story)


def test_a_stop_lets_the_call_under_way_end_and_records_it(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare()
        slow = {"kind": "stall", "when": "after", "seconds": 10}
        await rig.fault(vendor="highlevel", path="/conversations/messages$", fault=slow)
        await rig.serve(4)
        await rig.add(bo())
        await rig.serve(6)

        (run,) = await rig.runs()
        step = (await rig.steps(run))["welcome"]
        assert (run.state, step.state, step.reason) == ("running", "done", "")
        await rig.serve(30)
        assert rig.sent_to() == ["bo@example.com"]
        assert await rig.states() == [("done", "")]

    play(tmp_path, story)


def test_a_run_ends_on_the_version_it_began_with(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare(arm=False)
        await rig.arm(LATER)
        await rig.serve(4)
        await rig.add(bo(1))
        await rig.serve(30)
        more = 'input: {companyName: New, email: "{{'
        await rig.arm(LATER.replace("2h", "1h").replace('input: {email: "{{', more))
        await rig.add(bo(2))
        await rig.serve(4 * 3600)

        names = {one["subject"]["email"]: one["content"] for one in rig.effects("contact.created")}
        assert "companyName" not in names["bo1@example.com"]
        assert names["bo2@example.com"]["companyName"] == "New"

    play(tmp_path, story, poll_every=60)
