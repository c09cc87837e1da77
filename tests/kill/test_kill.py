"""SIGKILL of a real service at every named point of the welcome flow, and at random moments."""

import signal
from pathlib import Path
from typing import Any

import pytest

from dragoman.kernel.chance import SeededChance
from tests.kill.stage import OPEN, Stage, ended

POINTS = [
    "poll.found:1", "poll.stored:1", "intake.routed:1", "call.intended:1", "call.answered:1",
    "call.intended:2", "call.answered:2", "call.intended:3", "call.intended:4", "call.answered:3",
    "call.intended:5", "call.answered:4", "consent.asked:1",
    "run.finished:1",
]  # fmt: skip


def person(number: int) -> dict[str, Any]:
    return {
        "email": f"bo{number}@example.com",
        "first_name": "Bo",
        "phone": f"(415) 555-{100 + number:04d}",
    }


@pytest.mark.slow
@pytest.mark.parametrize("point", POINTS)
async def test_a_kill_at_a_named_point_changes_nothing_in_the_end(
    tmp_path: Path, point: str
) -> None:
    async with Stage(tmp_path) as stage:
        await stage.add(person(1))
        killed = await stage.serve(crash_at=point)
        assert await ended(killed) == -signal.SIGKILL
        service = await stage.serve()
        states = await stage.until(lambda states: len(states) == 1 and not OPEN & set(states))

        assert await stage.end(service) == 0
        assert states == ["done"]
        for effect in ("contact.created", "conversation.created", "message.sent"):
            assert len(stage.effects(effect)) == 1
        assert {tuple(one["content"]["tags"]) for one in stage.effects("contact.tags_added")} == {
            ("welcomed",)
        }


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
async def test_kills_at_random_moments_lose_and_double_nothing(tmp_path: Path, seed: int) -> None:
    chance = SeededChance(seed)
    async with Stage(tmp_path) as stage:
        everybody = [person(number) for number in range(1, 31)]
        await stage.add(*everybody)
        for _ in range(6):
            service = await stage.serve()
            wanted = len(stage.simulators.world.ledger.entries) + 1 + int(chance.fraction() * 24)

            async def busy(wanted: int = wanted) -> bool:
                states = await stage.states()
                over = len(states) == len(everybody) and not OPEN & set(states)
                return over or len(stage.simulators.world.ledger.entries) >= wanted

            await stage.becomes(busy)
            service.kill()
            await ended(service)
        service = await stage.serve()
        states = await stage.until(lambda states: len(states) == 30 and not OPEN & set(states))
        await stage.end(service)

        sent = [one["subject"]["email"] for one in stage.effects("message.sent")]
        assert len(set(sent)) == len(sent)
        assert len(stage.effects("contact.created")) == 30
        assert set(states) <= {"done", "uncertain"}
        assert len(sent) + states.count("uncertain") >= 30


@pytest.mark.slow
async def test_a_second_service_in_the_same_folder_is_refused(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await stage.add(person(1))
        first = await stage.serve()
        await stage.until(lambda states: states == ["done"])
        second = await stage.serve()

        assert await ended(second) == 1
        assert "another Dragoman works in" in stage.log.read_text()
        assert await stage.end(first) == 0
