"""Act-On's calls that have no module of their own; each part of its API says no in its own way."""

from functools import cache, partial
from http import HTTPStatus

from dragoman.simulator.acton import answers
from dragoman.simulator.acton.call import Call
from dragoman.simulator.exchange import Answer, Refusal, Request, as_json
from dragoman.simulator.generic import answering, asking, checking
from dragoman.simulator.generic.asking import Asked
from dragoman.simulator.generic.entries import Entry, entries
from dragoman.simulator.generic.files import example
from dragoman.simulator.routes import Found, Route, Routes

CLASSIC, CUSTOM = "/api/1/", "/custom-objects/"


def find(request: Request) -> Found[Call] | None:
    """The route of a call."""
    return _routes().find(request.method, request.path)


@cache
def _routes() -> Routes[Call]:
    listed = entries("acton")
    return Routes(Route(one.method, one.path, partial(_serve, one)) for one in listed)


def _serve(entry: Entry, call: Call) -> Answer:
    asked = _asked(entry, call)
    _check(call, asked)
    if entry.effect != "read":
        call.record(f"generic.{entry.id}", dict(call.params), dict(asked.values))
    if entry.form != "json":
        return example(entry.form, entry.success)
    noise = answering.noise(entry, call.world.mint, [call.account, *call.params.values()])
    facts = {"accountId": call.account, "status": "success"}
    return as_json(entry.success, answering.answer(entry, {**facts, **asked.values}, noise))


def _asked(entry: Entry, call: Call) -> Asked:
    try:
        return asking.read(entry, call.request, call.params)
    except asking.Unreadable:
        raise _no(call, 400, "the body is no JSON") from None
    except asking.WrongType:
        raise _no(call, 415, "the content type is not supported") from None


def _check(call: Call, asked: Asked) -> None:
    for one, named in asked.given:
        if one.fact == "account_id" and named != call.account:
            raise _no(call, 403, "the account is another")
    for wrong in checking.problems(asked):
        if call.request.path.startswith(CLASSIC):
            raise answers.missing(wrong.name) if wrong.missing else answers.invalid(wrong.name)
        raise _no(call, 400, wrong.said)


def _no(call: Call, status: int, said: str) -> Refusal:
    """The classic part's code for this is not public; the newer parts have bodies of their own."""
    path = call.request.path
    if path.startswith(CLASSIC):
        return answers.refused_by_gateway(status)
    if not path.startswith(CUSTOM):
        return answers.silent(status)
    phrase = HTTPStatus(status).phrase.upper().replace(" ", "_")
    body = {
        "errorId": call.id,
        "requestUri": path,
        "errorMessage": said,
        "errorList": [said],
        "status": f"{status} {phrase}",
    }
    return Refusal(status, body)
