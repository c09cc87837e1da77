"""Users made, changed and deleted, by an agency or by one of its locations."""

from dragoman.kernel.jsons import Json
from dragoman.simulator.exchange import Answer
from dragoman.simulator.figures import whole
from dragoman.simulator.highlevel import answers, events, users
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.fields import FLAG, OBJECT, TEXT, TEXTS, Kind
from dragoman.simulator.highlevel.records import User
from dragoman.simulator.routes import AGENCY, BOTH, Route

USUAL = 25
_OWN = ("firstName", "lastName", "email", "phone", "role", "locationIds")
_MORE: dict[str, Kind] = {
    **dict.fromkeys(("type", "profilePhoto", "platformLanguage"), TEXT),
    **dict.fromkeys(("permissions", "twilioPhone"), OBJECT),
    **dict.fromkeys(("scopes", "scopesAssignedToOnly"), TEXTS),
}
FIELDS: dict[str, Kind] = {
    **dict.fromkeys(("companyId", "firstName", "lastName", "email", "password"), TEXT),
    **dict.fromkeys(("phone", "role"), TEXT),
    "locationIds": TEXTS,
    **_MORE,
}
FIND_FIELDS: dict[str, Kind] = {
    **dict.fromkeys(("companyId", "emails", "skip", "limit", "projection"), TEXT),
    "deleted": FLAG,
}
_NEEDED = (
    *("companyId", "firstName", "lastName", "email", "password", "type", "role", "locationIds"),
)


def create(call: Call) -> Answer:
    """The password is looked at and kept nowhere."""
    body = call.body(FIELDS, required=_NEEDED)
    _check(call, body)
    if users.with_email(call.state, body["email"]):
        raise answers.refusal(400, "A user with this email already exists")
    user = User(
        id=call.world.mint.word("user made"),
        first_name=body["firstName"],
        last_name=body["lastName"],
        email=body["email"],
        phone=body.get("phone", ""),
        role=body["role"],
        location_ids=[],
    )
    _write(call, user, body)
    _tell(call, "created", "UserCreate", user)
    return call.created(users.shown(user))


def update(call: Call) -> Answer:
    """Locations, permissions and scopes are replaced, not added to."""
    user = users.find(call, call.params["id"])
    body = call.body(FIELDS)
    _check(call, body)
    _write(call, user, body)
    _tell(call, "updated", "UserUpdate", user)
    return call.answer(200, users.shown(user))


def delete(call: Call) -> Answer:
    """The vendor speaks of some minutes; here it is done at once."""
    user = users.find(call, call.params["id"])
    _tell(call, "deleted", "UserDelete", user)
    _leave(call, user)
    call.state.former_users[user.id] = user
    said = (
        f"Queued deleting user with e-mail {user.email} and name {user.name}. "
        "Will take effect in a few minutes."
    )
    return call.answer(200, {"succeded": True, "message": said})


def find_by_email(call: Call) -> Answer:
    """Without a projection it is no more than id and e-mail, as documented."""
    body = call.body(FIND_FIELDS, required=("companyId", "emails"))
    if body["companyId"] != call.state.company_id:
        raise answers.refusal(403, answers.FORBIDDEN)
    wanted = {one.strip().casefold() for one in body["emails"].split(",")}
    known = call.state.former_users.values() if body.get("deleted") else users.everybody(call.state)
    found = [one for one in known if one.email.casefold() in wanted]
    skip, limit = _number(body, "skip", 0), _number(body, "limit", USUAL)
    names = body.get("projection") or "id,email"
    shown = [_projected(one, names) for one in found[skip : skip + limit]]
    return call.answer(200, {"users": shown, "count": len(found)})


def _check(call: Call, body: dict[str, Json]) -> None:
    """A location can put a user nowhere else."""
    if body.get("companyId", call.state.company_id) != call.state.company_id:
        raise answers.refusal(403, answers.FORBIDDEN)
    wrong = ["email must be an email"] if "@" not in (body.get("email") or "@") else []
    if body.get("locationIds", [True]) == []:
        wrong.append("locationIds should not be empty")
    if wrong:
        raise answers.unprocessable(wrong)
    for location_id in body.get("locationIds", ()):
        if location_id not in call.state.locations:
            raise answers.not_found("Location", location_id)
        if call.account != call.state.company_id:
            call.check_location(location_id)


def _write(call: Call, user: User, body: dict[str, Json]) -> None:
    user.first_name = body.get("firstName", user.first_name)
    user.last_name = body.get("lastName", user.last_name)
    user.email = body.get("email", user.email)
    user.phone = body.get("phone", user.phone)
    user.role = body.get("role", user.role)
    user.more |= {name: body[name] for name in _MORE if name in body}
    if "locationIds" in body:
        _leave(call, user)
        user.location_ids = body["locationIds"]
        for location_id in user.location_ids:
            call.state.locations[location_id].users[user.id] = user


def _leave(call: Call, user: User) -> None:
    for location_id in user.location_ids:
        call.state.locations[location_id].users.pop(user.id, None)


def _tell(call: Call, what: str, kind: str, user: User) -> None:
    content = {"role": user.role, "location_ids": user.location_ids}
    call.record(f"user.{what}", {"user_id": user.id, "email": user.email}, content)
    fields: dict[str, Json] = {
        "id": user.id,
        "firstName": user.first_name,
        "lastName": user.last_name,
        "email": user.email,
        "phone": user.phone or None,
        "extension": "",
        "role": user.role,
        "permissions": user.more.get("permissions", {}),
    }
    for location_id in user.location_ids:
        events.publish(call.world, kind, location_id, {**fields, "locationId": location_id})


def _projected(user: User, names: str) -> Json:
    shown = users.shown(user)
    if names == "all":
        return shown
    wanted = {one.strip() for one in names.split(",")}
    return {name: value for name, value in shown.items() if name in wanted}


def _number(body: dict[str, Json], name: str, default: int) -> int:
    """A number in a text, as described."""
    found = whole(body.get(name) or str(default))
    if found is None:
        raise answers.unprocessable([f"{name} must be a number string"])
    return found


ROUTES = (
    Route("POST", "/users/", create, "users.write", callers=BOTH),
    Route("PUT", "/users/{id}", update, "users.write", callers=BOTH),
    Route("DELETE", "/users/{id}", delete, "users.write", callers=BOTH),
    Route("POST", "/users/search/filter-by-email", find_by_email, "users.readonly", callers=AGENCY),
)
