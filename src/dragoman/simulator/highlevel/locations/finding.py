"""What a call of a location is about, or the refusal where it is not there."""

from collections.abc import Mapping

from dragoman.simulator.highlevel import answers
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.locations.holdings import Holdings, Thing


def own(call: Call) -> Holdings:
    """What the location holds that stands in the path.

    Raises:
        Refusal: 403 where it is not the token's.
    """
    return of(call, call.params["location"])


def of(call: Call, location_id: str | None) -> Holdings:
    """The same of a location that is named elsewhere."""
    call.check_location(location_id)
    return call.state.estate.of(call.account)


def one(things: Mapping[str, Thing], name: str, thing_id: str) -> Thing:
    """One of many; `name` is what the refusal calls it."""
    found = things.get(thing_id)
    if found is None:
        raise answers.not_found(name, thing_id)
    return found
