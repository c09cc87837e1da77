"""Watches sources by asking: each row found is an event once, however often it is found.

The cursor of a source is a moment and the facts that its vendor's plan wants to keep. Each poll
asks from a while before the cursor (rows show late, clocks differ); what was seen is known by its
event id. Events and cursor are stored in one commit. The cursor moves on only after a poll that
cannot have missed a row.
"""

import asyncio
from collections.abc import Callable
from typing import Any

import msgspec
import structlog

from dragoman.catalog import mapping
from dragoman.catalog.catalogue import Catalogue
from dragoman.catalog.entries import Poll, Trigger
from dragoman.catalog.parts import Found, PollPlan, Watch
from dragoman.engine.accounts import Account, Accounts
from dragoman.engine.caller import Caller
from dragoman.engine.events import Event, content_id, event_id, subject
from dragoman.engine.journal import Journal
from dragoman.engine.roster import Roster, Source
from dragoman.kernel import jsons
from dragoman.kernel.clock import SECOND, Millis
from dragoman.kernel.errors import DragomanError, RateLimited, StoreBroken
from dragoman.store.port import Statement

BEFORE = "happened before the flow was armed"
_CHUNK = 500
"""Events of one commit."""
_BACKOFF_CAP = 600.0

log = structlog.get_logger()


class Cursor(msgspec.Struct):
    since: Millis
    facts: dict[str, Any]
    started_at: Millis
    polled_at: Millis = 0
    """When it was last read whole; 0 where it never was."""


