"""Clients and the tokens they hold. What a vendor makes of a used token is its own affair."""

from dataclasses import dataclass, field

from dragoman.kernel.clock import Millis


@dataclass(slots=True)
class Client:
    id: str
    secret: str
    user_name: str = ""
    password: str = ""
    account: str = ""


@dataclass(slots=True)
class Grant:
    """One pair of tokens."""

    client: str
    account: str
    access_token: str
    expires: Millis
    refresh_token: str = ""
    refresh_expires: Millis = 0
    scopes: frozenset[str] = frozenset()
    user_type: str = "Location"
    trial: bool = False
    spent: Millis | None = None
    """When its refresh token was used or ended."""
    successor: "Grant | None" = None


@dataclass(slots=True)
class Tokens:
    clients: dict[str, Client] = field(default_factory=dict)
    by_access: dict[str, Grant] = field(default_factory=dict)
    by_refresh: dict[str, Grant] = field(default_factory=dict)

    def add(self, grant: Grant) -> Grant:
        self.by_access[grant.access_token] = grant
        if grant.refresh_token:
            self.by_refresh[grant.refresh_token] = grant
        return grant

    def live(self, access_token: str, now: Millis) -> Grant | None:
        """The grant of an access token that has not expired."""
        grant = self.by_access.get(access_token)
        return grant if grant is not None and now < grant.expires else None

    def client(self, client_id: str, secret: str) -> Client | None:
        client = self.clients.get(client_id)
        return client if client is not None and client.secret == secret else None
