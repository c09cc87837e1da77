"""Everything that is added is found once, however the pages fall and whenever the poller dies."""

from pathlib import Path
from typing import Any

import pytest

from tests.engine.points import CrashAt
from tests.engine.rig import LIST, START, Rig, bo, play

OTHER = """
flow: also-note
on: acton.contact.added
with: {list: l-0042}
steps:
  - id: note
    map: {who: "{{ event.data.email }}"}
"""


def people(count: int, **more: Any) -> list[dict[str, Any]]:
    return [bo(number, **more) for number in range(1, count + 1)]


@pytest.mark.parametrize("unit", ["ms", "s"])
def test_200_contacts_of_one_moment_across_page_borders_are_each_found_once(
    tmp_path: Path, unit: str
) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare(arm=False)
        await rig.arm(OTHER)
        async with rig.serving():
            await rig.clock.sleep(12)
            await rig.add(*people(200, created=START + 11_000))
            await rig.clock.sleep(60)

        events = await rig.events()
        assert len(events) == 200
        assert len({event.data["email"] for event in events}) == 200
        assert {state for state, _ in await rig.states()} == {"done"}

    play(tmp_path, story, acton_page_maximum=64, time_unit=unit)


@pytest.mark.parametrize("point", ["poll.found", "poll.stored"])
def test_a_poller_killed_between_finding_and_storing_misses_and_doubles_nothing(
    tmp_path: Path, point: str
) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare(arm=False)
        await rig.arm(OTHER)
        await rig.serve(7)
        await rig.add(*people(30))
        for count in (1, 2, 3):
            await rig.serve(20, CrashAt(point, count))
        await rig.serve(20)

        assert [event.data["email"] for event in await rig.events()] == [
            one["email"] for one in people(30)
        ]
        assert len(await rig.runs()) == 30

    play(tmp_path, story)


def test_what_was_added_while_nothing_ran_is_found_after_the_start(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare(arm=False)
        await rig.arm(OTHER)
        await rig.serve(30)
        for number in range(1, 6):
            await rig.clock.sleep(6 * 3600)
            await rig.add(bo(number))
        await rig.clock.sleep(24 * 3600)
        await rig.serve(30)

        assert [event.data["email"] for event in await rig.events()] == [
            f"bo{number}@example.com" for number in range(1, 6)
        ]

    play(tmp_path, story)


def test_rows_that_vanish_between_pages_take_no_other_with_them(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare(arm=False)
        await rig.arm(OTHER)
        await rig.serve(7)
        ids = await rig.add(*people(100))

        async def shrink() -> None:
            while len([c for c in rig.world.calls.entries if c["vendor"] == "acton"]) < 4:
                await rig.clock.sleep(0.01)
            for record in ids[:10]:
                path = f"/control/acton/lists/{LIST}/contacts/{record}"
                await rig.control("DELETE", path)

        async with rig.serving():
            await shrink()
            await rig.clock.sleep(120)

        found = {event.data["record_id"] for event in await rig.events()}
        assert found >= set(ids[10:])

    play(tmp_path, story, acton_page_maximum=20)


def test_two_flows_share_one_source_and_each_gets_its_run(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare()
        await rig.arm(OTHER)
        async with rig.serving():
            await rig.add(bo())
            await rig.clock.sleep(60)

        assert sorted(run.flow for run in await rig.runs()) == ["also-note", "welcome-new-contact"]
        assert len(await rig.events()) == 1
        polls = [one for one in rig.world.calls.entries if one["path"].endswith(LIST)]
        assert len(polls) < 20

    play(tmp_path, story)


def test_a_list_of_another_name_starts_nothing(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare()
        made = await rig.control("POST", "/control/acton/lists", {"name": "Other"})
        async with rig.serving():
            path = f"/control/acton/lists/{made['list_id']}/contacts"
            await rig.control("POST", path, {"contacts": [bo()]})
            await rig.clock.sleep(60)

        assert await rig.events() == []

    play(tmp_path, story)


def test_a_source_that_fails_is_tried_again_and_loses_nothing(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare()
        down = {"kind": "html", "status": 503}
        await rig.fault(vendor="acton", method="GET", fault=down, times=8)
        async with rig.serving():
            await rig.add(bo())
            await rig.clock.sleep(3600)

        assert rig.sent_to() == ["bo@example.com"]

    play(tmp_path, story)
