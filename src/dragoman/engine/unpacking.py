"""From one delivery to what happened: pure, as the catalogue says it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from dragoman.catalog import mapping, surprises
from dragoman.catalog.entries import Trigger, Webhook
from dragoman.catalog.shapes import Shape
from dragoman.catalog.vendors import Vendor
from dragoman.engine.accounts import Account, Accounts
from dragoman.engine.deliveries import Delivery
from dragoman.engine.events import Event, event_id, subject
from dragoman.kernel import jsons
from dragoman.kernel.clock import Millis
from dragoman.kernel.errors import BadAnswer, DefinitionError

_END: Millis = 253_402_300_800_000
"""The year 10000, which no event can be in."""
_Row = dict[str, Any]
RECEIVED_AT = "receivedAt"
"""A column of every row: for what does not say when it happened."""


class Unpacked(msgspec.Struct, frozen=True):
    """What was in a delivery. Neither means that no trigger wants it."""

    events: list[Event] = []
    flaws: list[str] = []
    """Why something that was wanted cannot be told, in words."""


class Unfit(Exception):
    """A delivery that cannot be read as a whole."""


class Unpacker:
    def __init__(self, accounts: Accounts, triggers: Iterable[Trigger]) -> None:
        self._accounts = accounts
        self._functions: dict[tuple[str, str], Callable[[_Row], _Row]] = {}
        self._wanted: dict[tuple[str, str], list[_Rule]] = {}
        for trigger in triggers:
            rule = trigger.webhook
            for type_ in rule.types if rule is not None and rule.row else ():
                self._wanted.setdefault((trigger.vendor, type_), []).append(_Rule(trigger))

    def unpack(self, delivery: Delivery) -> Unpacked:
        """Find what happened; what nobody wants is not even read."""
        rules = self._wanted.get((delivery.vendor, delivery.type))
        if rules is None:
            return Unpacked()
        try:
            return self._events(delivery, rules)
        except Unfit as unfit:
            return Unpacked(flaws=[str(unfit)])

    def _events(self, delivery: Delivery, rules: "list[_Rule]") -> Unpacked:
        account = self._account(delivery)
        content = _content(delivery)
        rows: dict[str, _Row] = {}
        events: list[Event] = []
        flaws: list[str] = []
        for rule in rules:
            name = rule.webhook.row
            if name not in rows:
                row = self._row(account.vendor, name, content)
                rows[name] = {RECEIVED_AT: delivery.received_at, **row}
            if not rule.takes(rows[name]):
                continue
            data = mapping.data(rule.trigger, rows[name])
            flaw = rule.flaw(data)
            if flaw is None:
                events.append(_event(rule.trigger, account, delivery, data))
            else:
                flaws.append(f"{rule.trigger.id}: {flaw}")
        return Unpacked(events, flaws)

    def _row(self, vendor: Vendor, name: str, content: _Row) -> _Row:
        try:
            with surprises.told(name):
                return self._function(vendor, name)(content)
        except BadAnswer as bad:
            raise Unfit(bad.message) from None

    def _function(self, vendor: Vendor, name: str) -> Callable[[_Row], _Row]:
        key = (vendor.name, name)
        if key not in self._functions:
            self._functions[key] = vendor.resolve(name)
        return self._functions[key]

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
        needed = frozenset((*trigger.key, trigger.otherwise or trigger.subject, trigger.time))
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


def _content(delivery: Delivery) -> _Row:
    try:
        found: _Row = jsons.decode_as(delivery.body or b"", dict[str, Any])
    except jsons.Unreadable as error:
        raise Unfit(str(error)) from None
    return found


def _event(trigger: Trigger, account: Account, delivery: Delivery, data: _Row) -> Event:
    return Event(
        id=event_id(trigger, account.name, data),
        type=trigger.id,
        source=account.source,
        subject=subject(trigger, data),
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
