"""What one record's person did and had done to them, as Act-On tells it."""

from collections.abc import Iterator
from datetime import UTC, datetime

from dragoman.kernel.clock import DAY, SECOND, Millis
from dragoman.kernel.jsons import Json
from dragoman.simulator.acton import records
from dragoman.simulator.acton.call import Call
from dragoman.simulator.acton.consent import Kind, fold
from dragoman.simulator.exchange import Answer, as_json
from dragoman.simulator.routes import Route

VERBS: dict[Kind, tuple[str, str]] = {
    "optout": ("oo", "Opted out"),
    "hardbounce": ("hb", "Hard bounce"),
    "spamcomplaint": ("sp", "Spam complaint"),
}

MAIL = {"SENT": ("s", "Sent"), "OPENED": ("os", "Opened"), "CLICKED": ("r", "Clicked")}


def facts(call: Call) -> Answer:
    """Newest first; scores are not pretended, so they stay at nothing."""
    one, record = records.known(call)
    found = sorted(entries(call, one.email_of(record)), key=lambda one: -one["WhenMillis"])
    activity = {
        "score": 0,
        "ScorePeriod": "all time",
        "ScoreDetails": [],
        "entries": found,
        "EntryMonthsAvailable": sorted({_day(one["WhenMillis"]).strftime("%y%m") for one in found}),
        "HasProfileScore": False,
        "HasScoreSheet": False,
        "HasBehaviorScore": False,
    }
    return as_json(200, {"activity": activity, "activitylist": found})


def entries(call: Call, email: str) -> Iterator[dict[str, Json]]:
    for point in call.own.touchpoints():
        if fold(point.email) == fold(email) and point.shows <= call.now:
            what = f"{point.destination}: {point.title}"
            yield entry(call.now, "custom", what, point.when) | {"idType": "customevent"}
    for message, trace in call.own.mailing.traces_of(email):
        if trace.what in MAIL:
            verb, what = MAIL[trace.what]
            told = entry(call.now, verb, f"{what}: {message.title}", trace.at)
            yield told | {"idType": "msg", "id": message.id}
    for kind, (verb, what) in VERBS.items():
        found = call.consent.find(kind, email)
        if found is not None:
            yield entry(call.now, verb, what, found.at) | {"idType": "msg"}


def entry(now: Millis, verb: str, what: str, at: Millis) -> dict[str, Json]:
    day = _day(at)
    return {
        "What": what,
        "Verb": verb,
        "WhenMillis": at,
        "ago": str((now - at) // DAY),
        "y": day.strftime("%y"),
        "m": day.strftime("%b"),
        "d": str(day.day),
        "InScoreRange": True,
        "Responses": [],
    }


def _day(at: Millis) -> datetime:
    return datetime.fromtimestamp(at / SECOND, UTC)


ROUTES = (Route("GET", "/api/1/list/{listid}/record/{recordid}/facts", facts),)
