"""What became of Act-On's messages: by message, by recipient, by day."""

import calendar as days
import csv
import io
import re
from collections import Counter
from datetime import date

from dragoman.kernel.clock import DAY, Millis
from dragoman.kernel.jsons import Json
from dragoman.simulator.acton import answers, calendar, filters, messages
from dragoman.simulator.acton.call import Call
from dragoman.simulator.acton.mail import HAPPENINGS, Trace
from dragoman.simulator.exchange import Answer, as_json
from dragoman.simulator.routes import Route

_PERIOD = re.compile(r"(\d\d)(0[1-9]|1[0-2])")


def report(call: Call) -> Answer:
    """Totals; pairs are people and times, which is how the documented sample reads."""
    one = messages.known(call)
    sent, bounced = len(one.of("SENT")), len(one.of("BOUNCED"))
    opened = one.pair("OPENED")
    return as_json(
        200,
        {
            "status": "ok",
            "sent": sent,
            "delivered": sent - bounced,
            "bounced": bounced,
            "hardBounced": bounced,
            "softBounced": 0,
            "opened": opened,
            "effectiveopened": opened,
            "clicked": one.pair("CLICKED"),
            "notsent": one.pair("SUPPRESSED"),
            "notopened": sent - bounced - opened[0],
            "optout": one.pair("OPT_OUT")[0],
            "spam": one.pair("SPAM")[0],
            **_last(call, "lastOpen", one.of("OPENED")),
            **_last(call, "lastClick", one.of("CLICKED")),
            "rebroadcast": 0,
            "rebroadcastClick": 0,
            "msgId": one.id,
            "subject": one.subject,
            "title": one.title,
            "sentto": list(one.to),
            "suppressedon": list(one.without),
        },
    )


def drill_down(call: Call) -> Answer:
    """One row a recipient and happening, oldest first."""
    word = call.params["drilldown"]
    if word not in HAPPENINGS:
        raise answers.no_drill_down()
    one = messages.known(call, 404)
    rows = [_row(call, trace) for trace in one.of(HAPPENINGS[HAPPENINGS.index(word)])]
    if call.request.query.get("responseformat", "").upper() == "CSV":
        return _csv(rows)
    offset, count = filters.page(call)
    shown = rows[offset : offset + count]
    page = {"offset": offset, "count": len(shown), "totalCount": len(rows), "result": shown}
    return as_json(200, page)


def month(call: Call) -> Answer:
    """Every day of a month of the account's zone; the week begins with Sunday, which is 1."""
    found = _PERIOD.fullmatch(call.request.query.get("period", ""))
    if found is None:
        raise answers.numbered(400, answers.PERIOD_INVALID, "date period invalid")
    year, number = 2000 + int(found[1]), int(found[2])
    counts: Counter[tuple[int, str]] = Counter()
    for one in messages.mailing(call).messages.values():
        for trace in one.traces:
            day = calendar.local(trace.at, call.own.time_zone)
            if (day.year, day.month) == (year, number):
                counts[day.day, trace.what] += 1
    return as_json(
        200,
        {
            "month": f"{date(year, number, 1):%B %Y}",
            "counts": [
                _day(date(year, number, day), counts)
                for day in range(1, days.monthrange(year, number)[1] + 1)
            ],
        },
    )


def _day(day: date, counts: Counter[tuple[int, str]]) -> Json:
    number = day.day
    return {
        "dayOfMonth": number,
        "dayOfWeek": day.isoweekday() % 7 + 1,
        "sent": counts[number, "SENT"],
        "opened": counts[number, "OPENED"],
        "clicked": counts[number, "CLICKED"],
        "bounced": counts[number, "BOUNCED"],
        "hardBounced": counts[number, "BOUNCED"],
        "softBounced": 0,
        "optedOut": counts[number, "OPT_OUT"],
    }


def _last(call: Call, name: str, traces: list[Trace]) -> dict[str, Json]:
    """When it happened last; of a message at which nothing happened, nothing is told."""
    at: Millis = max((trace.at for trace in traces), default=0)
    return {name: f"{(call.now - at) // DAY} days ago", f"{name}TS": at} if at else {}


def _row(call: Call, trace: Trace) -> dict[str, Json]:
    return {
        "listid": trace.who.list_id,
        "recid": trace.who.record_id,
        "name": trace.who.name,
        "email": trace.who.email,
        "action": trace.what,
        "when": calendar.shown(trace.at, call.own.time_zone),
        "ts": trace.at,
        "linkURI": trace.link,
        "ip": "192.0.2.1" if trace.what in ("OPENED", "CLICKED") else "",
        "os": "",
        "browser": "",
        "data": trace.why,
    }


def _csv(rows: list[dict[str, Json]]) -> Answer:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([list(rows[0]), *(row.values() for row in rows)] if rows else [])
    return Answer(200, text.getvalue().encode(), "text/csv; charset=utf-8")


ROUTES = (
    Route("GET", "/api/1/message/report", month),
    Route("GET", "/api/1/message/{id}/report", report),
    Route("GET", "/api/1/message/{id}/report/{drilldown}", drill_down),
)
