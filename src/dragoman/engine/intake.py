"""From an event to runs: once per flow version and event, in the order of arrival."""

import asyncio
from collections.abc import Callable
from typing import Any

import msgspec
import structlog

from dragoman.engine.accounts import Accounts
from dragoman.engine.events import Event, read
from dragoman.engine.journal import Journal
from dragoman.engine.roster import Roster
from dragoman.engine.runs import Run, RunRow, RunState
from dragoman.flows.flow import Flow
from dragoman.flows.moves import View
from dragoman.kernel import jsons
from dragoman.kernel.errors import DragomanError
from dragoman.kernel.ids import Ids
from dragoman.store.port import Row, Statement

_BATCH = 200
NO_FLOW = "no_flow"

log = structlog.get_logger()


class Intake:
    def __init__(
        self,
        *,
        journal: Journal,
        roster: Roster,
        accounts: Accounts,
        ids: Ids,
        workspace: str,
        env: dict[str, object],
        news: asyncio.Event,
        begin: Callable[[Run], None],
        room: Callable[[], bool],
    ) -> None:
        """Take in, besides the parts, what says that there is something new (`news`), what to do
        with each new run (`begin`), and whether more are welcome (`room`).
        """
        self._journal = journal
        self._roster = roster
        self._accounts = accounts
        self._ids = ids
        self._workspace = workspace
        self._env = env
        self._begin = begin
        self._room = room
        self._news = news
        self._after = 0

    async def work(self) -> None:
        """Route events until cancelled."""
        while True:
            self._news.clear()
            while self._room() and await self.step():
                pass
            await self._news.wait()

    async def step(self) -> int:
        """Route one batch; the number of events in it."""
        rows = await self._journal.store.read(
            "events.unrouted", {"after": self._after, "limit": _BATCH}
        )
        events = [event for row in rows if (event := await self._read(row)) is not None]
        runs = [(event, self._runs(event)) for event in events]
        for run in await self._route(runs):
            self._begin(run)
        if rows:
            self._after = rows[-1][0]
            self._journal.points.reach("intake.routed")
        return len(rows)

    async def begin(self, run: str, event: Event, flow: Flow, *more: Statement) -> Run:
        """Store an event, a run of just this flow for it under this id, and what else belongs to
        it: all at once or nothing.

        Raises:
            Conflict: a further statement found that somebody else was there first.
        """
        view = self.view(event)
        row = self._row(run, event, flow, view)
        begun = Statement("runs.begin", _values(row))
        ((seq,),), *_ = await self._journal.write([event.add(), begun, *more])
        stored = msgspec.structs.replace(event, seq=seq)
        return Run(msgspec.structs.replace(row, seq=seq), flow, stored, view)

    async def _read(self, row: Row) -> Event | None:
        """An event from its row; one that cannot be read is put aside, and keeps no other."""
        try:
            return read(row)
        except jsons.Unreadable:
            reason = "what is stored of it cannot be read"
            route = {"id": row[1], "state": "quarantined", "reason": reason}
            await self._journal.write([Statement("events.route", route)])
            log.warning("an event was put aside: it cannot be read", event=row[1])
            return None

    async def _route(self, runs: list[tuple[Event, list[Run]]]) -> list[Run]:
        """Store the runs, and that their events are routed; the runs to work on."""
        statements: list[Statement] = []
        for event, made in runs:
            statements += [_add(run.row) for run in made]
            state, reason = ("routed", "") if made else ("skipped", NO_FLOW)
            route = {"id": event.id, "state": state, "reason": reason}
            statements.append(Statement("events.route", route))
        rows = iter(await self._journal.write(statements) if statements else ())
        begun: list[Run] = []
        for _event, made in runs:
            # A run that was there already gives no row, and is not begun a second time.
            begun += [run for run in made if next(rows) and run.row.state == "running"]
            next(rows)
        return begun

    def _runs(self, event: Event) -> list[Run]:
        return [self._run(event, flow) for flow in self._roster.matching(event)]

    def _run(self, event: Event, flow: Flow) -> Run:
        view = self.view(event)
        return Run(self._row(self._ids.new(), event, flow, view), flow, event, view)

    def _row(self, run: str, event: Event, flow: Flow, view: View) -> RunRow:
        state, reason = self._begins(flow, view)
        now = self._journal.clock.now()
        return RunRow(
            id=run,
            event=event.id,
            seq=event.seq,
            flow=flow.name,
            version=flow.version,
            subject=event.subject,
            state=state,
            reason=reason,
            wake_at=None,
            retry_of=None,
            created_at=now,
            updated_at=now,
        )

    def _begins(self, flow: Flow, view: View) -> tuple[RunState, str]:
        try:
            reason = flow.chooses(view)
        except DragomanError as error:
            log.warning("a flow's filter failed", flow=flow.name, why=error.code)
            return "dead", error.message
        return ("running", "") if reason is None else ("skipped", reason)

    def view(self, event: Event) -> View:
        """What a flow may read of an event."""
        facts = self._accounts.facts(event.connection)
        return View(event.view(self._workspace), {}, facts, self._env)


def _add(row: RunRow) -> Statement:
    return Statement("runs.add", {**_values(row), "seq": row.seq})


def _values(row: RunRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "event": row.event,
        "flow": row.flow,
        "version": row.version,
        "subject": row.subject,
        "state": row.state,
        "reason": row.reason,
        "wake_at": row.wake_at,
        "retry_of": row.retry_of,
        "at": row.created_at,
    }
