"""HighLevel's token call: single-use refresh tokens, with 30 seconds of grace for the last one."""

from dragoman.kernel.clock import DAY, SECOND, Millis
from dragoman.kernel.jsons import Json
from dragoman.simulator.exchange import Answer, Refusal
from dragoman.simulator.highlevel import answers, versions
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.routes import Route
from dragoman.simulator.tokens import Grant
from dragoman.simulator.world import World

ACCESS_SECONDS = 86_399
REFRESH_LIFE = 365 * DAY
GRACE = 30 * SECOND
"""Repeating the same refresh within this time returns the same new tokens (vendor's changelog)."""
_FIELDS = ("client_id", "client_secret", "grant_type", "refresh_token")
"""What is asked; the last one by a refresh only."""


def token(call: Call) -> Answer:
    """Exchange a refresh token; the body may be a form or JSON. The code grant is not served."""
    form = call.request.form()
    if versions.is_v3(call):
        form = {name: form.get(versions.camel(name), "") for name in _FIELDS}
    missing = [name for name in _FIELDS[:3] if not form.get(name)]
    if missing and versions.is_v3(call):
        raise _no(call, "", f"Missing parameter: {versions.camel(missing[0])}")
    if missing:
        raise answers.unprocessable([f"{name} should not be empty" for name in missing])
    client = call.state.tokens.client(form["client_id"], form["client_secret"])
    if client is None:
        raise _no(call, "invalid_client", "Invalid client: client credentials are invalid", 401)
    if form["grant_type"] != "refresh_token":
        said = "Unsupported grant type: `grant_type` is invalid"
        raise _no(call, "unsupported_grant_type", said, newer="Invalid parameter: grantType")
    return refresh(call, client.id, form.get("refresh_token", ""))


def refresh(call: Call, client_id: str, refresh_token: str) -> Answer:
    old = call.state.tokens.by_refresh.get(refresh_token)
    if old is None or old.client != client_id or call.now >= old.refresh_expires:
        raise _no(call, "invalid_grant", "Invalid grant: refresh token is invalid")
    if old.user_type == "Location" and not call.state.location(old.account).active:
        raise answers.refusal(400, "Location is not active")
    if old.spent is not None:
        return _again(call, old)
    new = issue(call.world, client_id, old.account, old.scopes, user_type=old.user_type)
    old.spent, old.successor = call.now, new
    call.grant = new
    call.record("token.rotated", {"client_id": client_id}, {"grant_type": "refresh_token"})
    return call.answer(200, shown(call, new))


def issue(
    world: World,
    client_id: str,
    account: str,
    scopes: frozenset[str],
    *,
    user_type: str = "Location",
) -> Grant:
    """Make a new pair of tokens."""
    now, mint = world.clock.now(), world.mint
    return world.highlevel.tokens.add(
        Grant(
            client=client_id,
            account=account,
            access_token=f"hl-access-{mint.word('token', 43)}",
            expires=now + life(world),
            refresh_token=f"hl-refresh-{mint.word('token', 43)}",
            refresh_expires=now + REFRESH_LIFE,
            scopes=scopes,
            user_type=user_type,
        )
    )


def life(world: World) -> Millis:
    seconds = world.settings.access_token_seconds
    return (ACCESS_SECONDS if seconds is None else seconds) * SECOND


def _again(call: Call, old: Grant) -> Answer:
    """A refresh token used before: the same new tokens within the grace, else none."""
    graced = call.now - (old.spent or 0) < GRACE and not call.world.settings.strict_refresh
    if old.successor is None or not graced:
        raise _no(call, "invalid_grant", "Invalid grant: refresh token is invalid")
    return call.answer(200, shown(call, old.successor))


def shown(call: Call, grant: Grant) -> dict[str, Json]:
    """A pair of tokens, as the version asked for writes it."""
    body: dict[str, Json] = {
        "access_token": grant.access_token,
        "token_type": "Bearer",
        "expires_in": max((grant.expires - call.now) // SECOND, 0),
        "refresh_token": grant.refresh_token,
        "refreshTokenId": call.world.mint.hexadecimal("refresh token id", 24),
        "scope": " ".join(sorted(grant.scopes)),
        "userType": grant.user_type,
        "companyId": call.state.company_id,
        "isBulkInstallation": False,
        "userId": call.world.mint.word("user"),
    }
    if grant.user_type == "Location":
        body["locationId"] = grant.account
    if versions.is_v3(call):
        return {versions.camel(name): one for name, one in body.items()}
    return body


def _no(call: Call, error: str, said: str, status: int = 400, *, newer: str = "") -> Refusal:
    """Version v3 refuses as other calls do, with words of its own for some of it."""
    if versions.is_v3(call):
        return Refusal(status, answers.plain(status, newer or said, error=False))
    return Refusal(status, {"error": error, "error_description": said})


ROUTES = (Route("POST", "/oauth/token", token, open=True),)
