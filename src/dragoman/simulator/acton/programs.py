"""Act-On's automated programs and its campaigns: made by people, only looked at from here."""

from dragoman.kernel.jsons import Json
from dragoman.simulator.acton import answers, calendar
from dragoman.simulator.acton.assets import Campaign, Program
from dragoman.simulator.acton.call import Call
from dragoman.simulator.exchange import Answer, as_json
from dragoman.simulator.routes import Route

TYPES = ("TRACK", "EVENT", "LIST_MAINT")
"""Automated programs, webinars to come, care of lists."""


def every(call: Call) -> Answer:
    """Programs of one kind, in the only folder that there is."""
    kind = call.request.query.get("type", "").upper()
    if not kind:
        raise answers.missing("type")
    if kind not in TYPES:
        raise answers.invalid("type")
    found = [one for one in call.own.assets.programs.values() if one.kind == kind]
    folder = {"id": -1, "name": "", "programs": [_listed(call, one) for one in found]}
    running = any(one.state == "running" for one in found)
    return as_json(200, {"folders": [folder], "anyRunning": running})


def campaigns(call: Call) -> Answer:
    """The shape was never published."""
    return call.unpublished([_campaign(one) for one in call.own.assets.campaigns.values()])


def campaign(call: Call) -> Answer:
    """The shape was never published, nor the refusal."""
    found = call.own.assets.campaigns.get(call.params["id"])
    if found is None:
        raise answers.numbered(404, answers.ID_INVALID, "id invalid")
    return as_json(200, _campaign(found))


def _campaign(one: Campaign) -> dict[str, Json]:
    return {"id": one.id, "name": one.name}


def _listed(call: Call, one: Program) -> dict[str, Json]:
    made = calendar.shown(one.made, call.own.time_zone)
    lists = call.state.lists
    return {
        "id": one.id,
        "name": one.name,
        "isFavorite": False,
        "description": "",
        "srcIds": one.sources,
        "srcNames": [lists[source].name for source in one.sources if source in lists],
        "messageIds": [],
        "createdTS": one.made,
        "created": made,
        "modifiedTs": 0,
        "modified": made,
        "nextrunTS": 0,
        "nextrun": None,
        "progstate": one.state,
        "valid": one.state == "running",
        "running": one.state == "running",
        "active": one.entered,
        "tagNames": [],
        "scheduled": False,
    }


ROUTES = (
    Route("GET", "/api/1/program", every),
    Route("GET", "/api/1/campaigns", campaigns),
    Route("GET", "/api/1/campaigns/{id}", campaign),
)
