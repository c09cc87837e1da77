"""What the port promises, on the store with a thread of its own and on the one without."""

import asyncio
from pathlib import Path
from typing import Any

import apsw
import pytest

from dragoman.kernel.errors import StoreBusy
from dragoman.store.port import Conflict, Statement
from dragoman.store.sqlite import SqliteStore
from tests.store.facts import NOW, Exploding, event, move, run, step

WRITERS = 300


async def ids(store: SqliteStore) -> set[str]:
    rows = await store.read(
        "events.list", {"state": "", "type": "", "subject": "", "limit": 10_000}
    )
    return {row[1] for row in rows}


async def state(store: SqliteStore, name: str) -> str:
    rows = await store.read("runs.get", {"id": name})
    return str(rows[0][6])


async def test_what_was_written_is_there_after_reopening(path: Path, threaded: bool) -> None:  # noqa: FBT001
    store = SqliteStore(path, threaded=threaded)
    await store.write([event("e-1"), run("r-1", "e-1")])
    await store.close()

    again = SqliteStore(path, threaded=threaded)
    assert await ids(again) == {"e-1"}
    assert await state(again, "r-1") == "running"
    await again.close()


async def test_a_write_gives_the_rows_of_each_statement(store: SqliteStore) -> None:
    results = await store.write([event("e-1"), run("r-1", "e-1"), move("r-1", "waiting")])

    assert results == [[(1,)], [("r-1",)], []]
    assert await store.write([]) == []


async def test_an_event_is_kept_once(store: SqliteStore) -> None:
    await store.write([event("e-1", data='{"first":true}')])

    assert await store.write([event("e-1", data="{}"), event("e-2")]) == [[], [(2,)]]
    rows = await store.read("events.get", {"id": "e-1"})
    assert rows[0][9] == '{"first":true}'


async def test_a_flow_version_runs_once_for_an_event_unless_it_is_tried_again(
    store: SqliteStore,
) -> None:
    await store.write([event("e-1"), run("r-1", "e-1")])

    assert await store.write([run("r-2", "e-1")]) == [[]]
    assert await store.write([run("r-3", "e-1", version="v2")]) == [[("r-3",)]]
    assert await store.write([run("r-4", "e-1", retry_of="r-1")]) == [[("r-4",)]]


@pytest.mark.parametrize("ended", ["done", "skipped", "cancelled", "dead", "uncertain"])
async def test_an_ended_run_never_moves_by_itself(store: SqliteStore, ended: str) -> None:
    await store.write([event("e-1"), run("r-1", "e-1"), move("r-1", ended)])

    for other in ("running", "waiting", "done", "cancelled"):
        with pytest.raises(Conflict, match=r"runs\.move"):
            await store.write([move("r-1", other)])
    assert await state(store, "r-1") == ended


@pytest.mark.parametrize("closed", ["done", "failed", "skipped", "uncertain"])
async def test_the_outcome_of_a_step_never_changes(store: SqliteStore, closed: str) -> None:
    first = {"output": '{"messageId":"m-1"}', "identity": "m-1", "finished_at": NOW}
    await store.write([event("e-1"), run("r-1", "e-1"), step("r-1", closed, **first)])
    before = await store.read("steps.of_run", {"run": "r-1"})

    for other in ("waiting", "intent", "lost", "done", "failed", "uncertain"):
        await store.write([step("r-1", other, output="{}", identity="m-2", reason="later")])

    assert await store.read("steps.of_run", {"run": "r-1"}) == before


@pytest.mark.parametrize("still", ["waiting", "intent", "lost"])
async def test_an_open_step_takes_its_outcome_and_keeps_its_intent(
    store: SqliteStore, still: str
) -> None:
    await store.write([event("e-1"), run("r-1", "e-1"), step("r-1", still)])

    done = step("r-1", "done", output="{}", request="other", input="[]", started_at=NOW + 9)
    await store.write([done])

    row = (await store.read("steps.of_run", {"run": "r-1"}))[0]
    assert (row[4], row[11]) == ("done", "{}")
    assert (row[7], row[10], row[15]) == ("hash", "{}", NOW)


async def test_a_refresh_that_came_second_is_refused(store: SqliteStore) -> None:
    first = {"connection": "sales", "sealed": b"1", "expires_at": NOW, "at": NOW}
    await store.write([Statement("credentials.put", first)])
    renewed = Statement("credentials.replace", {**first, "sealed": b"2", "generation": 1})
    await store.write([renewed])

    with pytest.raises(Conflict, match=r"credentials\.replace"):
        await store.write([renewed])
    mark = {"connection": "sales", "generation": 1, "state": "refreshing", "reason": "", "at": NOW}
    with pytest.raises(Conflict, match=r"credentials\.mark"):
        await store.write([Statement("credentials.mark", mark)])
    assert (await store.read("credentials.get", {"connection": "sales"}))[0][1:3] == (b"2", 2)


