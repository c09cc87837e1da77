"""One arrival of a webhook, kept once for each account that it is for."""

from collections.abc import Iterable
from typing import Literal

import msgspec

from dragoman.catalog.vendors import Head
from dragoman.engine.accounts import Account
from dragoman.kernel.clock import Millis
from dragoman.store.port import Row, Statement

State = Literal["new", "sorted", "ignored", "quarantined"]
NOBODY = ""
"""The connection of a delivery that does not say whose it is."""


class Delivery(msgspec.Struct, frozen=True):
    vendor: str
    connection: str
    key: str
    type: str
    """The vendor's word; nothing where the delivery does not say."""
    received_at: Millis
    body: bytes | None
    """As it came; kept until it is sorted, and of those that were put aside."""
    state: State = "new"
    reason: str = ""
    seq: int = 0
    """The order of arrival; 0 until it is stored."""

    def add(self) -> Statement:
        """The statement that stores it, once."""
        values = msgspec.structs.asdict(self)
        del values["seq"]
        return Statement("deliveries.add", values)


def read(row: Row) -> Delivery:
    """A delivery from its row."""
    seq, vendor, connection, key, type_, state, reason, received_at, body = row
    return Delivery(
        vendor=vendor,
        connection=connection,
        key=key,
        type=type_,
        received_at=received_at,
        body=body,
        state=state,
        reason=reason,
        seq=seq,
    )


class Directory:
    """Whose a vendor's deliveries are. What one key has signed is only for those who accept it."""

    def __init__(self, accounts: Iterable[Account]) -> None:
        self._known: dict[tuple[bytes, str, str], list[Account]] = {}
        keys: dict[bytes, None] = {}
        for account in accounts:
            for key in account.webhook_keys:
                keys[key] = None
                for name, value in account.facts.items():
                    self._known.setdefault((key, name, value), []).append(account)
        self.keys = tuple(keys)
        """All that somebody accepts."""

    def find(self, key: bytes, head: Head) -> list[Account]:
        """The accounts that a delivery is for; the facts of its head count in their order.

        Nobody gets what names another account: a location's connection not what came for another
        location of the same company.
        """
        for name, value in head.facts.items():
            known = self._known.get((key, name, value), ())
            found = [one for one in known if _fits(one, head)]
            if found:
                return found
        return []


def _fits(account: Account, head: Head) -> bool:
    if account.app_id and head.app and head.app != account.app_id:
        return False
    return all(head.facts.get(name, value) == value for name, value in account.facts.items())
