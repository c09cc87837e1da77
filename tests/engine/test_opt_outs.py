"""Everybody who opts out in Act-On is noticed once, whatever the list's filters mean."""

from pathlib import Path
from typing import Any

import pytest

from tests.engine.points import CrashAt
from tests.engine.rig import Rig, play

FLOW = """
flow: opted-out
on: acton.contact.opted_out
steps:
  - id: who
    map: {address: "{{ event.data.address }}", origin: "{{ event.data.origin }}"}
"""
OPT_OUTS = "/control/acton/optouts"


def address(number: int) -> str:
    return f"bo{number}@example.com"


async def opt_out(rig: Rig, *addresses: str, **more: Any) -> None:
    for one in addresses:
        await rig.control("POST", OPT_OUTS, {"email": one, **more})


async def addresses(rig: Rig) -> list[str]:
    return [event.data["address"] for event in await rig.events()]


@pytest.mark.parametrize("unit", ["ms", "s"])
@pytest.mark.parametrize("page", [64, 1000])
def test_200_opt_outs_of_one_moment_are_each_found_once_though_the_poller_dies(
    tmp_path: Path, unit: str, page: int
) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare(arm=False)
        await rig.arm(FLOW)
        await rig.serve(7)
        await opt_out(rig, *map(address, range(200)))
        for point in ("poll.found", "poll.stored"):
            await rig.serve(20, CrashAt(point))
        await rig.serve(30)

        events = await rig.events()
        assert len({event.time for event in events}) == 1
        assert sorted(await addresses(rig)) == sorted(map(address, range(200)))
        assert {event.state for event in events} == {"routed"}
        assert len(await rig.runs()) == 200

    play(tmp_path, story, suppression_time_unit=unit, acton_page_maximum=page)


@pytest.mark.parametrize("unit", ["ms", "s"])
def test_who_was_out_before_the_arming_is_known_and_starts_nothing(
    tmp_path: Path, unit: str
) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare(arm=False)
        await opt_out(rig, address(1))
        await rig.clock.sleep(30)
        await rig.arm(FLOW)
        await rig.serve(10)
        await opt_out(rig, address(2))
        await rig.serve(20)

        assert [(event.data["address"], event.state) for event in await rig.events()] == [
            (address(1), "skipped"),
            (address(2), "routed"),
        ]

    play(tmp_path, story, suppression_time_unit=unit)


def test_who_opted_out_while_nothing_ran_is_found_after_the_start(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare(arm=False)
        await rig.arm(FLOW)
        await rig.serve(30)
        for number in range(1, 4):
            await rig.clock.sleep(6 * 3600)
            await opt_out(rig, address(number))
        await rig.clock.sleep(24 * 3600)
        await rig.serve(30)

        assert await addresses(rig) == [address(1), address(2), address(3)]

    play(tmp_path, story)


def test_whoever_is_let_in_and_goes_again_has_opted_out_twice(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare(arm=False)
        await rig.arm(FLOW)
        await rig.serve(7)
        await opt_out(rig, "Bo@Example.com", origin="Unsubscribe link")
        await rig.serve(20)
        await rig.control("DELETE", f"{OPT_OUTS}/bo@example.com")
        await opt_out(rig, "bo@example.com")
        await rig.serve(20)

        first, second = await rig.events()
        assert (first.data["email"], first.data["origin"]) == ("Bo@Example.com", "Unsubscribe link")
        assert first.subject == second.subject == "contact/bo@example.com"
        assert first.id != second.id

    play(tmp_path, story)


def test_people_who_come_back_while_pages_are_read_hide_nobody(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare(arm=False)
        await rig.arm(FLOW)
        await rig.serve(7)
        await opt_out(rig, *map(address, range(100)))
        rig.world.calls.entries.clear()

        async with rig.serving():
            while len([one for one in rig.world.calls.entries if one["vendor"] == "acton"]) < 4:
                await rig.clock.sleep(0.01)
            for number in range(10):
                await rig.control("DELETE", f"{OPT_OUTS}/{address(number)}")
            await rig.clock.sleep(60)

        assert set(await addresses(rig)) >= set(map(address, range(10, 100)))

    play(tmp_path, story, acton_page_maximum=20)
