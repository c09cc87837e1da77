"""What a contact did and was sent, its scores, and the segments that it is in."""

from datetime import UTC, datetime

from dragoman.kernel.clock import SECOND, Millis
from dragoman.kernel.jsons import Json
from dragoman.simulator.acton import history
from dragoman.simulator.acton.call import Call
from dragoman.simulator.acton.contacts import asked
from dragoman.simulator.acton.contacts.columns import SCORE
from dragoman.simulator.exchange import Answer, as_json
from dragoman.simulator.routes import Route


def activity(call: Call) -> Answer:
    """Newest first, in the layout of a list record's history, which is a guess."""
    contact = asked.contact(call, asked.opened(call))
    own = [
        history.entry(call.now, one.verb, one.what, one.at) | {"idType": one.kind}
        for one in contact.activities
    ]
    entries = [*own, *history.entries(call, contact.email)]
    since = _since(call.now, asked.number(call, "monthsOfPastData", -1))
    shown = sorted(
        (one for one in entries if one["WhenMillis"] >= since), key=lambda one: -one["WhenMillis"]
    )
    about = {"score": int(contact.fields.get(SCORE, "0"))}
    return as_json(200, {"activity": about, "activitylist": shown})


def scores(call: Call) -> Answer:
    """One for each column of that type."""
    book = asked.opened(call)
    contact = asked.contact(call, book)
    shown: list[Json] = [
        {"name": one.name, "columnIndex": one.index, "score": int(contact.value(one) or "0")}
        for one in book.columns
        if one.type == "SCORE"
    ]
    return asked.listed(call, shown)


def segments(call: Call) -> Answer:
    book = asked.opened(call)
    contact = asked.contact(call, book)
    found = [
        one.shown()
        for one in book.segments
        if any(member is contact for member in book.members(one))
    ]
    return asked.listed(call, found)


def _since(now: Millis, months: int) -> Millis:
    """The first moment of the month so many back; 0 is this month, as on the older call."""
    if months < 0:
        return 0
    today = datetime.fromtimestamp(now / SECOND, UTC)
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    if year < 1970:  # noqa: PLR2004
        return 0
    return round(datetime(year, month + 1, 1, tzinfo=UTC).timestamp() * SECOND)


_REPORT = "/ucl/v2/{accountId}/contactReport"
_WHO = ("id/{id}", "email/{emailAddress}", "externalId/{objectType}/{externalId}")
_WHAT = {"activity": activity, "scores": scores, "segments": segments}
ROUTES = tuple(
    Route("GET", f"{_REPORT}/{who}/{name}", handler)
    for who in _WHO
    for name, handler in _WHAT.items()
)
