"""The service may end at any point: the next one goes on, and the vendors' ledger shows each effect
once. A crash here is a named point that raises; tests/kill does the same with SIGKILL.
"""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.engine.points import CrashAt
from tests.engine.rig import Rig, bo, play

POINTS = [
    *(("poll.found", count) for count in (1, 2)),
    *(("poll.stored", count) for count in (1, 2)),
    ("intake.routed", 1),
    *(("call.intended", count) for count in range(1, 6)),
    *(("call.answered", count) for count in range(1, 5)),
    ("consent.asked", 1),
    ("run.finished", 1),
]


def _as_told(rig: Rig, people: int = 1) -> None:
    everybody = [bo(number)["email"] for number in range(1, people + 1)]
    assert sorted(rig.sent_to()) == sorted(everybody)
    created = [one["subject"]["email"] for one in rig.effects("contact.created")]
    assert sorted(created) == sorted(everybody)
    assert len(rig.effects("conversation.created")) == people


def test_the_points_are_those_of_the_welcome_flow(tmp_path: Path) -> None:
    """If the flow comes to pass other points, the list above must grow."""

    async def story(rig: Rig) -> None:
        await rig.prepare()
        watch = CrashAt()
        await rig.serve(7, watch)
        await rig.add(bo(1))
        await rig.serve(60, watch)

        assert {name for name, _ in POINTS} == set(watch.reached)
        assert watch.reached.count("call.intended") == 5
        assert watch.reached.count("call.answered") == 4

    play(tmp_path, story, search_lag_seconds=2.0)


@pytest.mark.parametrize(("point", "count"), POINTS)
def test_a_crash_at_a_named_point_changes_nothing_in_the_end(
    tmp_path: Path, point: str, count: int
) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare()
        await rig.serve(4)
        await rig.add(bo(1))

        assert not await rig.serve(60, CrashAt(point, count))
        assert await rig.serve(120)

        _as_told(rig)
        assert await rig.states() == [("done", "")]

    play(tmp_path, story, search_lag_seconds=2.0)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(sorted({one for one, _ in POINTS})), st.integers(1, 9))))
def test_any_row_of_crashes_changes_nothing_in_the_end(
    tmp_path_factory: pytest.TempPathFactory, crashes: list[tuple[str, int]]
) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare()
        await rig.serve(4)
        await rig.add(bo(1), bo(2), bo(3))
        for point, count in crashes:
            await rig.serve(30, CrashAt(point, count))
        await rig.serve(300)

        states = [state for state, _ in await rig.states()]
        assert len(states) == 3
        assert set(states) <= {"done", "uncertain"}
        # Where nobody could tell, a person decides; nowhere is anything doubled.
        assert len(set(rig.sent_to())) == len(rig.sent_to())
        assert len(rig.effects("contact.created")) == 3
        if "uncertain" not in states:
            _as_told(rig, 3)

    play(tmp_path_factory.mktemp("crashes"), story, search_lag_seconds=2.0)


def test_a_step_that_ends_the_service_each_time_is_given_up(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare()
        await rig.serve(4)
        await rig.add(bo(1))
        for _ in range(6):
            await rig.serve(60, CrashAt("call.intended"))
        await rig.serve(60)

        ((state, reason),) = await rig.states()
        assert state == "dead"
        assert "the service ended 5 times in the middle of it, 3 of them alone" in reason

    play(tmp_path, story)


def test_what_only_stood_near_is_not_given_up(tmp_path: Path) -> None:
    """The service ends six times while thirty runs are under way: none of them was at fault."""

    async def story(rig: Rig) -> None:
        await rig.prepare()
        await rig.serve(4)
        await rig.add(*map(bo, range(1, 31)))
        for count in (30, 25, 4, 6, 5, 7):
            await rig.serve(30, CrashAt("call.intended", count))
        await rig.serve(300)

        assert set(await rig.states()) == {("done", "")}

    play(tmp_path, story)
