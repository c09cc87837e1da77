"""Tokens: one refresh for everybody, stored before use, and a lost one asks for a person."""

from pathlib import Path

import pytest

from tests.engine.points import CrashAt
from tests.engine.rig import Rig, bo, play


def rotations(rig: Rig) -> list[str]:
    return [entry["vendor"] for entry in rig.effects("token.rotated")]


@pytest.mark.parametrize("strict", [False, True])
def test_many_calls_with_an_expired_token_make_one_refresh(tmp_path: Path, *, strict: bool) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare(access_expired=True)
        async with rig.serving():
            await rig.add(*(bo(number) for number in range(1, 21)))
            await rig.clock.sleep(600)

        assert sorted(rotations(rig)) == ["acton", "highlevel"]
        assert len(set(rig.sent_to())) == len(rig.sent_to()) == 20

    play(tmp_path, story, strict_refresh=strict)


def test_tokens_are_refreshed_before_they_end(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare()
        async with rig.serving():
            await rig.clock.sleep(26 * 3600)
            await rig.add(bo())
            await rig.clock.sleep(1200)

        assert rotations(rig).count("highlevel") == 1
        assert 401 not in {one["status"] for one in rig.world.calls.entries}
        assert rig.sent_to() == ["bo@example.com"]

    play(tmp_path, story, poll_every=600)


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("point", ["token.intended", "token.answered", "token.stored"])
def test_a_crash_in_a_refresh_leaves_the_newest_pair_or_asks_for_a_person(
    tmp_path: Path, *, point: str, count: int, strict: bool
) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare(access_expired=True)
        await rig.add(bo(1))
        # The second account is refreshed when the first run reaches it.
        await rig.serve(4)
        await rig.add(bo(2))
        crashed = not await rig.serve(30, CrashAt(point, count))
        before = len(rig.world.calls.entries)
        await rig.serve(120)

        tokens = [one for one in list(rig.world.calls.entries)[before:] if "token" in one["path"]]
        assert len(tokens) <= 2
        async with rig.open() as parts:
            rows = await parts.journal.store.read("credentials.all")
        states = {row[0]: row[3] for row in rows}
        assert set(states.values()) <= {"connected", "needs-reauthorization"}
        lost = "needs-reauthorization" in states.values()
        assert lost <= (crashed and point == "token.answered")
        if not lost:
            assert "bo2@example.com" in rig.sent_to()

    play(tmp_path, story, strict_refresh=strict)


def test_runs_wait_for_a_lost_account_and_go_on_when_it_is_reconnected(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare()
        ended = {"client_id": rig.given["main"]["client_id"], "refresh": True}
        await rig.control("POST", "/control/credentials/end", ended)
        async with rig.serving():
            await rig.add(bo(1), bo(2))
            await rig.clock.sleep(3600)
            waiting = await parts_states(rig)
            refused = len([one for one in rig.world.calls.entries if one["path"] == "/oauth/token"])

        assert waiting == {"waiting"}
        assert refused == 1
        fresh = await rig.control("POST", "/control/credentials", {"vendor": "highlevel"})
        async with rig.serving() as parts:
            await parts.custodian.store("main", rig.credentials(fresh))
            await rig.clock.sleep(600)
        assert sorted(rig.sent_to()) == ["bo1@example.com", "bo2@example.com"]
        assert len(rig.effects("contact.created")) == 2

    play(tmp_path, story)


async def parts_states(rig: Rig) -> set[str]:
    from dragoman.store.reading import Reader  # noqa: PLC0415
    from dragoman.wiring import database  # noqa: PLC0415

    reader = Reader(database(rig.workspace))
    rows = await reader.read("runs.list", {"flow": "", "state": "", "event": "", "limit": 10})
    await reader.close()
    return {row[6] for row in rows}


def test_a_401_about_something_else_burns_no_refresh(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare()
        words = {"statusCode": 401, "message": "The token is not authorized for this scope."}
        scope = {"kind": "json", "status": 401, "body": words}
        await rig.fault(vendor="highlevel", path="/tags$", fault=scope)
        async with rig.serving():
            await rig.add(bo())
            await rig.clock.sleep(60)

        assert rotations(rig) == []
        ((state, reason),) = await rig.states()
        assert (state, reason) == (
            "dead", "tag: HighLevel answered 401: The token is not authorized for this scope.",
        )  # fmt: skip

    play(tmp_path, story)
