"""Forms and surveys, which only people make, and what was sent by them."""

from functools import partial

from dragoman.kernel.clock import DAY, Millis, iso, millis
from dragoman.kernel.jsons import Json
from dragoman.simulator.exchange import Answer
from dragoman.simulator.highlevel import answers
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.locations import finding
from dragoman.simulator.highlevel.locations.holdings import Holdings, Submission, Thing
from dragoman.simulator.routes import Route

_MONTH = 30 * DAY
MOST_PAPERS, MOST_SUBMISSIONS = 50, 100
"""Documented; more is refused."""


def papers(call: Call, kind: str) -> Answer:
    """Without folders, which are a kind of their own."""
    own = _own(call)
    skip, limit = call.number("skip", 0), call.number("limit", 10, MOST_PAPERS)
    found = list(_of(own, kind).values()) if call.request.query.get("type") != "folder" else []
    shown = [
        {"id": one.id, "name": one.fields["name"], "locationId": call.account}
        for one in found[skip : skip + limit]
    ]
    return call.answer(200, {f"{kind}s": shown, "total": len(found)})


def submissions(call: Call, kind: str) -> Answer:
    """Newest first: a guess. Without days, those of the last month."""
    own, query = _own(call), call.request.query
    page, limit = call.number("page", 1), call.number("limit", 20, MOST_SUBMISSIONS)
    first = _day(call, "startAt", call.now - _MONTH)
    last = _day(call, "endAt", call.now) + DAY
    found = [
        one
        for one in reversed(own.submissions)
        if one.paper_id in _of(own, kind)
        and query.get(f"{kind}Id", one.paper_id) == one.paper_id
        and first <= one.added < last
        and _says(call, one, query.get("q", "").casefold())
    ]
    start = (page - 1) * limit
    meta = {
        "total": len(found),
        "currentPage": page,
        "nextPage": page + 1 if start + limit < len(found) else None,
        "prevPage": page - 1 if page > 1 else None,
    }
    shown = [_shown(kind, one) for one in found[start : start + limit]]
    return call.answer(200, {"submissions": shown, "meta": meta})


def _own(call: Call) -> Holdings:
    return finding.of(call, call.request.query.get("locationId"))


def _of(own: Holdings, kind: str) -> dict[str, Thing]:
    return own.forms if kind == "form" else own.surveys


def _day(call: Call, name: str, default: Millis) -> Millis:
    """The beginning of a day; days are those of UTC here."""
    text = call.request.query.get(name)
    if text is None:
        return default // DAY * DAY
    try:
        return millis(f"{text}T00:00:00Z")
    except ValueError:
        raise answers.unprocessable([f"{name} must be a valid date (YYYY-MM-DD)"]) from None


def _says(call: Call, one: Submission, text: str) -> bool:
    contact = call.state.contacts.get(one.contact_id)
    phone = contact.phone if contact else ""
    return text in f"{one.contact_id} {one.name} {one.email} {phone}".casefold()


def _shown(kind: str, one: Submission) -> Json:
    return {
        "id": one.id,
        "contactId": one.contact_id,
        "createdAt": iso(one.added),
        f"{kind}Id": one.paper_id,
        "name": one.name,
        "email": one.email,
        "others": {
            **one.answers,
            "eventData": {"medium": kind, "source": "Direct traffic", "timestamp": one.added},
            "fieldsOriSequance": list(one.answers),
        },
    }


ROUTES = tuple(
    Route("GET", f"/{kind}s/{rest}", partial(handler, kind=kind), f"{kind}s.readonly")
    for kind in ("form", "survey")
    for rest, handler in (("", papers), ("submissions", submissions))
)
