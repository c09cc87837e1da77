"""Keeps every account's tokens fresh: one refresh at a time, stored before use.

Refresh tokens work once. So: the intent is on disk before the vendor is asked, the new pair is on
disk before it is used, and a refresh whose answer was lost is tried once more with the old token
(the vendor may let that pass for a moment), then a person is asked to reconnect.
"""

import asyncio
from collections import deque

import msgspec
import structlog

from dragoman.catalog.vendors import Credentials
from dragoman.engine import seals
from dragoman.engine.accounts import Account
from dragoman.engine.journal import Journal
from dragoman.http.client import Transport
from dragoman.kernel.clock import HOUR, MINUTE, SECOND, Millis
from dragoman.kernel.errors import (
    AnswerLost,
    BadAnswer,
    CredentialsError,
    NotSent,
    RateLimited,
    TransientError,
)
from dragoman.kernel.secret import Secret
from dragoman.store.port import Conflict, Statement
from dragoman.vault.port import Vault

_EARLY: Millis = 5 * MINUTE
"""Refresh this long before the token ends."""
_AN_HOUR = 4
"""Refreshes an hour that one account may cost: Act-On allows five authentications."""

log = structlog.get_logger()


class _Held(msgspec.Struct):
    """Opened credentials, and what is known of them."""

    credentials: Credentials
    generation: int
    state: str
    reason: str


