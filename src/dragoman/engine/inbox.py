"""Takes webhooks in: who has signed them, whose they are, and then one durable write.

What is signed and cannot be read, or is of a type that nobody knows, is kept as it came and put
aside for a person: the vendor has done its part, and sending it again would not mend it.
"""

from collections.abc import Iterable, Sequence
from enum import Enum
from typing import Any

import msgspec
import structlog

from dragoman.catalog.vendors import Head, Headers, Vendor, Webhooks
from dragoman.engine.accounts import Account, Accounts
from dragoman.engine.deliveries import NOBODY, Delivery, Directory
from dragoman.engine.journal import Journal
from dragoman.engine.sorting import Sorter
from dragoman.store.port import Statement

_NOBODYS = 1000
"""Deliveries that are kept though they do not say whose they are."""
_TELL = 600.0
"""Seconds between two words about forged ones."""
_MOST_TOLD = 1000

log = structlog.get_logger()


class Refusal(Enum):
    FORGED = "forged"
    """No key that is accepted here has signed it."""
    FOREIGN = "foreign"
    """For an account that is not here, or that does not accept the key."""


class Inbox:
    """Where one vendor's webhooks arrive."""

    def __init__(
        self,
        vendor: Vendor,
        rules: Webhooks,
        accounts: Iterable[Account],
        journal: Journal,
        sorter: Sorter,
    ) -> None:
        self._vendor = vendor
        self._types = rules.types
        self._functions = rules.functions
        self._directory = Directory(accounts)
        self._journal = journal
        self._sorter = sorter
        self._words = _Words(vendor, journal)

    def signature(self, headers: Headers) -> Any:
        """What there is to verify by; None where the body need not be waited for."""
        found = self._functions.signature(headers)
        if found is None:
            self._words.forged()
        return found

    def knows(self, kind: str) -> bool:
        """Whether the vendor sends such a type."""
        return kind in self._types

    def admit(
        self, signature: Any, headers: Headers, body: bytes, kind: str = ""
    ) -> list[Statement] | Refusal:
        """Verify, and find out whose it is; the statements that store it, or why it is refused.

        `kind` is the type that the address is for: nobody has signed it, so it counts only where
        the body says none, or a word that is no type (a price has a `type` of its own).
        """
        key = self._functions.verified(signature, body, self._directory.keys)
        if key is None:
            self._words.forged()
            return Refusal.FORGED
        head = self._functions.head(headers, body)
        if kind and head.type not in self._types:
            head = msgspec.structs.replace(head, type=kind)
        why = self._flaw(head)
        if head.flaw or not head.facts:
            return [self._delivery(head, body, NOBODY, why).add(), _TRIM]
        owners = self._directory.find(key, head)
        if not owners:
            self._words.foreign(head)
            return Refusal.FOREIGN
        return [self._delivery(head, body, one.name, why).add() for one in owners]

    async def store(self, statements: Sequence[Statement]) -> None:
        """Store what was admitted: when this returns, it is on disk, now or since it came first.

        Raises:
            StoreBusy: it could not be stored now.
            StoreBroken: the disk failed; the process must stop.
        """
        await self._journal.store.write(statements)
        self._sorter.notice()
        self._journal.points.reach("hook.stored")

    def _flaw(self, head: Head) -> str:
        """Why a delivery is put aside; nothing where it is not."""
        if head.flaw:
            return head.flaw
        if not head.facts:
            return "it does not say which account it is for"
        if head.type not in self._types:
            return f"its type {head.type!r} is not known" if head.type else _UNTYPED
        return ""

    def _delivery(self, head: Head, body: bytes, connection: str, why: str) -> Delivery:
        if why:
            self._words.aside(connection, why)
        return Delivery(
            vendor=self._vendor.name,
            connection=connection,
            key=head.key,
            type=head.type,
            received_at=self._journal.clock.now(),
            body=body,
            state="quarantined" if why else "new",
            reason=why,
        )


_UNTYPED = "it says no type: docs/triggers.md says which address to give what comes like that"
_TRIM = Statement("deliveries.trim", {"keep": _NOBODYS})


class _Words:
    """Says what was refused or put aside, and never more often than a person could bear."""

    def __init__(self, vendor: Vendor, journal: Journal) -> None:
        self._vendor = vendor
        self._clock = journal.clock
        self._forged = 0
        self._next = 0.0
        self._told: set[str] = set()

    def forged(self) -> None:
        self._forged += 1
        now = self._clock.ticks()
        if now < self._next:
            return
        self._next = now + _TELL
        log.warning(
            "webhooks were refused: none of `webhook_keys` has signed them",
            vendor=self._vendor.name,
            count=self._forged,
            fix="docs/webhooks.md says what to look for; strangers are refused like this, too",
        )

    def foreign(self, head: Head) -> None:
        source = f"/{self._vendor.name}/{next(iter(head.facts.values()))}"
        if self._is_news(source):
            log.warning(
                "webhooks were refused: no connection is of their account and accepts their key",
                source=source,
                fix="add a connection with this id (`app_id` and `webhook_keys` must fit, too), or "
                "end the subscription at the vendor",
            )

    def aside(self, connection: str, why: str) -> None:
        if self._is_news(why):
            fix = "`dragoman events deliveries --state quarantined` shows them"
            log.warning("webhooks were put aside", connection=connection, why=why, fix=fix)

    def _is_news(self, said: str) -> bool:
        if said in self._told or len(self._told) >= _MOST_TOLD:
            return False
        self._told.add(said)
        return True


def inboxes(
    accounts: Accounts, known: dict[str, Vendor], journal: Journal, sorter: Sorter
) -> dict[str, Inbox]:
    """One for each vendor that sends webhooks."""
    return {
        name: Inbox(
            vendor,
            vendor.webhook,
            [one for one in accounts if one.vendor.name == name],
            journal,
            sorter,
        )
        for name, vendor in known.items()
        if vendor.webhook is not None
    }