class Poller:
    def __init__(
        self,
        *,
        journal: Journal,
        caller: Caller,
        catalogue: Catalogue,
        accounts: Accounts,
        roster: Roster,
        wake: Callable[[], None],
        every: float | None = None,
    ) -> None:
        """Take in, besides the parts, whom to wake after a find, and the seconds between polls
        where they are not each trigger's own.
        """
        self._journal = journal
        self._caller = caller
        self._catalogue = catalogue
        self._accounts = accounts
        self._roster = roster
        self._wake = wake
        self._every = every
        self._changed = asyncio.Event()
        self._tasks: dict[Source, asyncio.Task[None]] = {}
        self._unasked: set[Source] = set()
        self.caught_up = asyncio.Event()
        """Set once every source was asked since the start, or cannot be."""

    def refresh(self) -> None:
        """Say that other flows are armed now."""
        self._changed.set()

    async def work(self) -> None:
        """Keep one loop for each source that an armed flow watches, until cancelled."""
        async with asyncio.TaskGroup() as group:
            while True:
                self._changed.clear()
                wanted = {one for one in self._roster.sources() if self._poll(one) is not None}
                self._unasked |= wanted - self._tasks.keys()
                self._note_asked()
                for source in wanted - self._tasks.keys():
                    self._tasks[source] = group.create_task(self._loop(source))
                for source in self._tasks.keys() - wanted:
                    self._tasks.pop(source).cancel()
                await self._changed.wait()

    async def _loop(self, source: Source) -> None:
        rule = self._poll(source)
        assert rule is not None  # noqa: S101  # only such sources get a loop
        failures = 0
        while True:
            try:
                await self.poll(source)
                if failures:
                    log.info("a source can be polled again", source=source.key)
                failures = 0
                wait = self._every or rule.every
            except StoreBroken:
                raise
            except DragomanError as error:
                failures += 1
                wait = await self._trouble(source, error, failures, self._every or rule.every)
            self._unasked.discard(source)
            self._note_asked()
            await self._journal.clock.sleep(wait)

    def _note_asked(self) -> None:
        if not self._unasked:
            self.caught_up.set()

    async def poll(self, source: Source) -> int:
        """Ask once; the number of new events."""
        trigger = self._catalogue.trigger(source.trigger)
        rule = self._poll(source)
        if rule is None:
            return 0
        account = self._accounts.get(source.account)
        cursor = await self._cursor(source)
        now = self._vendor_now(account)
        watch = Watch(
            settings=dict(source.settings),
            cursor=cursor.facts,
            # A clock that was ahead may have taken the cursor into what is still to come.
            since=max(min(cursor.since, now) - round(rule.overlap * SECOND), 0),
            page=rule.page,
            now=now,
        )
        plan: PollPlan = account.vendor.resolve(rule.plan)(watch)
        found = await self._caller.follow(account, plan)
        events = [self._event(trigger, account, row, cursor) for row in found.rows]
        events += [self._quarantined(trigger, account, row) for row in found.unusable]
        put = self._moved(source, account, cursor, found, events)
        new = await self._keep(events, put)
        if new:
            self._wake()
        return new

    def _moved(
        self,
        source: Source,
        account: Account,
        cursor: Cursor,
        found: Found,
        events: list[Event],
    ) -> Statement:
        """The cursor after this poll; its `since` is a moment of the vendor's clock."""
        now = self._vendor_now(account)
        since = min(cursor.since, now)
        if found.complete:
            # A row dated in the future must not take the cursor past what is still to come.
            since = max([since, *(min(event.time, now) for event in events)])
        polled_at = self._journal.clock.now()
        return _put(source, Cursor(since, found.cursor, cursor.started_at, polled_at))

    def _vendor_now(self, account: Account) -> Millis:
        return self._journal.clock.now() + account.vendor_clock.ahead

    async def _keep(self, events: list[Event], put: Statement) -> int:
        """Store events, and with the last of them the cursor."""
        self._journal.points.reach("poll.found")
        new = 0
        for start in range(0, max(len(events), 1), _CHUNK):
            chunk = [event.add() for event in events[start : start + _CHUNK]]
            last = start + _CHUNK >= len(events)
            rows = await self._journal.write([*chunk, put] if last else chunk)
            new += sum(1 for added in rows[: len(chunk)] if added)
            self._journal.points.reach("poll.stored")
        return new

    def _event(
        self, trigger: Trigger, account: Account, row: dict[str, Any], cursor: Cursor
    ) -> Event:
        data = mapping.data(trigger, row)
        time = data[trigger.time]
        # What was there when the flow was armed is known from now on, and starts nothing.
        armed_at = cursor.started_at + account.vendor_clock.ahead
        old = cursor.polled_at == 0 and time < armed_at
        return Event(
            id=event_id(trigger, account.name, data),
            type=trigger.id,
            source=account.source,
            subject=subject(trigger, data),
            time=time,
            connection=account.name,
            environment=account.environment,
            via="poll",
            data=data,
            received_at=self._journal.clock.now(),
            state="skipped" if old else "new",
            reason=BEFORE if old else "",
        )

    def _quarantined(self, trigger: Trigger, account: Account, row: dict[str, Any]) -> Event:
        """A row that cannot become an event, kept for a person to see."""
        now = self._journal.clock.now()
        plain = {name: str(value) for name, value in row.items()}
        return Event(
            id=content_id(trigger, account.name, plain),
            type=trigger.id,
            source=account.source,
            subject="",
            time=now,
            connection=account.name,
            environment=account.environment,
            via="poll",
            data={"row": plain},
            received_at=now,
            state="quarantined",
            reason="the row has no id, or no date of creation that can be one",
        )

    async def _cursor(self, source: Source) -> Cursor:
        rows = await self._journal.store.read("cursors.get", {"source": source.key})
        if rows:
            _, since, facts, started_at, polled_at, _ = rows[0]
            return Cursor(since, jsons.decode(facts.encode()), started_at, polled_at)
        now = self._armed_at(source)
        return Cursor(now, {}, now)

    def _armed_at(self, source: Source) -> Millis:
        """When the first flow that watches the source was armed."""
        watching = [flow for flow, one in self._roster.listening() if one == source]
        moments = [self._roster.changed_at(flow.name) for flow in watching]
        return min(moments, default=self._journal.clock.now())

    async def _trouble(
        self, source: Source, error: DragomanError, failures: int, every: float
    ) -> float:
        """Note what is wrong; the seconds to wait before the next try."""
        if failures == 1:
            log.warning(
                "a source cannot be polled; it is tried again and nothing is lost",
                source=source.key,
                why=error.code,
                fix="`dragoman flows list` says more",
            )
        said = error.message + (f" ({error.fix})" if error.fix else "")
        await self._journal.write([_put(source, await self._cursor(source), said)])
        wait: float = min(every * 2 ** min(failures - 1, 10), _BACKOFF_CAP)
        if isinstance(error, RateLimited) and error.retry_after is not None:
            wait = max(wait, error.retry_after)
        return wait

    def _poll(self, source: Source) -> Poll | None:
        return self._catalogue.trigger(source.trigger).poll


def _put(source: Source, cursor: Cursor, trouble: str = "") -> Statement:
    values = {
        "source": source.key,
        "since": cursor.since,
        "facts": jsons.text(cursor.facts),
        "started_at": cursor.started_at,
        "polled_at": cursor.polled_at,
        "trouble": trouble,
    }
    return Statement("cursors.put", values)
