"""The tags that a location knows. A tag that a contact gets for the first time becomes one."""

from dragoman.kernel.jsons import Json
from dragoman.simulator.exchange import Answer
from dragoman.simulator.highlevel import answers
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.fields import TEXT
from dragoman.simulator.highlevel.records import Location, Tag
from dragoman.simulator.routes import Route

_FIELDS = {"name": TEXT}


def every(call: Call) -> Answer:
    shown = [_shown(call, tag) for tag in _location(call).tags.values()]
    return call.answer(200, {"tags": shown})


def create(call: Call) -> Answer:
    """Declared and answered 200, unlike other creates."""
    location = _location(call)
    name = call.body(_FIELDS, required=("name",))["name"]
    _check(location, name)
    call.state.define_tags(location, [name])
    call.record("tag.defined", {"location_id": location.id}, {"tag": name})
    return call.answer(200, {"tag": _shown(call, location.tags[name.casefold()])})


def get(call: Call) -> Answer:
    return call.answer(200, {"tag": _shown(call, _find(call))})


def update(call: Call) -> Answer:
    """What becomes of contacts that carry it is documented nowhere: they keep the old name."""
    location, tag = _location(call), _find(call)
    name = call.body(_FIELDS, required=("name",))["name"]
    if name.casefold() != tag.name.casefold():
        _check(location, name)
    del location.tags[tag.name.casefold()]
    location.tags[name.casefold()] = new = Tag(tag.id, name)
    call.record("tag.renamed", {"location_id": location.id}, {"from": tag.name, "to": name})
    return call.answer(200, {"tag": _shown(call, new)})


def delete(call: Call) -> Answer:
    """What becomes of contacts that carry it is documented nowhere: they keep it."""
    location, tag = _location(call), _find(call)
    del location.tags[tag.name.casefold()]
    call.record("tag.deleted", {"location_id": location.id}, {"tag": tag.name})
    return call.answer(200, {"succeded": True})


def _location(call: Call) -> Location:
    call.check_location(call.params["location"])
    return call.location


def _find(call: Call) -> Tag:
    wanted = call.params["tag"]
    for tag in _location(call).tags.values():
        if tag.id == wanted:
            return tag
    raise answers.not_found("Tag", wanted)


def _check(location: Location, name: str) -> None:
    if name.casefold() in location.tags:
        raise answers.refusal(400, "The tag name is already exist.")


def _shown(call: Call, tag: Tag) -> Json:
    return {"id": tag.id, "name": tag.name, "locationId": call.account}


_READ, _WRITE = "locations/tags.readonly", "locations/tags.write"
ROUTES = (
    Route("GET", "/locations/{location}/tags", every, _READ),
    Route("POST", "/locations/{location}/tags", create, _WRITE),
    Route("GET", "/locations/{location}/tags/{tag}", get, _READ),
    Route("PUT", "/locations/{location}/tags/{tag}", update, _WRITE),
    Route("DELETE", "/locations/{location}/tags/{tag}", delete, _WRITE),
)
