"""Pipelines with their stages, and why opportunities are lost: made by hand, listed by the API."""

from dragoman.kernel.clock import iso
from dragoman.kernel.jsons import Json
from dragoman.simulator.exchange import Answer
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.opportunities.records import LostReason, Pipeline
from dragoman.simulator.routes import Route


def every(call: Call) -> Answer:
    call.check_location(call.request.query.get("locationId"))
    found = call.state.opportunities.pipelines(call.account)
    return call.answer(200, {"pipelines": [_pipeline(call, one) for one in found]})


def lost_reasons(call: Call) -> Answer:
    """The count comes where it is asked for. None is ever deleted here."""
    query = call.request.query
    call.check_location(query.get("locationId"))
    text = query.get("query", "").casefold()
    found = [
        one
        for one in call.state.opportunities.lost_reasons(call.account)
        if text in one.name.casefold()
        and query.get("name", one.name) == one.name
        and query.get("deleted") != "true"
    ]
    skip, limit = call.number("skip", 0), call.number("limit", 100)
    shown: dict[str, Json] = {
        "lostReasons": [_lost_reason(call, one) for one in found[skip : skip + limit]]
    }
    if query.get("getCount") == "true":
        shown["total"] = len(found)
    return call.answer(200, shown)


def _pipeline(call: Call, one: Pipeline) -> Json:
    return {
        "id": one.id,
        "name": one.name,
        "locationId": call.account,
        "stages": [
            {"id": stage.id, "name": stage.name, "position": place}
            for place, stage in enumerate(one.stages)
        ],
        "showInFunnel": True,
        "showInPieChart": True,
    }


def _lost_reason(call: Call, one: LostReason) -> Json:
    added = iso(one.added)
    return {
        "id": one.id,
        "name": one.name,
        "locationId": call.account,
        "createdAt": added,
        "updatedAt": added,
    }


ROUTES = (
    Route("GET", "/opportunities/pipelines", every, "opportunities.readonly"),
    Route("GET", "/opportunities/lost-reason", lost_reasons, "opportunities.readonly"),
)
