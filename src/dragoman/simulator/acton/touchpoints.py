"""Act-On's custom touch points, one by one."""

from dragoman.kernel.clock import Millis
from dragoman.simulator.acton import answers, dates, forms
from dragoman.simulator.acton.call import Call
from dragoman.simulator.acton.state import TouchPoint
from dragoman.simulator.exchange import Answer, as_json
from dragoman.simulator.routes import Route

ACTIONS = (
    "CUSTOM_DOWNLOADED",
    "CUSTOM_REGISTERED",
    "CUSTOM_ATTENDED",
    "CUSTOM_GENERAL",
    *(f"CUSTOM_GENERAL{number}" for number in range(1, 6)),
)


def add(call: Call) -> Answer:
    """One touch point; its set comes to be with `createlistingentry=true`, and only so.

    What a success says was never published; the body here is a guess.
    """
    call.need_feature("touchpoints")
    form = forms.read(call.request)
    destination, action = form.need("destination"), form.word("customeventaction", ACTIONS)
    email, title, note = form.email(), form.need("title"), form.get("note")
    when = _moment(form.need("when"), form.need("dateformat"))
    creates = form.get("createlistingentry").lower() == "true"
    if destination not in call.own.touchpoint_sets and not creates:
        raise answers.invalid("destination")
    keep(call, TouchPoint(email, destination, action, title, note, when, call.now))
    return as_json(200, {"status": "success", "message": "Custom event added"})


def keep(call: Call, point: TouchPoint) -> None:
    """Add a touch point to its set, and write it down."""
    call.own.touchpoint_sets.setdefault(point.destination, []).append(point)
    content = {
        "destination": point.destination,
        "action": point.action,
        "title": point.title,
        "note": point.note,
        "when": point.when,
    }
    call.record("touchpoint.added", {"email": point.email}, content)


def _moment(text: str, pattern: str) -> Millis:
    try:
        return dates.parse(text, pattern)
    except dates.Unfit:
        message = "when does not fit dateformat"
        raise answers.numbered(400, answers.PERIOD_INVALID, message) from None


ROUTES = (Route("POST", "/api/1/customevents/fact", add),)
