"""The time zones that a location can have: some of them."""

from dragoman.simulator.exchange import Answer
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.locations import finding
from dragoman.simulator.routes import Route

ZONES = (
    *("America/Chicago", "America/Denver", "America/Los_Angeles", "America/New_York"),
    *("Asia/Kolkata", "Asia/Tokyo", "Australia/Sydney", "Europe/Berlin", "Europe/London"),
    *("US/Central", "US/Eastern", "US/Mountain", "US/Pacific", "UTC"),
)


def every(call: Call) -> Answer:
    """No answer is described; this form is a guess."""
    finding.own(call)
    return call.answer(200, {"timezones": list(ZONES)})


ROUTES = (Route("GET", "/locations/{location}/timezones", every, "locations.readonly"),)