async def test_a_conflict_undoes_the_whole_unit(store: SqliteStore) -> None:
    with pytest.raises(Conflict) as conflict:
        await store.write([event("e-1"), move("r-1", "done"), event("e-2")])

    assert conflict.value.name == "runs.move"
    assert await ids(store) == set()


BAD: dict[str, Statement] = {
    "half a character": event("e-bad", reason="\ud800"),
    "a number of more than 64 bits": event("e-bad", time=2**63),
    "an endless number": event("e-bad", time=float("inf")),
    "text where a number belongs": event("e-bad", time="now"),
    "nothing where something belongs": event("e-bad", type=None),
    "a value that no column takes": event("e-bad", data={"a": 1}),
    "a state that there is not": event("e-bad", state="odd"),
    "an unknown query": Statement("events.ad", {}),
    "a missing value": Statement("events.add", {"id": "e-bad"}),
    "values that are none": Statement("events.add", None),  # type: ignore[arg-type]
    "a run without its event": run("r-1", "e-none"),
    "a failure that nobody foresaw": Statement("events.add", Exploding()),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
async def test_a_bad_value_fails_its_own_unit_and_nothing_else(
    store: SqliteStore, bad: Statement
) -> None:
    units = [[event("e-1")], [event("e-lost"), bad, event("e-lost-too")], [event("e-2")]]

    outcomes = await asyncio.gather(*map(store.write, units), return_exceptions=True)

    assert outcomes[0] == [[(1,)]]
    assert isinstance(outcomes[1], Exception)
    assert not isinstance(outcomes[1], StoreBusy)
    assert isinstance(outcomes[2], list)
    assert await ids(store) == {"e-1", "e-2"}
    await store.write([event("e-3")])


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("events.gett", {}),
        ("events.get", {}),
        ("events.get", {"id": "\ud800"}),
        ("events.get", {"id": {"a": 1}}),
        ("events.unrouted", {"after": 2**63, "limit": 1}),
        ("events.unrouted", {"after": 0, "limit": "many"}),
    ],
    ids=range(6),
)
async def test_a_bad_read_harms_nothing(
    store: SqliteStore, name: str, values: dict[str, Any]
) -> None:
    with pytest.raises((KeyError, ValueError, TypeError, OverflowError, apsw.MismatchError)):
        await store.read(name, values)

    await store.write([event("e-1")])
    assert await ids(store) == {"e-1"}


async def test_many_writers_lose_nothing_and_each_unit_is_whole(store: SqliteStore) -> None:
    units = [[event(f"e-{one}"), run(f"r-{one}", f"e-{one}")] for one in range(WRITERS)]

    results = await asyncio.gather(*map(store.write, units))

    assert len({result[0][0] for result in results}) == WRITERS
    assert await store.read("events.count") == [("new", WRITERS)]
    assert await store.read("runs.count") == [("welcome", "running", WRITERS)]


async def test_a_closed_store_refuses_instead_of_waiting_for_ever(
    path: Path,
    threaded: bool,  # noqa: FBT001
) -> None:
    store = SqliteStore(path, threaded=threaded)
    written = asyncio.ensure_future(store.write([event("e-1")]))
    await asyncio.sleep(0)
    await store.close()

    assert await written == [[(1,)]]
    with pytest.raises(StoreBusy, match="closed"):
        await store.write([event("e-2")])
    await store.close()


async def test_writers_that_come_at_the_same_moment_share_a_commit(store: SqliteStore) -> None:
    commits = 0

    def count() -> bool:
        nonlocal commits
        commits += 1
        return False

    store._connection.set_commit_hook(count)
    await asyncio.gather(*(store.write([event(f"e-{one}")]) for one in range(200)))

    assert commits <= 2
    assert len(await ids(store)) == 200


async def test_a_writer_that_stopped_waiting_holds_up_nobody(store: SqliteStore) -> None:
    gone = asyncio.ensure_future(store.write([event("e-1")]))
    await asyncio.sleep(0)
    gone.cancel()

    await store.write([event("e-2")])

    assert await ids(store) == {"e-1", "e-2"}


async def test_writers_are_served_in_the_order_in_which_they_came(store: SqliteStore) -> None:
    units = [[event(f"e-{one:03}")] for one in range(100)]

    results = await asyncio.gather(*map(store.write, units))

    assert [result[0][0][0] for result in results] == list(range(1, 101))
