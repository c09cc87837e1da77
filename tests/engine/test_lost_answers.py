"""A create whose answer is lost is looked up, repeated at most once, and never doubled blindly."""

from pathlib import Path
from typing import Any

import pytest

from tests.engine.rig import Rig, bo, play

SEND = "^/conversations/messages$"
UPSERT = "^/contacts/upsert$"
TAGS = "/tags$"

AFTER: list[dict[str, Any]] = [
    {"kind": "stall", "when": "after", "seconds": 100},
    {"kind": "cut", "when": "after"},
    {"kind": "act_then_status", "status": 503},
    {"kind": "empty"},
]
BEFORE: list[dict[str, Any]] = [
    {"kind": "stall", "when": "before", "seconds": 100, "then": "cut"},
    {"kind": "cut", "when": "before"},
    {"kind": "status", "status": 502},
    {"kind": "html", "status": 200},
]


@pytest.mark.parametrize("fault", AFTER, ids=lambda one: str(one["kind"]))
def test_a_message_that_was_sent_is_found_and_not_sent_again(
    tmp_path: Path, fault: dict[str, Any]
) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare()
        await rig.fault(vendor="highlevel", method="POST", path=SEND, fault=fault)
        async with rig.serving():
            await rig.add(bo())
            await rig.clock.sleep(600)

        assert rig.sent_to() == ["bo@example.com"]
        ((state, _),) = await rig.states()
        assert state == "done"
        step = (await rig.steps((await rig.runs())[0]))["welcome"]
        assert (step.state, step.reason) == ("done", "found by looking it up")
        assert step.identity == rig.effects("message.sent")[0]["subject"]["message_id"]

    play(tmp_path, story)


@pytest.mark.parametrize("fault", BEFORE, ids=lambda one: str(one["kind"]))
def test_a_message_that_was_not_sent_is_sent_once_after_the_vendor_had_time_to_show_it(
    tmp_path: Path, fault: dict[str, Any]
) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare()
        await rig.fault(vendor="highlevel", method="POST", path=SEND, fault=fault)
        async with rig.serving():
            await rig.add(bo())
            await rig.clock.sleep(600)

        assert rig.sent_to() == ["bo@example.com"]
        assert await rig.states() == [("done", "")]
        tries = [at for _, _, at, *_ in await rig.tries((await rig.runs())[0])]
        assert rig.effects("message.sent")[0]["at"] - tries[0] >= 15_000

    play(tmp_path, story)


def test_a_message_that_is_lost_twice_without_a_trace_is_left_to_a_person(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare()
        cut = {"kind": "cut", "when": "before"}
        await rig.fault(vendor="highlevel", method="POST", path=SEND, fault=cut, times=None)
        async with rig.serving():
            await rig.add(bo())
            await rig.clock.sleep(3600)

        assert rig.sent_to() == []
        ((state, reason),) = await rig.states()
        assert state == "uncertain"
        assert "2 tries, and no trace of any" in reason
        sends = [one for one in rig.transport.sent if one.path == "/conversations/messages"]
        assert len(sends) == 2

    play(tmp_path, story)


def test_a_vendor_that_shows_late_what_it_did_is_waited_for(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare()
        cut = {"kind": "stall", "when": "before", "seconds": 40}
        await rig.fault(vendor="highlevel", method="POST", path=SEND, fault=cut)
        async with rig.serving():
            await rig.add(bo())
            await rig.clock.sleep(600)

        assert rig.sent_to() == ["bo@example.com"]
        assert await rig.states() == [("done", "")]

    play(tmp_path, story)


def test_where_the_look_up_fails_for_long_nothing_is_sent_again(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare()
        cut = {"kind": "cut", "when": "before"}
        down = {"kind": "status", "status": 503}
        await rig.fault(vendor="highlevel", method="POST", path=SEND, fault=cut)
        async with rig.serving():
            await rig.fault(
                vendor="highlevel", method="GET", path="/conversations/search", fault=down,
                skip=1, times=None,
            )  # fmt: skip
            await rig.add(bo())
            await rig.clock.sleep(26 * 3600)

        assert rig.sent_to() == []
        ((state, reason),) = await rig.states()
        assert state == "uncertain"
        assert "503" in reason

    play(tmp_path, story, access_token_seconds=10**7, poll_every=1800)


@pytest.mark.parametrize(
    "fault", [*AFTER[:3], *BEFORE[:3]], ids=lambda one: f"{one['kind']}-{one.get('when', '')}"
)
@pytest.mark.parametrize("path", [UPSERT, TAGS])
def test_what_may_be_repeated_is_repeated_until_it_is_done(
    tmp_path: Path, path: str, fault: dict[str, Any]
) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare()
        await rig.fault(vendor="highlevel", method="POST", path=path, fault=fault, times=3)
        async with rig.serving():
            await rig.add(bo())
            await rig.clock.sleep(900)

        assert len(rig.effects("contact.created")) == 1
        assert rig.sent_to() == ["bo@example.com"]
        assert await rig.states() == [("done", "")]

    play(tmp_path, story)


def test_a_like_message_of_another_run_is_not_taken_for_ours(tmp_path: Path) -> None:
    """Two records of one person, the same words: the second send is lost before it happened."""

    async def story(rig: Rig) -> None:
        await rig.prepare()
        cut = {"kind": "cut", "when": "before"}
        await rig.fault(vendor="highlevel", method="POST", path=SEND, fault=cut, skip=1)
        async with rig.serving():
            await rig.add(bo())
            await rig.clock.sleep(30)
            await rig.add(bo())
            await rig.clock.sleep(600)

        assert rig.sent_to() == ["bo@example.com", "bo@example.com"]
        first, second = [(await rig.steps(run))["welcome"] for run in await rig.runs()]
        assert first.identity != second.identity
        assert {first.state, second.state} == {"done"}

    play(tmp_path, story)