class Custodian:
    def __init__(
        self, journal: Journal, vault: Vault, transport: Transport, workspace: str
    ) -> None:
        self._journal = journal
        self._vault = vault
        self._transport = transport
        self._workspace = workspace
        self._held: dict[str, _Held] = {}
        self._locks: dict[str, asyncio.Lock] = {}
        self._refreshes: dict[str, deque[Millis]] = {}

    async def token(self, account: Account) -> Secret:
        """An access token that is good for some minutes.

        Raises:
            CredentialsError: a person must reconnect the account.
            TransientError: it could not be refreshed now.
        """
        held = self._held.get(account.name)
        if held is not None and held.state == "connected" and not self._ends_soon(held):
            return held.credentials.access_token
        async with self._lock(account):
            held = await self._load(account)
            if held.state == "refreshing" or self._ends_soon(held):
                held = await self._refreshed(account, held)
            return held.credentials.access_token

    async def renew(self, account: Account, refused: Secret) -> Secret:
        """A token other than the one that the vendor has refused; see `token`."""
        async with self._lock(account):
            held = await self._load(account)
            if held.credentials.access_token.reveal() == refused.reveal():
                held = await self._refresh(account, held)
            return held.credentials.access_token

    async def store(self, account_name: str, credentials: Credentials) -> None:
        """Seal what a person has connected the account with."""
        await self._journal.write([self.put(account_name, credentials)])
        self._held.pop(account_name, None)

    def put(self, account_name: str, credentials: Credentials) -> Statement:
        values = {
            "connection": account_name,
            "sealed": self._seal(account_name, credentials),
            "expires_at": credentials.expires_at,
            "at": self._journal.clock.now(),
        }
        return Statement("credentials.put", values)

    def _lock(self, account: Account) -> asyncio.Lock:
        return self._locks.setdefault(account.name, asyncio.Lock())

    def _ends_soon(self, held: _Held) -> bool:
        ends = held.credentials.expires_at
        return bool(ends) and ends - _EARLY <= self._journal.clock.now()

    async def _load(self, account: Account) -> _Held:
        """What is stored now, for another process may have changed it.

        Raises:
            CredentialsError: nothing is stored, or a person must reconnect.
        """
        rows = await self._journal.store.read("credentials.get", {"connection": account.name})
        fix = f"`dragoman connections add {account.name}`"
        if not rows:
            raise CredentialsError(f"connection {account.name!r} has no credentials", fix=fix)
        _, sealed, generation, state, _, reason, _ = rows[0]
        if state == "needs-reauthorization":
            raise CredentialsError(
                f"connection {account.name!r} must be reconnected: {reason}", fix=fix
            )
        held = self._held.get(account.name)
        if held is None or held.generation != generation:
            credentials = seals.opened(self._vault, self._context(account.name), sealed)
            held = self._held[account.name] = _Held(credentials, generation, state, reason)
        held.state = state
        return held

    async def _refreshed(self, account: Account, held: _Held) -> _Held:
        """A fresh pair; where the vendor says wait, the old one for as long as it lives."""
        try:
            return await self._refresh(account, held)
        except RateLimited:
            if (
                held.state == "connected"
                and held.credentials.expires_at > self._journal.clock.now()
            ):
                return held
            raise

    async def _refresh(self, account: Account, held: _Held) -> _Held:
        if held.credentials.kind != "oauth":
            raise await self._lost(account, held, "the token is not accepted any more")
        self._count(account)
        again = held.state == "refreshing"
        await self._mark(account, held, "refreshing", "")
        self._journal.points.reach("token.intended")
        request = account.vendor.functions.refresh(held.credentials)
        try:
            answer = await self._transport.send(account.base_url, request)
            tokens = account.vendor.functions.tokens(answer)
        except CredentialsError as error:
            raise await self._lost(account, held, error.message) from None
        except (NotSent, RateLimited):
            await self._mark(account, held, "connected", "")
            raise
        except (AnswerLost, BadAnswer) as error:
            if again:
                why = "the answer to a refresh was lost twice"
                raise await self._lost(account, held, why) from None
            raise TransientError(f"the answer to a refresh was lost: {error.message}") from None
        self._journal.points.reach("token.answered")
        now = self._journal.clock.now()
        fresh = msgspec.structs.replace(
            held.credentials,
            access_token=tokens.access_token,
            refresh_token=tokens.refresh_token,
            expires_at=now + round(tokens.expires_in * SECOND),
        )
        await self._replace(account, held, fresh)
        self._journal.points.reach("token.stored")
        log.info("tokens refreshed", connection=account.name)
        return await self._load(account)

    async def _replace(self, account: Account, held: _Held, fresh: Credentials) -> None:
        values = {
            "connection": account.name,
            "sealed": self._seal(account.name, fresh),
            "generation": held.generation,
            "expires_at": fresh.expires_at,
            "at": self._journal.clock.now(),
        }
        try:
            await self._journal.write([Statement("credentials.replace", values)])
        except Conflict:
            log.warning("somebody else connected the account meanwhile", connection=account.name)

    async def _mark(self, account: Account, held: _Held, state: str, reason: str) -> None:
        values = {
            "connection": account.name,
            "generation": held.generation,
            "state": state,
            "reason": reason,
            "at": self._journal.clock.now(),
        }
        try:
            await self._journal.write([Statement("credentials.mark", values)])
        except Conflict:
            raise TransientError(f"connection {account.name!r} was reconnected meanwhile") from None
        held.state = state

    async def _lost(self, account: Account, held: _Held, why: str) -> CredentialsError:
        await self._mark(account, held, "needs-reauthorization", why)
        fix = f"`dragoman connections add {account.name}`; its runs wait until then"
        log.error("an account must be reconnected", connection=account.name, why=why, fix=fix)
        return CredentialsError(f"connection {account.name!r} must be reconnected: {why}", fix=fix)

    def _count(self, account: Account) -> None:
        """Keep refreshes within what the vendor allows an hour."""
        now = self._journal.clock.now()
        recent = self._refreshes.setdefault(account.name, deque())
        while recent and recent[0] <= now - HOUR:
            recent.popleft()
        if len(recent) >= _AN_HOUR:
            wait = (recent[0] + HOUR - now) / SECOND
            raise RateLimited(
                f"connection {account.name!r} has refreshed {_AN_HOUR} times within the hour",
                retry_after=wait,
            )
        recent.append(now)

    def _seal(self, name: str, credentials: Credentials) -> bytes:
        return seals.seal(self._vault, self._context(name), credentials)

    def _context(self, name: str) -> str:
        return f"{self._workspace}/{name}/credentials"
