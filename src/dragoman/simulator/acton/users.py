"""Act-On's users, and the senders that they may write as."""

from typing import Any

from dragoman.kernel import jsons
from dragoman.simulator.acton import answers
from dragoman.simulator.acton.call import Call
from dragoman.simulator.acton.consent import fold
from dragoman.simulator.exchange import Answer, Refusal, as_json
from dragoman.simulator.routes import Route

NEEDED = ("userType", "email", "firstName", "lastName", "password")
TYPES = ("Marketing", "Sales")
SHORTEST, LONGEST = 6, 30
"""Characters of a password."""


def create(call: Call) -> Answer:
    """One answer a user; that a bad one stops no other is a guess."""
    asked = _array(call)
    return as_json(200, [_create(call, one) for one in asked])


def delete_many(call: Call) -> Answer:
    """What a success says was never published; the body here is a guess."""
    for one in _array(call):
        _delete(call, str(one.get("email", "")))
    return as_json(200, {"status": "success", "message": "Users deleted"})


def delete(call: Call) -> Answer:
    """What a success says was never published, nor what is said of a stranger: both are guesses."""
    if not _delete(call, call.params["email"]):
        raise _stranger()
    return as_json(200, {"status": "success", "message": "User deleted"})


def senders(call: Call) -> Answer:
    """Whom mail may come from. The shape was never published."""
    found = [
        {"id": one.id, "name": one.name, "email": one.email} for one in call.own.mailing.senders
    ]
    return call.unpublished(found)


def _array(call: Call) -> list[dict[str, Any]]:
    try:
        body = jsons.decode(call.request.body)
    except jsons.Unreadable:
        body = None
    if not (isinstance(body, list) and body and all(isinstance(one, dict) for one in body)):
        raise answers.missing("userspecs")
    return body


def _create(call: Call, asked: dict[str, Any]) -> dict[str, Any]:
    fault = _fault(call, asked)
    if fault:
        return {"email": asked.get("email", ""), "status": fault, "privilegeResponses": []}
    email = asked["email"]
    call.own.users[fold(email)] = {name: asked[name] for name in NEEDED if name != "password"}
    call.record("user.created", {"email": email}, {"userType": asked["userType"]})
    return {"email": email, "status": "ok", "privilegeResponses": []}


def _fault(call: Call, asked: dict[str, Any]) -> str:
    """Why this one is not made; nothing where there is no reason. The words are guesses."""
    lacking = next((name for name in NEEDED if not asked.get(name)), "")
    if lacking:
        return f"missing parameter: {lacking}"
    wrong = next((name for name in NEEDED if not isinstance(asked[name], str)), "")
    if wrong or asked["userType"] not in TYPES:
        return f"{wrong or 'userType'} invalid"
    if not SHORTEST <= len(str(asked["password"])) <= LONGEST:
        return "password invalid"
    return "user exists" if fold(asked["email"]) in call.own.users else ""


def _delete(call: Call, email: str) -> bool:
    if call.own.users.pop(fold(email), None) is None:
        return False
    call.record("user.deleted", {"email": email}, {})
    return True


def _stranger() -> Refusal:
    return answers.numbered(404, answers.ID_INVALID, "id invalid")


ROUTES = (
    Route("GET", "/api/1/account/senders", senders),
    Route("POST", "/api/1/user", create),
    Route("POST", "/api/1/user/delete", delete_many),
    Route("DELETE", "/api/1/user/{email}", delete),
)
