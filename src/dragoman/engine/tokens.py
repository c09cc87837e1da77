"""Tokens of programs that use the API: made, found by their hash, revoked.

A token is 256 random bits, so one fast hash of it tells nobody anything: there is nothing to guess.
Only that hash is stored.
"""

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Literal

import msgspec

from dragoman.catalog.entries import Operation
from dragoman.catalog.names import did_you_mean
from dragoman.engine import scopes
from dragoman.engine.journal import Journal
from dragoman.engine.scopes import Scope
from dragoman.kernel.chance import Chance
from dragoman.kernel.clock import DAY, MINUTE, Millis
from dragoman.kernel.errors import DefinitionError, StoreBusy
from dragoman.kernel.ids import Ids
from dragoman.store.port import Conflict, Row, Statement

PREFIX = "drg_"
"""So that a token is known for one where it does not belong."""
_BYTES = 32
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,62}")
_LONGEST = 3650
"""Days."""
_TEXT = re.compile(PREFIX + r"[A-Za-z0-9_-]{43}")
State = Literal["active", "expired", "revoked"]


class Token(msgspec.Struct, frozen=True):
    """What is known of a token; not its text."""

    id: str
    name: str
    scopes: tuple[Scope, ...]
    created_at: Millis
    expires_at: Millis | None
    used_at: Millis | None
    """When it was used last, to the minute."""
    revoked_at: Millis | None

    def state(self, now: Millis) -> State:
        if self.revoked_at is not None:
            return "revoked"
        return "expired" if self.expires_at is not None and self.expires_at <= now else "active"


class Issued(msgspec.Struct, frozen=True):
    """A new token; its text is shown once, and stands nowhere."""

    name: str
    token: str
    scopes: tuple[str, ...]
    expires_at: Millis | None

    def __repr__(self) -> str:
        return f"Issued({self.name!r}, ***)"


class Tokens:
    def __init__(
        self, journal: Journal, ids: Ids, chance: Chance, operations: Mapping[str, Operation]
    ) -> None:
        """Take in, besides the parts, the operations that scopes may name."""
        self._journal = journal
        self._ids = ids
        self._chance = chance
        self._operations = operations

    async def add(self, name: str, said: Sequence[str], days: int | None) -> Issued:
        """Make a token that may do this, and holds good for so many days or until it is revoked.

        Raises:
            DefinitionError: the name, a scope or the number of days is no such thing, or the name
                is taken.
        """
        if not _NAME.fullmatch(name):
            raise DefinitionError(
                f"{name!r} is no name for a token",
                fix="use up to 63 small letters, digits, - and _, such as `reports`",
            )
        if days is not None and not 1 <= days <= _LONGEST:
            raise DefinitionError(f"a token lives 1 to {_LONGEST} days, or until it is revoked")
        allowed = scopes.chosen(said, self._operations)
        text = PREFIX + base64.urlsafe_b64encode(self._chance.bytes(_BYTES)).decode().rstrip("=")
        now = self._journal.clock.now()
        expires_at = None if days is None else now + days * DAY
        values = {
            "id": self._ids.new(),
            "name": name,
            "hash": _hash(text),
            "scopes": scopes.text(allowed),
            "at": now,
            "expires_at": expires_at,
        }
        audit = _audit(now, "token added", name, scopes.text(allowed))
        try:
            await self._journal.write([Statement("tokens.add", values), audit])
        except Conflict:
            raise DefinitionError(
                f"there is a token {name!r} already",
                fix=f"choose another name, or `dragoman tokens revoke {name}` first",
            ) from None
        return Issued(name, text, tuple(map(str, allowed)), expires_at)

    async def revoke(self, name: str) -> None:
        """Let a token hold good no more, from now on.

        Raises:
            DefinitionError: there is none of that name.
        """
        now = self._journal.clock.now()
        revoke = Statement("tokens.revoke", {"name": name, "at": now})
        try:
            await self._journal.write([revoke, _audit(now, "token revoked", name)])
        except Conflict:
            live = [one.name for one in await self.all() if one.revoked_at is None]
            hint = did_you_mean(name, live) if live else "there are none"
            raise DefinitionError(f"there is no token {name!r}: {hint}") from None

    async def all(self) -> list[Token]:
        return [read(row) for row in await self._journal.store.read("tokens.all")]

    async def find(self, text: str) -> Token | None:
        """The token with this text, if it holds good at this moment."""
        if not _TEXT.fullmatch(text):
            return None
        rows = await self._journal.store.read("tokens.find", {"hash": _hash(text)})
        now = self._journal.clock.now()
        for token in map(read, rows):
            if token.state(now) == "active":
                await self._used(token, now)
                return token
        return None

    async def _used(self, token: Token, now: Millis) -> None:
        """Remember it, once a minute: not every request is worth a write."""
        if token.used_at is not None and abs(now - token.used_at) < MINUTE:
            return
        with suppress(StoreBusy):
            await self._journal.store.write([Statement("tokens.use", {"id": token.id, "at": now})])


def read(row: Row) -> Token:
    id_, name, said, *rest = row
    return Token(id_, name, scopes.read(said), *rest)


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def _audit(at: Millis, action: str, target: str, detail: str = "") -> Statement:
    values = {"at": at, "action": action, "target": target, "detail": detail}
    return Statement("audit.add", values)
