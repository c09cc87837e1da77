"""Act-On's account call: numbers and flags come as text, as its older page shows."""

from dragoman.simulator.acton.call import Call
from dragoman.simulator.exchange import Answer, as_json
from dragoman.simulator.routes import Route


def get(call: Call) -> Answer:
    account = call.state.account(call.account)
    client = call.state.tokens.clients.get(call.grant.client) if call.grant else None
    user = client.user_name if client else "bo@example.com"
    return as_json(
        200,
        {
            "account_id": account.id,
            "cname": "mkt.example.com",
            "user_name": account.user,
            "user_email": user,
            "account_name": account.name,
            "user_type": "Marketing",
            "isAdmin": "true",
            "login": user,
            "time_zone": account.time_zone,
        },
    )


ROUTES = (Route("GET", "/api/1/account", get),)
