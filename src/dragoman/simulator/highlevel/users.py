"""The staff of a location."""

from dragoman.kernel.jsons import Json
from dragoman.simulator.exchange import Answer
from dragoman.simulator.highlevel import answers
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.records import User
from dragoman.simulator.routes import Route

PAGE = 25

_SORTED_BY = {"firstName": "first_name", "lastName": "last_name", "email": "email"}


def search(call: Call) -> Answer:
    """Without any parameter it looks like a token error; with a location it names the field."""
    query = call.request.query
    if not query.get("companyId"):
        if not query.get("locationId"):
            raise answers.refusal(401, "E01 - Unauthorized request")
        raise answers.unprocessable(["companyId should not be empty"])
    if query["companyId"] != call.state.company_id:
        raise answers.refusal(403, "Forbidden resource")
    call.check_location(query.get("locationId", call.account))
    found = [user for user in call.location.users.values() if _wanted(call, user)]
    by = _SORTED_BY.get(query.get("sort", ""))
    if by is not None:
        found.sort(key=lambda user: getattr(user, by), reverse=query.get("sortDirection") == "desc")
    skip, limit = _number(call, "skip", 0), _number(call, "limit", PAGE)
    shown = [_shown(user) for user in found[skip : skip + limit]]
    return call.answer(200, {"users": shown, "count": len(found)})


def every(call: Call) -> Answer:
    """The older call; deprecated, and it still answers."""
    call.check_location(call.request.query.get("locationId"))
    return call.answer(200, {"users": [_shown(one) for one in call.location.users.values()]})


def get(call: Call) -> Answer:
    """Flat, without a key around it."""
    user = call.location.users.get(call.params["id"])
    if user is None:
        raise answers.not_found("User", call.params["id"])
    return call.answer(200, _shown(user))


def _wanted(call: Call, user: User) -> bool:
    query = call.request.query
    text = query.get("query", "").casefold()
    ids = {one for one in query.get("ids", "").split(",") if one}
    return (
        text in f"{user.name} {user.email} {user.phone}".casefold()
        and query.get("role") in (None, user.role)
        and query.get("type", "account") == "account"
        and (not ids or user.id in ids)
    )


def _number(call: Call, name: str, default: int) -> int:
    text = call.request.query.get(name, str(default))
    if not text.isdigit():
        raise answers.unprocessable([f"{name} must be a number string"])
    return int(text)


def _shown(user: User) -> dict[str, Json]:
    return {
        "id": user.id,
        "name": user.name,
        "firstName": user.first_name,
        "lastName": user.last_name,
        "email": user.email,
        "phone": user.phone,
        "extension": "",
        "roles": {"type": "account", "role": user.role, "locationIds": [user.location_id]},
        "deleted": False,
    }


ROUTES = (
    Route("GET", "/users/search", search, "users.readonly"),
    Route("GET", "/users/", every, "users.readonly"),
    Route("GET", "/users/{id}", get, "users.readonly"),
)
