"""From stored deliveries to events: in the order of arrival, and each event once.

What came of a delivery is one commit with its events. A kill before it changes nothing but the
time: the same delivery gives the same event ids again.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import structlog

from dragoman.catalog import mapping
from dragoman.catalog.entries import Trigger, Webhook
from dragoman.catalog.shapes import Shape
from dragoman.engine.accounts import Account, Accounts
from dragoman.engine.deliveries import Delivery, read
from dragoman.engine.events import Event, event_id
from dragoman.engine.journal import Journal
from dragoman.kernel import jsons
from dragoman.kernel.clock import Millis
from dragoman.kernel.errors import DefinitionError
from dragoman.store.port import Statement

_BATCH = 100
_END: Millis = 253_402_300_800_000
"""The year 10000, which no event can be in."""

log = structlog.get_logger()


class Unfit(Exception):
    """A delivery that an event was to come of, and that lacks what the event needs."""


class Sorter:
    def __init__(
        self,
        *,
        journal: Journal,
        accounts: Accounts,
        triggers: Iterable[Trigger],
        wake: Callable[[], None],
    ) -> None:
        """Take in, besides the parts, whom to wake when there are new events."""
        self._journal = journal
        self._accounts = accounts
        self._wake = wake
        self._arrived = asyncio.Event()
        self._wanted: dict[tuple[str, str], list[_Rule]] = {}
        for trigger in triggers:
            for type_ in trigger.webhook.types if trigger.webhook is not None else ():
                self._wanted.setdefault((trigger.vendor, type_), []).append(_Rule(trigger))

    def notice(self) -> None:
        """Say that something has arrived."""
        self._arrived.set()

    async def work(self) -> None:
        """Sort until cancelled."""
        while True:
            self._arrived.clear()
            while await self.step():
                pass
            await self._arrived.wait()

    async def step(self) -> int:
        """Sort one batch; the number of deliveries in it."""
        rows = await self._journal.store.read("deliveries.unsorted", {"limit": _BATCH})
        if rows:
            statements = [one for row in rows for one in self._sort(read(row))]
            await self._journal.write(statements)
            self._journal.points.reach("hook.sorted")
            self._wake()
            _tell(sum(one.values.get("state") == "quarantined" for one in statements))
        return len(rows)

    def _sort(self, delivery: Delivery) -> list[Statement]:
        """The statements that say what came of a delivery."""
        rules = self._wanted.get((delivery.vendor, delivery.type), [])
        try:
            events, flaws = self._events(delivery, rules) if rules else ([], [])
        except Unfit as unfit:
            events, flaws = [], [str(unfit)]
        state = "quarantined" if flaws else "sorted" if events else "ignored"
        done = {"seq": delivery.seq, "state": state, "reason": "; ".join(flaws)}
        return [*(event.add() for event in events), Statement("deliveries.sort", done)]

    def _events(self, delivery: Delivery, rules: "list[_Rule]") -> tuple[list[Event], list[str]]:
        """What happened, and why it cannot be told."""
        account = self._account(delivery)
        rows = _Rows(account, _content(delivery))
        events: list[Event] = []
        flaws: list[str] = []
        for rule in rules:
            row = rows[rule.webhook.row]
            if not rule.takes(row):
                continue
            data = mapping.data(rule.trigger, row)
            flaw = rule.flaw(data)
            if flaw is None:
                events.append(_event(rule.trigger, account, delivery, data))
            else:
                flaws.append(f"{rule.trigger.id}: {flaw}")
        return events, flaws

    def _account(self, delivery: Delivery) -> Account:
        try:
            return self._accounts.get(delivery.connection)
        except DefinitionError:
            name = delivery.connection
            raise Unfit(f"the connection {name!r} is not in dragoman.yaml any more") from None


class _Rule:
    """A trigger, and what a delivery needs to become its event."""

    def __init__(self, trigger: Trigger) -> None:
        assert trigger.webhook is not None  # noqa: S101  # only such triggers have a rule
        self.trigger = trigger
        self.webhook: Webhook = trigger.webhook
        needed = frozenset((*trigger.key, trigger.subject, trigger.time))
        fields = {name: trigger.data[name].shape for name in needed}
        self._shape = Shape("object", fields, needed)
        self._where = _lowered(trigger.webhook.where)
        self._unless = _lowered(trigger.webhook.unless)

    def takes(self, row: Mapping[str, Any]) -> bool:
        return all(_said(row, name) in words for name, words in self._where.items()) and not any(
            _said(row, name) in words for name, words in self._unless.items()
        )

    def flaw(self, data: Mapping[str, Any]) -> str | None:
        """What keeps these data from being an event, in words."""
        missing = self._shape.missing(data)
        if missing is None and not 0 < data[self.trigger.time] < _END:
            return f"{self.trigger.time} is no moment"
        return missing


class _Rows(dict[str, dict[str, Any]]):
    """The rows of a delivery by the function that reads them, each called once."""

    def __init__(self, account: Account, content: dict[str, Any]) -> None:
        super().__init__()
        self._account = account
        self._content = content

    def __missing__(self, function: str) -> dict[str, Any]:
        row: dict[str, Any] = self._account.vendor.resolve(function)(self._content)
        self[function] = row
        return row


def _tell(aside: int) -> None:
    if aside:
        fix = "`dragoman events deliveries --state quarantined` shows them"
        log.warning("webhooks were put aside", count=aside, fix=fix)


def _content(delivery: Delivery) -> dict[str, Any]:
    try:
        found: dict[str, Any] = jsons.decode_as(delivery.body or b"", dict[str, Any])
    except jsons.Unreadable as error:
        raise Unfit(str(error)) from None
    return found


def _event(trigger: Trigger, account: Account, delivery: Delivery, data: dict[str, Any]) -> Event:
    return Event(
        id=event_id(trigger, account.name, data),
        type=trigger.id,
        source=account.source,
        subject=f"contact/{data[trigger.subject]}",
        time=data[trigger.time],
        connection=account.name,
        environment=account.environment,
        via="webhook",
        data=data,
        received_at=delivery.received_at,
    )


def _lowered(rule: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    return {name: frozenset(word.lower() for word in words) for name, words in rule.items()}


def _said(row: Mapping[str, Any], column: str) -> str:
    value = row.get(column)
    return value.lower() if isinstance(value, str) else ""
