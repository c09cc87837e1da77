"""What a hostile day brings: bad rows, wrong clocks, lost accounts, vendors that never recover."""

from pathlib import Path
from typing import Any

import apsw
import pytest

from dragoman.kernel.clock import SECOND, Millis
from dragoman.wiring import database
from tests.engine.points import CrashAt
from tests.engine.rig import LIST, START, Rig, VirtualClock, bo, play

SEND = "^/conversations/messages$"


class Wrong(VirtualClock):
    """A wall clock that is wrong, and may be set."""

    def __init__(self, ahead: float) -> None:
        self.ahead = ahead

    def now(self) -> Millis:
        return super().now() + round(self.ahead * SECOND)


def row(record: Any, created: Any, **more: Any) -> list[Any]:
    person = bo(more.pop("number", 1), **more)
    return [record, person["email"], "Bo", person["phone"], created]


@pytest.mark.parametrize("created", [10**17, 10**20, "9" * 30, None, "yesterday", -1, 1e300])
def test_a_row_without_a_moment_is_put_aside_and_the_others_are_welcomed(
    tmp_path: Path, created: Any
) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare()
        headers = ["_contact_id_", "E-mail Address", "First Name", "Cell Phone", "__created_date"]
        data = [row("l-0042:1", created), row("l-0042:2", START + 9_000, number=2)]
        body = {"headers": headers, "data": data, "totalCount": 2, "listId": LIST}
        await rig.serve(4)
        answer = {"kind": "json", "status": 200, "body": body}
        await rig.fault(vendor="acton", method="GET", path=LIST, fault=answer, times=None)
        await rig.serve(60)
        await rig.serve(60)

        assert rig.sent_to() == ["bo2@example.com"]
        assert sorted(event.state for event in await rig.events()) == ["quarantined", "routed"]

    play(tmp_path, story)


@pytest.mark.parametrize("ahead", [-3600, -180, 180, 3600])
def test_a_clock_that_is_wrong_neither_hides_what_was_sent_nor_what_was_added(
    tmp_path: Path, ahead: float
) -> None:
    async def story(rig: Rig) -> None:
        rig.clock = Wrong(ahead)
        await rig.prepare()
        await rig.fault(
            vendor="highlevel", method="POST", path=SEND, fault={"kind": "cut", "when": "after"}
        )
        async with rig.serving():
            await rig.clock.sleep(7)
            await rig.add(bo())
            await rig.clock.sleep(900)

        assert rig.sent_to() == ["bo@example.com"]
        assert [state for state, _ in await rig.states()] == ["done"]

    play(tmp_path, story, access_token_seconds=10**6)


def test_a_clock_that_jumps_does_not_shorten_the_time_to_show_an_effect(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        clock = rig.clock = Wrong(0)
        await rig.prepare()
        await rig.fault(
            vendor="highlevel", method="POST", path=SEND, fault={"kind": "stall", "when": "before",
                                                                 "seconds": 38}
        )  # fmt: skip
        async with rig.serving() as parts:
            await rig.add(bo())
            await rig.clock.sleep(34)
            clock.ahead = 100
            parts.service.notice()
            await rig.add(bo(2))
            await rig.clock.sleep(600)

        assert sorted(rig.sent_to()) == ["bo2@example.com", "bo@example.com"]

    play(tmp_path, story, poll_every=1)


def test_a_search_that_shows_nothing_yet_is_no_proof_of_absence(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare()
        await rig.fault(
            vendor="highlevel", method="POST", path=SEND, fault={"kind": "cut", "when": "after"}
        )
        async with rig.serving():
            await rig.add(bo())
            await rig.clock.sleep(900)

        assert rig.sent_to() == ["bo@example.com"]
        assert await rig.states() == [("done", "")]

    play(tmp_path, story, search_lag_seconds=60)


def test_an_account_that_is_gone_stops_its_runs_and_no_others(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare()
        await rig.serve(4)
        await rig.add(bo(1))
        await rig.serve(30, CrashAt("call.answered"))
        file = rig.workspace / "dragoman.yaml"
        text = file.read_text()
        file.write_text(text.replace("  main:", "  other:"))

        assert await rig.serve(60)
        ((state, reason),) = await rig.states()
        assert state == "dead"
        assert "main" in reason

    play(tmp_path, story)


@pytest.mark.parametrize(
    ("table", "column"), [("steps", "output"), ("steps", "input"), ("events", "data")]
)
def test_a_damaged_row_stops_its_run_and_no_others(tmp_path: Path, table: str, column: str) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare()
        await rig.serve(4)
        await rig.add(bo(1))
        await rig.serve(30, CrashAt("call.answered", 2))
        connection = apsw.Connection(str(database(rig.workspace)))
        connection.execute(f"UPDATE {table} SET {column} = '{{bad'")  # noqa: S608  # of the test
        connection.close()
        await rig.add(bo(2))

        assert await rig.serve(60)
        assert rig.sent_to() == ["bo2@example.com"]

    play(tmp_path, story)


def test_short_lived_tokens_are_used_for_as_long_as_they_live(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare()
        async with rig.serving():
            await rig.add(bo())
            await rig.clock.sleep(60)

        assert rig.sent_to() == ["bo@example.com"]

    play(tmp_path, story, access_token_seconds=200)


def test_an_account_that_turned_live_gets_nothing_of_a_run_begun_before(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare()
        await rig.serve(4)
        await rig.add(bo())
        await rig.serve(30, CrashAt("call.intended"))
        file = rig.workspace / "dragoman.yaml"
        sandbox, live = ("highlevel\n    environment: " + one for one in ("sandbox", "live"))
        file.write_text(file.read_text().replace(sandbox, live))
        await rig.serve(60)

        ((state, reason),) = await rig.states()
        assert state == "dead"
        assert "nothing crosses" in reason
        assert rig.effects("contact.created") == []

    play(tmp_path, story)


def test_many_who_wait_for_one_account_keep_no_other_flow_from_its_work(tmp_path: Path) -> None:
    note = """
flow: note
on: acton.contact.added
with: {list: LIST}
steps:
  - id: said
    map: {who: "{{ event.data.email }}"}
"""

    async def story(rig: Rig) -> None:
        await rig.prepare()
        made = await rig.control("POST", "/control/acton/lists", {"name": "Other"})
        await rig.arm(note.replace("LIST", made["list_id"]))
        ended = {"client_id": rig.given["main"]["client_id"], "refresh": True}
        await rig.control("POST", "/control/credentials/end", ended)
        async with rig.serving():
            await rig.add(*(bo(number) for number in range(1, 2201)))
            await rig.clock.sleep(120)
            path = f"/control/acton/lists/{made['list_id']}/contacts"
            await rig.control("POST", path, {"contacts": [bo(5000)]})
            await rig.clock.sleep(120)

        assert rig.sent_to() == []
        states = {(run.flow, run.state) for run in await rig.runs()}
        assert states == {("welcome-new-contact", "waiting"), ("note", "done")}

    play(tmp_path, story, poll_every=30)
