"""The staff of a location, or of an agency with all of its locations."""

from collections.abc import Iterable

from dragoman.kernel.jsons import Json
from dragoman.simulator.exchange import Answer
from dragoman.simulator.highlevel import answers
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.records import User
from dragoman.simulator.highlevel.state import HighLevel
from dragoman.simulator.routes import BOTH, Route

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
        raise answers.refusal(403, answers.FORBIDDEN)
    found = [user for user in _reached(call, query.get("locationId")) if _wanted(call, user)]
    by = _SORTED_BY.get(query.get("sort", ""))
    if by is not None:
        found.sort(key=lambda user: getattr(user, by), reverse=query.get("sortDirection") == "desc")
    skip, limit = call.number("skip", 0), call.number("limit", PAGE)
    return call.answer(
        200, {"users": [shown(user) for user in found[skip : skip + limit]], "count": len(found)}
    )


def every(call: Call) -> Answer:
    """The older call; deprecated, and it still answers."""
    call.check_location(call.request.query.get("locationId"))
    return call.answer(200, {"users": [shown(one) for one in call.location.users.values()]})


def get(call: Call) -> Answer:
    """Flat, without a key around it."""
    return call.answer(200, shown(find(call, call.params["id"])))


def find(call: Call, user_id: str) -> User:
    """A user whom this token reaches."""
    known = {one.id: one for one in _reached(call, None)}
    if user_id not in known:
        raise answers.not_found("User", user_id)
    return known[user_id]


def everybody(state: HighLevel) -> Iterable[User]:
    """The users of all locations, each once."""
    found = {one.id: one for place in state.locations.values() for one in place.users.values()}
    return found.values()


def with_email(state: HighLevel, email: str) -> list[User]:
    return [one for one in everybody(state) if one.email.casefold() == email.casefold()]


def shown(user: User) -> dict[str, Json]:
    roles = {
        "type": user.more.get("type", "account"),
        "role": user.role,
        "locationIds": user.location_ids,
    }
    more = {name: value for name, value in user.more.items() if name in ("permissions", "scopes")}
    return {
        "id": user.id,
        "name": user.name,
        "firstName": user.first_name,
        "lastName": user.last_name,
        "email": user.email,
        "phone": user.phone,
        "extension": "",
        "roles": roles,
        **more,
        "deleted": False,
    }


def _reached(call: Call, location_id: str | None) -> Iterable[User]:
    """Those of the location that is asked for, else all that the token reaches."""
    if call.account != call.state.company_id:
        call.check_location(location_id or call.account)
        return call.location.users.values()
    if location_id is None:
        return everybody(call.state)
    if location_id not in call.state.locations:
        raise answers.refusal(403, answers.WRONG_LOCATION)
    return call.state.locations[location_id].users.values()


def _wanted(call: Call, user: User) -> bool:
    query = call.request.query
    text = query.get("query", "").casefold()
    ids = {one for text in call.request.several("ids") for one in text.split(",") if one}
    return (
        text in f"{user.name} {user.email} {user.phone}".casefold()
        and query.get("role") in (None, user.role)
        and query.get("type") in (None, user.more.get("type", "account"))
        and (not ids or user.id in ids)
    )


ROUTES = (
    Route("GET", "/users/search", search, "users.readonly", callers=BOTH),
    Route("GET", "/users/", every, "users.readonly"),
    Route("GET", "/users/{id}", get, "users.readonly", callers=BOTH),
)
