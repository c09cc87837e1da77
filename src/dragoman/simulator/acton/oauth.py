"""Act-On's token call: five an hour, refresh tokens for one use, no grace."""

from dragoman.kernel.clock import DAY, SECOND, Millis
from dragoman.simulator.acton import answers
from dragoman.simulator.acton.call import Call
from dragoman.simulator.exchange import Answer, Refusal, as_json
from dragoman.simulator.routes import Route
from dragoman.simulator.tokens import Client, Grant
from dragoman.simulator.world import World

ACCESS_SECONDS = 3_600
REFRESH_LIFE = 30 * DAY


def token(call: Call) -> Answer:
    """Both grants; `grant_type` may stand in the query string instead of the form."""
    form = {**call.request.query, **call.request.form()}
    client = call.state.tokens.client(form.get("client_id", ""), form.get("client_secret", ""))
    if client is None:
        raise Refusal(401, {"error": "access_denied", "error_description": "Unauthorized"})
    _count(call, client)
    if form.get("grant_type") == "password":
        return _login(call, client, form)
    if form.get("grant_type") == "refresh_token":
        return _refresh(call, client, form.get("refresh_token", ""))
    raise Refusal(400, {"error": "unsupported_grant_type", "error_description": "grant_type"})


def issue(world: World, client: Client) -> Grant:
    """Make a new pair; it ends the older refresh tokens of the same credentials."""
    now, mint = world.clock.now(), world.mint
    for grant in world.acton.tokens.by_refresh.values():
        if grant.client == client.id and grant.spent is None:
            grant.spent = now
    return world.acton.tokens.add(
        Grant(
            client=client.id,
            account=client.account,
            access_token=f"ao-access-{mint.word('token', 43)}",
            expires=now + life(world),
            refresh_token=f"ao-refresh-{mint.word('token', 43)}",
            refresh_expires=now + REFRESH_LIFE,
        )
    )


def life(world: World) -> Millis:
    seconds = world.settings.access_token_seconds
    return (ACCESS_SECONDS if seconds is None else seconds) * SECOND


def _count(call: Call, client: Client) -> None:
    """At most five authentication calls an hour; the answer beyond is the gateway's likely 429."""
    limit = call.world.settings.acton_logins_per_hour
    if not call.state.logins.take(client.id, limit, call.now):
        raise answers.refused_by_gateway(429, "Rate Limit exceeded")


def _login(call: Call, client: Client, form: dict[str, str]) -> Answer:
    if (form.get("username"), form.get("password")) != (client.user_name, client.password):
        raise _no("Email or password is incorrect.")
    return _answer(call, client, "token.granted", "password")


def _refresh(call: Call, client: Client, refresh_token: str) -> Answer:
    old = call.state.tokens.by_refresh.get(refresh_token)
    known = old is not None and old.client == client.id
    if old is None or not known or old.spent is not None or call.now >= old.refresh_expires:
        raise _no("Unknown or invalid refresh token.")
    return _answer(call, client, "token.rotated", "refresh_token")


def _answer(call: Call, client: Client, effect: str, grant_type: str) -> Answer:
    call.grant = issue(call.world, client)
    call.record(effect, {"client_id": client.id}, {"grant_type": grant_type})
    answer = as_json(
        200,
        {
            "access_token": call.grant.access_token,
            "refresh_token": call.grant.refresh_token,
            "scope": "offline-access",
            "token_type": "Bearer",
            "expires_in": (call.grant.expires - call.now) // SECOND,
        },
    )
    answer.account = call.account
    return answer


def _no(description: str) -> Refusal:
    return Refusal(403, {"error": "invalid_grant", "error_description": description})


ROUTES = (Route("POST", "/token", token, open=True),)
