"""Credentials that work at once."""

from typing import Literal

from starlette.requests import Request
from starlette.responses import Response

from dragoman.kernel.clock import DAY, SECOND
from dragoman.kernel.jsons import Json
from dragoman.simulator.acton import oauth as acton_oauth
from dragoman.simulator.control.bodies import Body, Handler, answer, read
from dragoman.simulator.highlevel import oauth as highlevel_oauth
from dragoman.simulator.highlevel.scopes import SCOPES
from dragoman.simulator.tokens import Client, Grant
from dragoman.simulator.world import World

NEVER = 100 * 365 * DAY


class Asked(Body):
    vendor: Literal["highlevel", "acton"]
    location_id: str = ""
    account_id: str = ""
    access_expired: bool = False
    scopes: list[str] | None = None
    kind: Literal["oauth", "pit"] = "oauth"
    user_type: Literal["Location", "Company"] = "Location"
    trial: bool = False
    """A trial account's private token: 25 calls in 10 seconds, 10,000 a day."""


async def make(world: World, request: Request) -> Response:
    return answer(mint(world, await read(request, Asked)), 201)


class Ended(Body):
    client_id: str
    access: bool = True
    refresh: bool = False


async def end(world: World, request: Request) -> Response:
    """End a client's tokens before their time, as a person does who removes an app."""
    asked = await read(request, Ended)
    now = world.clock.now()
    grants = [
        grant
        for tokens in (world.highlevel.tokens, world.acton.tokens)
        for grant in tokens.by_access.values()
        if grant.client == asked.client_id
    ]
    for grant in grants:
        grant.expires = min(grant.expires, now) if asked.access else grant.expires
        grant.refresh_expires = 0 if asked.refresh else grant.refresh_expires
    return answer({"ended": len(grants)})


def mint(world: World, asked: Asked) -> Json:
    """Make a client and its first tokens; a location or account that is new comes to be."""
    if asked.vendor == "acton":
        return _acton(world, asked)
    return _private(world, asked) if asked.kind == "pit" else _highlevel(world, asked)


def _highlevel(world: World, asked: Asked) -> Json:
    state, maker = world.highlevel, world.mint
    client = Client(
        id=f"{maker.hexadecimal('app', 24)}-{maker.word('client', 8).lower()}",
        secret=maker.uuid("client secret"),
    )
    state.tokens.clients[client.id] = client
    account = _account(world, asked)
    scopes = _scopes(asked)
    grant = highlevel_oauth.issue(world, client.id, account, scopes, user_type=asked.user_type)
    made = {
        "client_id": client.id,
        "client_secret": client.secret,
        "company_id": state.company_id,
        **_tokens(world, grant, expired=asked.access_expired),
    }
    if asked.user_type == "Location":
        made["location_id"] = account
    return made


def _private(world: World, asked: Asked) -> Json:
    """A Private Integration Token: no expiry, no refresh."""
    state, now = world.highlevel, world.clock.now()
    grant = state.tokens.add(
        Grant(
            client="pit",
            account=_account(world, asked),
            access_token=f"pit-{world.mint.uuid('pit')}",
            expires=now if asked.access_expired else now + NEVER,
            scopes=_scopes(asked),
            user_type=asked.user_type,
            trial=asked.trial,
        )
    )
    made: dict[str, Json] = {
        "access_token": grant.access_token,
        "company_id": state.company_id,
        "scopes": sorted(grant.scopes),
    }
    return {**made, "location_id": grant.account} if asked.user_type == "Location" else made


def _acton(world: World, asked: Asked) -> Json:
    """Each has a user of its own, so that one login does not end another's tokens."""
    state, maker = world.acton, world.mint
    account = state.account(asked.account_id or state.default_account.id)
    client = Client(
        id=maker.word("client", 28),
        secret=maker.word("client secret", 28),
        user_name=f"bo.{maker.hexadecimal('user', 8)}@example.com",
        password=maker.word("password", 16),
        account=account.id,
    )
    state.tokens.clients[client.id] = client
    grant = acton_oauth.issue(world, client)
    return {
        "client_id": client.id,
        "client_secret": client.secret,
        "username": client.user_name,
        "password": client.password,
        "account_id": account.id,
        **_tokens(world, grant, expired=asked.access_expired),
    }


def _tokens(world: World, grant: Grant, *, expired: bool) -> dict[str, Json]:
    now = world.clock.now()
    if expired:
        grant.expires = now
    return {
        "access_token": grant.access_token,
        "refresh_token": grant.refresh_token,
        "expires_in": (grant.expires - now) // SECOND,
        "scopes": sorted(grant.scopes),
    }


def _account(world: World, asked: Asked) -> str:
    """The location's id, or the agency's."""
    state = world.highlevel
    if asked.user_type == "Company":
        return state.company_id
    return state.location(asked.location_id or state.default_location.id).id


def _scopes(asked: Asked) -> frozenset[str]:
    return SCOPES if asked.scopes is None else frozenset(asked.scopes)


ROUTES: dict[tuple[str, str], Handler] = {
    ("POST", "/control/credentials"): make,
    ("POST", "/control/credentials/end"): end,
}
