"""The connections of a workspace, each with its vendor, limits and the state of its credentials."""

from collections.abc import Iterable, Iterator, Mapping
from email.utils import parsedate_to_datetime
from typing import Literal

import msgspec

from dragoman.catalog.names import did_you_mean
from dragoman.catalog.vendors import Vendor
from dragoman.http.limits import Limiter
from dragoman.kernel.clock import SECOND, Millis
from dragoman.kernel.errors import DefinitionError

Environment = Literal["live", "sandbox"]


class VendorClock:
    """How far a vendor's clock is ahead of ours, as its answers' `Date` says."""

    def __init__(self) -> None:
        self.ahead: Millis = 0

    def learn(self, date: str | None, now: Millis) -> None:
        """Take in an answer's `Date`, which counts whole seconds."""
        if not date:
            return
        try:
            theirs = round(parsedate_to_datetime(date).timestamp()) * SECOND
        except (TypeError, ValueError, OverflowError):
            return
        # Within the second that the header cannot show, the clocks are the same.
        difference = theirs - now
        self.ahead = 0 if -2 * SECOND < difference <= 0 else difference


class Account(msgspec.Struct, frozen=True):
    """One authorised account."""

    name: str
    vendor: Vendor
    environment: Environment
    base_url: str
    facts: dict[str, str]
    """What the vendor needs to know of it: `location_id`, `company_id`, `account_id`."""
    limiter: Limiter
    vendor_clock: VendorClock
    app_id: str = ""
    """Webhooks of other apps are refused; nothing takes those of any."""
    webhook_keys: tuple[bytes, ...] = ()
    """Who may sign webhooks for it."""
    version: str = ""
    """The version of the vendor's API that it speaks, where that is not what each entry names."""

    @property
    def source(self) -> str:
        """Where its events come from, as CloudEvents says it."""
        known = next((self.facts[one] for one in self.vendor.facts if one in self.facts), self.name)
        return f"/{self.vendor.name}/{known}"


class Accounts:
    def __init__(self, accounts: Iterable[Account], defaults: Mapping[str, str]) -> None:
        self._accounts = {account.name: account for account in accounts}
        self._defaults = defaults

    def __iter__(self) -> Iterator[Account]:
        return iter(self._accounts.values())

    def get(self, name: str) -> Account:
        """Find one.

        Raises:
            DefinitionError: there is no such connection.
        """
        if name not in self._accounts:
            hint = did_you_mean(name, self._accounts)
            raise DefinitionError(
                f"there is no connection {name!r}: {hint}",
                fix="see `connections:` in dragoman.yaml",
            )
        return self._accounts[name]

    def facts(self, name: str) -> dict[str, str]:
        """What is known of a connection's account; nothing where the connection is gone."""
        known = self._accounts.get(name)
        return known.facts if known is not None else {}

    def choose(self, vendor: str, named: str | None, event_connection: str = "") -> Account:
        """The account a call goes to: the named one, the event's own, the default, or the only one.

        Raises:
            DefinitionError: nobody can tell which, or the named one is of another vendor.
        """
        if named is not None:
            account = self.get(named)
            if account.vendor.name != vendor:
                fitting = [one.name for one in self if one.vendor.name == vendor]
                raise DefinitionError(
                    f"connection {named!r} is of {account.vendor.name}, the call is for {vendor}",
                    fix=f"{vendor} has {', '.join(fitting) or 'none: see `connections:`'}",
                )
            return account
        own = self._accounts.get(event_connection)
        if own is not None and own.vendor.name == vendor:
            return own
        if vendor in self._defaults:
            return self.get(self._defaults[vendor])
        candidates = [one for one in self._accounts.values() if one.vendor.name == vendor]
        if len(candidates) == 1:
            return candidates[0]
        several = ", ".join(sorted(one.name for one in candidates))
        raise DefinitionError(
            f"which {vendor} account? " + (f"there are {several}" if several else "there is none"),
            fix=f"name it in the flow (`connections: {{{vendor}: NAME}}`) or under `defaults:`",
        )
