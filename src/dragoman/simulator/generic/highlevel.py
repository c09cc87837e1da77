"""HighLevel's calls that have no module of their own."""

from functools import cache, partial
from http import HTTPStatus

from dragoman.simulator.exchange import Answer, Refusal, Request, as_json
from dragoman.simulator.generic import answering, asking, checking
from dragoman.simulator.generic.asking import Asked
from dragoman.simulator.generic.entries import Entry, entries
from dragoman.simulator.generic.files import example
from dragoman.simulator.highlevel import agency, answers
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.versions import V3
from dragoman.simulator.routes import AGENCY, LOCATION, Found, Route, Routes


def find(request: Request) -> Found[Call] | None:
    """The route of a call. Some paths are version v3's alone, which knows the others, too."""
    newer = request.headers.get("version") == V3
    found = _newer().find(request.method, request.path) if newer else None
    return found or _routes().find(request.method, request.path)


@cache
def _routes() -> Routes[Call]:
    return Routes(_route(one, one.path) for one in entries("highlevel"))


@cache
def _newer() -> Routes[Call]:
    return Routes(_route(one, one.newer) for one in entries("highlevel") if one.newer)


def _route(entry: Entry, path: str) -> Route[Call]:
    callers = frozenset[str]()
    if entry.tokens & {"location-oauth", "location-pit"}:
        callers |= LOCATION
    if entry.tokens & {"agency-oauth", "agency-pit"}:
        callers |= AGENCY
    return Route(entry.method, path, partial(_serve, entry), entry.scope, callers=callers)


def _serve(entry: Entry, call: Call) -> Answer:
    if call.request.bearer().startswith("pit-") and not _takes_private(entry):
        raise answers.refusal(401, answers.BAD_TOKEN)  # which words they are is a guess
    asked = _asked(entry, call)
    _check_account(call, asked)
    _check(entry, asked)
    if entry.effect != "read":
        call.record(f"generic.{entry.id}", dict(call.params), dict(asked.values))
    status = entry.success
    if status == HTTPStatus.CREATED:
        status = call.world.settings.creates_answer
    if entry.form != "json":
        return example(entry.form, status)
    noise = answering.noise(entry, call.world.mint, [call.account, *call.params.values()])
    body = answering.answer(entry, {**_facts(call), **asked.values}, noise)
    if status == HTTPStatus.NO_CONTENT:
        return Answer(status)
    return call.answer(status, body) if isinstance(body, dict) else as_json(status, body)


def _takes_private(entry: Entry) -> bool:
    return bool(entry.tokens & {"location-pit", "agency-pit"})


def _asked(entry: Entry, call: Call) -> Asked:
    try:
        return asking.read(entry, call.request, call.params)
    except asking.Unreadable:
        raise answers.refusal(400, "Unexpected token in JSON at position 0") from None
    except asking.WrongType:  # the status is documented of uploads, and a guess elsewhere
        raise Refusal(415, {"status": 415, "message": "Unsupported Media Type"}) from None


def _check_account(call: Call, asked: Asked) -> None:
    """Look whether the location or the agency that is named is the token's own."""
    for one, named in asked.given:
        if not one.fact or (named is None and not one.required):
            continue
        if one.fact == "company_id":
            agency.check(call, named)
        elif not agency.is_agency(call):
            call.check_location(named)
        elif named != call.state.company_id:  # some name a location or the agency in one field
            agency.reached(call, named)


def _check(entry: Entry, asked: Asked) -> None:
    """A page that is too large is a 400, all else that does not fit a 422."""
    wrong = checking.problems(asked)
    for one in wrong:
        if one.keyword == "maximum" and one.name == entry.paging.get("size"):
            raise answers.refusal(400, one.said)
    if wrong:
        raise answers.unprocessable([one.said for one in wrong])


def _facts(call: Call) -> dict[str, str]:
    """What answers say of the account."""
    facts = {"companyId": call.state.company_id, "traceId": call.trace}
    if not agency.is_agency(call):
        facts |= {"locationId": call.account, "altId": call.account}
    return facts
