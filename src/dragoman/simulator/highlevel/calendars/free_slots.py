"""The slots of a calendar that can still be booked."""

from dragoman.kernel.clock import DAY
from dragoman.kernel.jsons import Json
from dragoman.simulator.exchange import Answer
from dragoman.simulator.highlevel import answers
from dragoman.simulator.highlevel.calendars import calendars, hours, views
from dragoman.simulator.highlevel.calendars.slots import Diary
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.routes import Route

LONGEST = 31 * DAY


def every(call: Call) -> Answer:
    """By day, in the zone that was asked for; `traceId` stands among the days, as seen."""
    calendar = calendars.find(call)
    since, until = call.number("startDate"), call.number("endDate")
    if not since < until <= since + LONGEST:
        raise answers.refusal(400, "Date range cannot be more than 31 days")
    name = call.request.query.get("timezone")
    here = views.zone(call.state, call.account)
    zone = hours.zone(name) if name else here
    only = {call.request.query.get(name) for name in ("userId", "userIds")} - {None, ""}
    diary = Diary(call.state.calendars, calendar, here, call.now)
    days: dict[str, Json] = {}
    for start, free in diary.free(since, until).items():
        if calendar.fields["isActive"] and (not only or only & set(free)):
            day = days.setdefault(hours.local(start, zone).date().isoformat(), {"slots": []})
            day["slots"].append(hours.text(start, zone))
    return call.answer(200, days)


ROUTES = (Route("GET", "/calendars/{calendar}/free-slots", every, "calendars.readonly"),)
