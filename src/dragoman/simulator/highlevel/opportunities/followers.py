"""Who follows an opportunity: users of the location."""

from dragoman.kernel.jsons import Json
from dragoman.simulator.exchange import Answer
from dragoman.simulator.highlevel import answers
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.fields import TEXTS
from dragoman.simulator.highlevel.opportunities import webhooks
from dragoman.simulator.highlevel.opportunities.records import Opportunity

FIELDS = ("followers", "followersActionType", "isRemoveAllFollowers")
MOST = 10


def add(call: Call, one: Opportunity) -> Answer:
    given = _given(call)
    added = _add(call, one, given)
    return call.created({"followers": list(one.followers), "followersAdded": added})


def remove(call: Call, one: Opportunity) -> Answer:
    """The list must be there, even where all of them go."""
    given = _given(call)
    everybody = call.request.query.get("isRemoveAllFollowers") == "true"
    removed = _remove(call, one, list(one.followers) if everybody else given)
    return call.answer(200, {"followers": list(one.followers), "followersRemoved": removed})


def follow(call: Call, one: Opportunity, said: dict[str, Json]) -> None:
    """What an upsert says of followers."""
    given = said.get("followers", [])
    if said.get("isRemoveAllFollowers"):
        _remove(call, one, list(one.followers))
    if said.get("followersActionType") == "remove":
        _remove(call, one, given)
    elif given:
        _add(call, one, given)


def _given(call: Call) -> list[str]:
    given: list[str] = call.body({"followers": TEXTS}, ("followers",))["followers"]
    return given


def _add(call: Call, one: Opportunity, given: list[str]) -> list[str]:
    if len(given) > MOST:
        raise answers.unprocessable([f"followers must contain no more than {MOST} elements"])
    for user in given:
        if user not in call.location.users:
            raise answers.not_found("User", user)
    added = [user for user in dict.fromkeys(given) if user not in one.followers]
    with webhooks.changing(call.world, one):
        one.followers += added
    call.record("opportunity.followers_added", one.subject(), {"followers": added})
    return added


def _remove(call: Call, one: Opportunity, given: list[str]) -> list[str]:
    removed = [user for user in one.followers if user in given]
    with webhooks.changing(call.world, one):
        one.followers = [user for user in one.followers if user not in removed]
    call.record("opportunity.followers_removed", one.subject(), {"followers": removed})
    return removed
