"""Programs that ask twice: the same key is the same call, whatever happened in between."""

import asyncio
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.engine.points import Crash, CrashAt
from tests.engine.programs import EVERYTHING, SEND, Desk, Program, told
from tests.engine.rig import Rig, play

POINTS = ["request.stored", "consent.asked", "call.intended", "call.answered", "run.finished"]
DAY = 86_400


def test_without_a_key_each_request_is_a_call(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        desk = Desk(rig)
        await desk.prepare()
        async with desk.at_work() as program:
            answers = [await desk.send(program, "") for _ in range(2)]

        assert [one.status for one in answers] == [200, 200]
        assert desk.sent == 2

    play(tmp_path, story)


def test_the_points_are_those_of_a_call(tmp_path: Path) -> None:
    """If a call comes to pass other points, the list above must grow."""

    async def story(rig: Rig) -> None:
        desk, watch = Desk(rig), CrashAt()
        await desk.prepare()
        async with desk.at_work(watch) as program:
            await desk.send(program, "k")

        assert set(watch.reached) == set(POINTS)

    play(tmp_path, story)


@pytest.mark.parametrize("point", POINTS)
def test_who_asks_again_after_a_crash_gets_the_same_call(tmp_path: Path, point: str) -> None:
    async def story(rig: Rig) -> None:
        desk = Desk(rig)
        await desk.prepare()
        await _crashed(desk, point, 1)
        async with desk.at_work() as program:
            again = await desk.send(program, "k")

        assert again.status == 200
        assert again.headers["idempotency-replayed"] == "true"
        assert told(again)["output"]["messageId"]
        assert desk.sent == 1
        assert await rig.states() == [("done", "")]

    play(tmp_path, story)


async def _crashed(desk: Desk, point: str, count: int) -> None:
    """Ask, and have the process end at a point, wherever it is that the point is reached."""
    with suppress(Crash):
        async with desk.at_work(CrashAt(point, count)) as program:
            await desk.send(program, "k", wait=60)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(POINTS), max_size=4))
def test_any_row_of_crashes_sends_once(
    tmp_path_factory: pytest.TempPathFactory, crashes: list[str]
) -> None:
    async def story(rig: Rig) -> None:
        desk = Desk(rig)
        await desk.prepare()
        for point in crashes:
            await _crashed(desk, point, 1)
        async with desk.at_work() as program:
            last = await desk.send(program, "k")

        assert last.status in {200, 424}
        assert len(await rig.runs()) == 1
        assert desk.sent == 1
        if last.status == 424:  # where nobody could tell, a person decides
            assert told(last)["state"] == "uncertain"

    play(tmp_path_factory.mktemp("requests"), story)


def test_many_who_ask_at_once_under_one_key_get_one_call(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        desk = Desk(rig)
        await desk.prepare()
        async with desk.at_work() as program:
            keys = ["k", "k", "other", "k", "k"]
            answers = await asyncio.gather(*(desk.send(program, key) for key in keys))

        assert {one.status for one in answers} == {200}
        runs = [told(one)["run"] for one in answers]
        assert len(set(runs)) == 2
        assert len({run for run, key in zip(runs, keys, strict=True) if key == "k"}) == 1
        assert sum("idempotency-replayed" in one.headers for one in answers) == 3
        assert desk.sent == 2
        assert len(await rig.events()) == len(await rig.runs()) == 2

    play(tmp_path, story)


def test_a_key_stands_for_one_request(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        desk = Desk(rig)
        await desk.prepare()
        async with desk.at_work() as program:
            first = await desk.send(program, "k")
            other = await desk.send(program, "k", "Something else")
            another = await desk.tag(program, "k", desk.contact)

        assert [one.status for one in (first, other, another)] == [200, 422, 422]
        assert "Idempotency-Key" in told(other)["detail"]
        assert told(other)["fix"]
        assert desk.sent == 1
        assert len(await rig.runs()) == 1

    play(tmp_path, story)


def test_a_key_belongs_to_a_token(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        desk = Desk(rig)
        await desk.prepare()
        second = await desk.issue("second", *EVERYTHING)
        async with desk.at_work() as program:
            mine = told(await desk.send(program, "k"))
            theirs = told(await desk.send(Program(program.parts, second), "k"))

        assert mine["run"] != theirs["run"]
        assert desk.sent == 2

    play(tmp_path, story)


def test_what_is_refused_before_a_run_uses_no_key_up(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        desk = Desk(rig)
        await desk.prepare()
        async with desk.at_work() as program:
            wrong = await program.call(SEND, {"contactId": desk.contact}, "k")
            dots = await desk.tag(program, "k", "..")
            right = await desk.send(program, "k")

        assert [one.status for one in (wrong, dots, right)] == [422, 422, 200]
        assert len(await rig.runs()) == 1

    play(tmp_path, story)


def test_who_does_not_want_to_wait_looks_later(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        desk = Desk(rig)
        await desk.prepare()
        held = {"kind": "stall", "when": "before", "seconds": 20}
        await rig.fault(vendor="highlevel", path="/conversations/messages", fault=held)
        other = await desk.issue("other", *EVERYTHING)
        async with desk.at_work() as program:
            first = await desk.send(program, "k", wait=1)
            where = first.headers["location"].removeprefix("/api/v1/")
            foreign = await Program(program.parts, other).ask("GET", where)
            joined = await desk.send(program, "k")
            later = await program.ask("GET", where)

        assert (first.status, told(first)["state"]) == (202, "running")
        assert foreign.status == 403
        assert "runs:read" in told(foreign)["detail"]
        assert (joined.status, told(joined)["run"]) == (200, told(first)["run"])
        assert told(later)["state"] == "done"
        assert told(later)["output"] == told(joined)["output"]
        assert desk.sent == 1

    play(tmp_path, story)


def test_who_may_see_all_runs_sees_no_outputs(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        desk = Desk(rig)
        await desk.prepare()
        watcher = await desk.issue("watcher", "runs:read")
        async with desk.at_work() as program:
            made = await desk.send(program, "k")
            where = made.headers["location"].removeprefix("/api/v1/")
            seen = told(await Program(program.parts, watcher).ask("GET", where))

        assert (seen["state"], seen["output"]) == ("done", None)
        assert [one["operation"] for one in seen["steps"]] == [SEND]

    play(tmp_path, story)


def test_a_stop_is_no_success(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        desk = Desk(rig)
        await desk.prepare()
        async with desk.at_work() as program:
            refused = await desk.tag(program, "k", "nobody")
            again = await desk.tag(program, "k", "nobody")

        assert refused.status == again.status == 424
        assert told(refused) == told(again)
        assert (told(refused)["code"], told(refused)["state"]) == ("run_dead", "dead")
        assert told(refused)["run"] in told(refused)["fix"]

    play(tmp_path, story)


def test_keys_are_forgotten_after_ninety_days(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        desk = Desk(rig)
        await desk.prepare()
        async with desk.at_work() as program:
            first = told(await desk.send(program, "k"))
        for days, kept in ((89, 1), (2, 0)):
            await rig.clock.sleep(days * DAY)
            async with rig.open() as parts:
                await parts.service._housekeeper.tidy()
            found = await rig.rows("tokens.all")
            rows = await rig.rows("keys.get", caller=found[0][0], key="k")
            assert len(rows) == kept
        assert await rig.rows("runs.get", id=first["run"])

    play(tmp_path, story)
