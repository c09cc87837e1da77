"""Webhooks that are doubled, dropped, late or out of order: all by the seed, all to be seen."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from dragoman.kernel import jsons
from tests.http.virtual import run
from tests.simulator.conftest import Rig
from tests.simulator.hooks import Hooks

MANY = 200


def burst(folder: Path, **faults: Any) -> Hooks:
    """Many replies at once, until all is sent that is to be sent."""
    folder.mkdir(exist_ok=True)
    hooks = Hooks(folder)

    async def story() -> None:
        async with hooks.open(**faults):
            for number in range(MANY):
                hooks.reply(str(number))
            await hooks.settle()

    run(story())
    return hooks


def texts(hooks: Hooks) -> list[int]:
    return [int(jsons.decode(one.body)["body"]) for one in hooks.taken]


def test_without_faults_each_comes_once_and_in_order(tmp_path: Path) -> None:
    hooks = burst(tmp_path)

    assert texts(hooks) == list(range(MANY))


def test_some_are_doubled_and_listed_as_such(tmp_path: Path) -> None:
    hooks = burst(tmp_path, double=0.3)

    doubled = [one for one in hooks.deliveries if one.copies == 2]
    assert len(hooks.taken) == MANY + len(doubled)
    assert 0.2 < len(doubled) / MANY < 0.4
    for one in doubled:
        assert [taken.body for taken in hooks.taken].count(one.body) == 2
    assert hooks.world.webhooks.deliveries.counts()["doubled"] == len(doubled)


def test_some_are_dropped_and_listed_as_such(tmp_path: Path) -> None:
    hooks = burst(tmp_path, drop=0.3)

    dropped = {one.body for one in hooks.deliveries if one.state == "dropped"}
    assert 0.2 < len(dropped) / MANY < 0.4
    assert {one.body for one in hooks.taken} & dropped == set()
    assert len(hooks.taken) + len(dropped) == MANY


def test_the_late_ones_keep_the_time_at_which_they_happened(tmp_path: Path) -> None:
    hooks = burst(tmp_path, late=0.3, late_seconds=7200)

    late = [one for one in hooks.taken if one.at >= 7200]
    assert 0.2 < len(late) / MANY < 0.4
    assert len({jsons.decode(one.body)["timestamp"] for one in hooks.taken}) == 1


def test_shuffled_ones_come_out_of_order_and_none_is_missing(tmp_path: Path) -> None:
    hooks = burst(tmp_path, shuffle_seconds=5)

    assert texts(hooks) != list(range(MANY))
    assert sorted(texts(hooks)) == list(range(MANY))
    assert max(one.at for one in hooks.taken) <= 5


def test_the_seed_decides(tmp_path: Path) -> None:
    faults = {"double": 0.2, "drop": 0.2, "late": 0.2, "shuffle_seconds": 9}
    first, second = (burst(tmp_path / name, **faults) for name in ("a", "b"))

    assert [(one.at, one.body) for one in first.taken] == [
        (one.at, one.body) for one in second.taken
    ]


def test_a_dropped_one_can_be_sent_by_hand(tmp_path: Path) -> None:
    hooks = Hooks(tmp_path)

    async def story() -> None:
        async with hooks.open(drop=1):
            delivery = hooks.reply()
            assert delivery.state == "dropped"
            hooks.world.webhooks.resend(delivery)
            await asyncio.sleep(1)
            assert [one.status for one in delivery.attempts] == [200]

    run(story())


async def test_faults_are_set_whole_and_mended_by_nothing(rig: Rig) -> None:
    path = "/control/webhooks/faults"
    await rig.control.post(path, {"double": 1})
    second = (await rig.control.post(path, {"drop": 0.5})).body["faults"]
    mended = (await rig.control.post(path)).body["faults"]
    shown = (await rig.control.get("/control/webhooks")).body["faults"]

    assert (second["double"], second["drop"]) == (0.0, 0.5)
    assert mended == shown
    assert {shown[name] for name in ("double", "drop", "late", "shuffle_seconds")} == {0.0}


@pytest.mark.parametrize(
    ("path", "body", "sentence"),
    [
        ("/control/webhooks/faults", {"double": 2}, "double"),
        ("/control/webhooks/faults", {"halve": 1}, "halve"),
        ("/control/webhooks/resend", {"webhook_id": "none"}, "no delivery none"),
        ("/control/webhooks", {}, "url"),
    ],
)
async def test_what_does_not_fit_is_refused(
    rig: Rig, path: str, body: dict[str, Any], sentence: str
) -> None:
    reply = await rig.control.post(path, body)

    assert reply.status in (400, 404)
    assert sentence in reply.body["error"]
